import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import { endSession, joinSession, leaveSession, type Session } from '#contract/session/http.ts';
import type { Ask } from '#web/http/client.ts';
import { anna, event, joined, jon, jonId, jonsSession, sessionId, tabId } from './fixtures.ts';
import { createScreenModel } from './screen-model.ts';
import { createSessionModel } from './session-model.ts';
import { inMemory } from './tab.ts';

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
});
afterEach(() => life.abort());

const settle = () => new Promise((done) => setTimeout(done, 5));

function setUp({ session = jonsSession(), wasIn = false }: { session?: Session; wasIn?: boolean } = {}) {
  const facts = createSessionModel(session, 0, 0);
  const kept = new Map<string, string>();
  const memory = inMemory({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });
  if (wasIn) memory.remember(sessionId);
  const asked: { path: string; body: unknown }[] = [];
  const replies: Outcome<unknown>[] = [];
  const ask = (async (route: Route, parts: { body?: unknown }) => {
    asked.push({ path: route.path, body: parts.body });
    const reply = replies.shift();
    if (reply !== undefined) return reply;
    return accepted(route.path === joinSession.path ? jonsSession({ lastSeq: facts.log.get().lastSeq + 1 }) : {});
  }) as Ask;
  const ears = { connected: () => {}, moved: () => {} };
  const attached: Outcome<null>[] = [];
  let attachments = 0;
  const model = createScreenModel(life.signal, {
    ask,
    sessionId,
    tabId,
    memory,
    facts,
    attachment: {
      attach: async () => {
        attachments += 1;
        return attached.shift() ?? accepted(null);
      },
      onConnected: (listener) => {
        ears.connected = listener;
      },
      onMoved: (listener) => {
        ears.moved = listener;
      },
    },
    now: () => 0,
    pause: async () => {},
  });
  return { model, facts, memory, asked, replies, ears, attached, attachments: () => attachments };
}

describe('which page is shown', () => {
  it('joins on the person’s word, becomes the presence, and remembers it for a reload', async () => {
    const { model, asked, memory, attachments } = setUp();
    expect(model.screen.get()).toEqual({ at: 'before', joining: false, refusal: null });
    await model.join();
    expect(model.screen.get()).toEqual({ at: 'in' });
    expect(asked.map((one) => one.path)).toEqual([joinSession.path]);
    expect(memory.wasIn(sessionId)).toBe(true);
    expect(attachments()).toBe(1);
  });

  it('A4 closes what is not to be seen any more, and says how the person was out of it before', async () => {
    const watched = setUp();
    watched.model.gone();
    expect(watched.model.screen.get()).toEqual({ at: 'gone', after: null });
    const left = setUp();
    await left.model.join();
    await left.model.leave();
    left.model.gone();
    left.model.gone();
    expect(left.model.screen.get()).toEqual({ at: 'gone', after: 'left' });
    expect(left.memory.wasIn(sessionId)).toBe(false);
    const late = setUp();
    late.replies.push(refused('not-found'));
    await late.model.join();
    expect(late.model.screen.get()).toEqual({ at: 'gone', after: null });
  });

  it('A11 waits for a session that is asked for or planned, until it is on', async () => {
    const asked = setUp({ session: jonsSession({ status: 'requested' }) });
    expect(asked.model.screen.get()).toEqual({ at: 'ahead' });
    asked.facts.hear([event(4, anna, { kind: 'status-changed', from: 'requested', to: 'scheduled', reason: null })]);
    expect(asked.model.screen.get()).toEqual({ at: 'ahead' });
    asked.facts.hear([event(5, anna, { kind: 'status-changed', from: 'scheduled', to: 'waiting', reason: null })]);
    expect(asked.model.screen.get().at).toBe('before');
    const planned = setUp({ session: jonsSession({ status: 'scheduled' }) });
    planned.model.prepare();
    expect(planned.model.screen.get().at).toBe('before');
    const refusedOne = setUp({ session: jonsSession({ status: 'requested' }) });
    refusedOne.facts.hear([
      event(4, anna, { kind: 'status-changed', from: 'requested', to: 'declined', reason: 'no' }),
    ]);
    expect(refusedOne.model.screen.get()).toEqual({ at: 'out', how: 'over' });
  });

  it('A12 a call of one’s own rings, is there as long as its page, and goes in when somebody answers', async () => {
    const { you } = jonsSession();
    const ringing = jonsSession({ status: 'requested', origin: 'direct call', you: { ...you, as: 'codeUser' } });
    const answered = event(4, anna, { kind: 'status-changed', from: 'requested', to: 'accepted', reason: null });
    const { model, facts, ears, attachments } = setUp({ session: ringing, wasIn: true });
    expect(model.screen.get()).toEqual({ at: 'calling' });
    ears.connected();
    expect(attachments()).toBe(1);
    facts.hear([answered]);
    await settle();
    expect(model.screen.get()).toEqual({ at: 'in' });
    const early = setUp({ session: jonsSession({ ...ringing, status: 'accepted' }), wasIn: true });
    await settle();
    expect(early.model.screen.get()).toEqual({ at: 'in' });
    const hungUp = setUp({ session: ringing });
    hungUp.facts.hear([event(4, anna, { kind: 'status-changed', from: 'requested', to: 'missed', reason: null })]);
    expect(hungUp.model.screen.get()).toEqual({ at: 'out', how: 'over' });
  });

  it('C3 a reload goes back in without asking', async () => {
    const { model } = setUp({ wasIn: true });
    expect(model.screen.get().at).toBe('returning');
    await settle();
    expect(model.screen.get()).toEqual({ at: 'in' });
  });

  it('keeps trying while the server is away, with the same request id', async () => {
    const { model, replies, asked } = setUp();
    replies.push(refused('unavailable'), refused('unavailable'));
    const seen: unknown[] = [];
    model.screen.subscribe(() => seen.push(model.screen.get()));
    await model.join();
    expect(seen).toContainEqual({ at: 'before', joining: true, refusal: refused('unavailable') });
    expect(model.screen.get().at).toBe('in');
    expect(new Set(asked.map((one) => JSON.stringify(one.body))).size).toBe(1);
  });

  it('says when the session is full and does not insist', async () => {
    const { model, replies, asked } = setUp();
    replies.push(refused('session-full'));
    await model.join();
    expect(model.screen.get()).toEqual({ at: 'before', joining: false, refusal: refused('session-full') });
    expect(asked).toHaveLength(1);
  });

  it('a second tab is offered to bring the session here; the old tab says so and can bring it back', async () => {
    const second = setUp();
    second.replies.push(refused('in-another-tab'));
    await second.model.join();
    expect(second.model.screen.get()).toEqual({ at: 'before', joining: false, refusal: refused('in-another-tab') });
    await second.model.join(true);
    expect(second.asked.at(-1)?.body).toEqual(expect.objectContaining({ move: true }));
    expect(second.model.screen.get().at).toBe('in');

    const first = setUp();
    await first.model.join();
    first.ears.moved();
    expect(first.model.screen.get()).toEqual({ at: 'elsewhere', bringing: false });
    expect(first.memory.wasIn(sessionId)).toBe(false);
    await first.model.join(true);
    expect(first.model.screen.get().at).toBe('in');
  });

  it('learns when it is back that the session was moved while it could not be told', async () => {
    const { model, facts, memory } = setUp();
    await model.join();
    const session = jonsSession({ lastSeq: facts.log.get().lastSeq });
    facts.adopt({ ...session, you: { ...session.you, inAnotherTab: true } }, 0, 0);
    expect(model.screen.get()).toEqual({ at: 'elsewhere', bringing: false });
    expect(memory.wasIn(sessionId)).toBe(false);
  });

  it('B6 leaves at once, even if the server hears of it late, and can join again', async () => {
    const { model, replies, asked, memory } = setUp();
    await model.join();
    replies.push(refused('unavailable'));
    const leaving = model.leave();
    expect(model.screen.get()).toEqual({ at: 'out', how: 'left' });
    await leaving;
    expect(asked.map((one) => one.path).filter((path) => path === leaveSession.path)).toHaveLength(2);
    expect(memory.wasIn(sessionId)).toBe(false);
    await model.join();
    expect(model.screen.get().at).toBe('in');
  });

  it('B6 ends for all; a refusal is told and changes nothing', async () => {
    const { model, replies, asked } = setUp();
    await model.join();
    replies.push(refused('not-allowed'));
    expect(await model.end()).toEqual(refused('not-allowed'));
    expect(model.screen.get().at).toBe('in');
    expect(await model.end()).toBeNull();
    expect(model.screen.get()).toEqual({ at: 'out', how: 'over' });
    expect(asked.at(-1)?.path).toBe(endSession.path);
  });

  it('B6 hears from the log that it was ended', async () => {
    const { model, facts } = setUp();
    await model.join();
    facts.hear([event(5, anna, { kind: 'status-changed', from: 'live', to: 'ended', reason: null })]);
    expect(model.screen.get()).toEqual({ at: 'out', how: 'over' });
  });

  it('shows the end of a session that is over already', () => {
    expect(setUp({ session: jonsSession({ status: 'ended' }), wasIn: true }).model.screen.get()).toEqual({
      at: 'out',
      how: 'over',
    });
  });

  it('C3 is back in after a connection that was away for longer than the grace', async () => {
    const { model, facts, asked } = setUp();
    await model.join();
    const left = { kind: 'participant-left', participantId: jonId, name: 'Jon', reason: 'connection-lost' } as const;
    facts.hear([joined(4, 'jon'), event(5, jon, left)]);
    expect(model.screen.get().at).toBe('returning');
    await settle();
    expect(model.screen.get().at).toBe('in');
    expect(asked.filter((one) => one.path === joinSession.path)).toHaveLength(2);
  });

  it('is not put out by the story of an earlier stay', async () => {
    const { model, facts } = setUp({ session: jonsSession({ lastSeq: 6 }) });
    await model.join();
    facts.adopt(jonsSession({ lastSeq: 7 }), 0, 0);
    const left = { kind: 'participant-left', participantId: jonId, name: 'Jon', reason: 'left' } as const;
    facts.hear([joined(1, 'jon')]);
    expect(model.screen.get().at).toBe('in');
    facts.hear([event(2, jon, left), joined(3, 'jon')]);
    expect(model.screen.get().at).toBe('in');
  });

  it('takes its place again after each reconnection and rejoins when the server forgot it', async () => {
    const { model, ears, attached, asked, attachments } = setUp();
    await model.join();
    ears.connected();
    await settle();
    expect(attachments()).toBe(2);
    attached.push(refused('not-joined'));
    ears.connected();
    await settle();
    expect(model.screen.get().at).toBe('in');
    expect(asked.filter((one) => one.path === joinSession.path)).toHaveLength(2);
  });
});
