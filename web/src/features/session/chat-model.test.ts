import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionEvent } from '#contract/session/http.ts';
import { createStore } from '#web/state/store.ts';
import type { Outbox, OutboxEntry } from '#web/stream/outbox.ts';
import { type ChatLine, createChatModel } from './chat-model.ts';
import { anna, event, joined, jon, jonsSession, sessionId } from './fixtures.ts';
import { createSessionModel } from './session-model.ts';

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
});
afterEach(() => life.abort());

function fakeOutbox() {
  const entries = createStore<readonly OutboxEntry[]>([]);
  let made = 0;
  const outbox: Outbox = {
    ...entries,
    say(streamId, text) {
      made += 1;
      const requestId = `request-${made}`;
      entries.set([...entries.get(), { requestId, streamId, text, writtenAt: made, state: 'sending', tries: 0 }]);
      return requestId;
    },
    retry() {},
    discard(id) {
      entries.set(entries.get().filter((one) => one.requestId !== id));
    },
    settle(ids) {
      if (!entries.get().some((one) => ids.has(one.requestId))) return;
      entries.set(entries.get().filter((one) => !ids.has(one.requestId)));
    },
    hurry() {},
  };
  return outbox;
}

function setUp(readUpTo = 0) {
  const facts = createSessionModel(jonsSession({ lastSeq: 0 }), 0, 0);
  const outbox = fakeOutbox();
  let remembered = 0;
  const chat = createChatModel(life.signal, {
    facts,
    outbox,
    streamId: sessionId,
    messageLength: 20,
    readUpTo,
    rememberRead: (seq) => {
      remembered = seq;
    },
  });
  facts.hear([joined(1, 'anna'), joined(2, 'jon')]);
  return { facts, outbox, chat, remembered: () => remembered };
}

const said = (seq: number, who: 'anna' | 'jon', text: string, requestId: string | null = null): SessionEvent =>
  ({ ...event(seq, who === 'anna' ? anna : jon, { kind: 'message-said', text }), requestId }) as SessionEvent;
const texts = (lines: readonly ChatLine[]) =>
  lines.flatMap((line) => {
    if (line.kind === 'unsent') return [`${line.entry.state}: ${line.entry.text}`];
    return line.kind === 'message' ? [`${line.own ? 'own' : 'other'}: ${line.text}`] : [];
  });

describe('B12 the chat', () => {
  it('knows one’s own messages from those of others', () => {
    const { facts, chat } = setUp();
    facts.hear([said(3, 'anna', 'Hello'), said(4, 'jon', 'Hi')]);
    expect(texts(chat.lines.get())).toEqual(['other: Hello', 'own: Hi']);
    expect(chat.lines.get()).toHaveLength(4);
  });

  it('C3 shows what is on its way until the log has it, once', () => {
    const { facts, chat, outbox } = setUp();
    expect(chat.say('  Look here ')).toBe(true);
    expect(texts(chat.lines.get())).toEqual(['sending: Look here']);
    facts.hear([said(3, 'jon', 'Look here', 'request-1')]);
    expect(texts(chat.lines.get())).toEqual(['own: Look here']);
    expect(outbox.get()).toEqual([]);
  });

  it('says neither nothing nor too much', () => {
    const { chat } = setUp();
    expect(chat.say(' \n ')).toBe(false);
    expect(chat.say('x'.repeat(21))).toBe(false);
  });

  it('counts what others said while it was folded away', () => {
    const { facts, chat, remembered } = setUp();
    facts.hear([said(3, 'anna', 'One'), said(4, 'jon', 'Mine'), said(5, 'anna', 'Two')]);
    expect(chat.unread.get()).toBe(2);
    chat.look(true);
    expect([chat.unread.get(), remembered()]).toEqual([0, 5]);
    facts.hear([said(6, 'anna', 'Three')]);
    expect(chat.unread.get()).toBe(0);
    chat.look(false);
    facts.hear([said(7, 'anna', 'Four')]);
    expect(chat.unread.get()).toBe(1);
  });

  it('what was read before a reload is read', () => {
    const { facts, chat } = setUp(3);
    facts.hear([said(3, 'anna', 'One'), said(4, 'anna', 'Two')]);
    expect(chat.unread.get()).toBe(1);
  });
});
