import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Outcome, refused } from '#contract/errors.ts';
import { settle } from '../../test/fake-connection.ts';
import { fakeStorage } from '../../test/fake-storage.ts';
import { openOutbox } from './outbox.ts';
import type { Draft } from './outbox-drawer.ts';

const ticket = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01';
const other = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a02';

describe('openOutbox', () => {
  let end: AbortController;
  let storage: Storage;
  let network: 'up' | 'down';
  let reply: (draft: Draft) => Outcome<unknown>;
  /** What the server has, by its rule: one message per request id. */
  let server: Map<string, string>;
  let posts: string[];

  const deliver = async (draft: Draft): Promise<Outcome<unknown>> => {
    await Promise.resolve();
    if (network === 'down') return refused('unavailable');
    posts.push(draft.text);
    const answer = reply(draft);
    if (answer.ok) server.set(draft.requestId, draft.text);
    return answer;
  };
  const open = (owner = 'ticket.me') => openOutbox(end.signal, { owner, storage, deliver });
  const states = (outbox: ReturnType<typeof open>) => outbox.get().map((entry) => `${entry.text} ${entry.state}`);

  beforeEach(() => {
    vi.useFakeTimers();
    end = new AbortController();
    storage = fakeStorage();
    network = 'up';
    reply = () => ({ ok: true, value: {} });
    server = new Map();
    posts = [];
  });
  afterEach(() => {
    end.abort();
    vi.useRealTimers();
  });

  it('shows a message at once, sends it, and lets go of it when the stream has it', async () => {
    const outbox = open();
    const id = outbox.say(ticket, 'one');
    expect(states(outbox)).toEqual(['one sending']);
    expect(storage.length).toBe(1);
    await settle();
    expect(states(outbox)).toEqual(['one sent']);
    expect(storage.length).toBe(0);
    outbox.settle(new Set([id]));
    expect(states(outbox)).toEqual([]);
  });

  it('typed offline: goes out on reconnect, in order, once', async () => {
    network = 'down';
    const outbox = open();
    for (const text of ['one', 'two', 'three']) outbox.say(ticket, text);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(states(outbox)).toEqual(['one sending', 'two sending', 'three sending']);
    network = 'up';
    outbox.hurry();
    await settle();
    outbox.hurry();
    await settle();
    expect([...server.values()]).toEqual(['one', 'two', 'three']);
    expect(posts).toEqual(['one', 'two', 'three']);
  });

  it('also across a reload', async () => {
    network = 'down';
    const before = open();
    before.say(ticket, 'one');
    before.say(ticket, 'two');
    await settle();
    end.abort();
    end = new AbortController();
    network = 'up';
    const after = open();
    await settle();
    expect([...server.values()]).toEqual(['one', 'two']);
    expect(states(after)).toEqual(['one sent', 'two sent']);
    expect(storage.length).toBe(0);
  });

  it('never sends the messages of another person on this device', async () => {
    network = 'down';
    open('ticket.ann').say(ticket, 'from Ann');
    await settle();
    network = 'up';
    expect(states(open('ticket.ben'))).toEqual([]);
  });

  it('repeats with the same request id when the answer was lost', async () => {
    let lost = true;
    const outbox = openOutbox(end.signal, {
      owner: 'me',
      storage,
      deliver: async (draft) => {
        const answer = await deliver(draft);
        if (!lost) return answer;
        lost = false;
        return refused('unavailable');
      },
    });
    outbox.say(ticket, 'one');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(posts).toEqual(['one', 'one']);
    expect([...server.values()]).toEqual(['one']);
    expect(states(outbox)).toEqual(['one sent']);
  });

  it('a refused message asks the person; those after it go on', async () => {
    reply = (draft) => (draft.text === 'bad' ? refused('too-large') : { ok: true, value: {} });
    const outbox = open();
    const id = outbox.say(ticket, 'bad');
    outbox.say(ticket, 'good');
    await settle();
    expect(states(outbox)).toEqual(['bad failed', 'good sent']);
    reply = () => ({ ok: true, value: {} });
    outbox.retry(id);
    await settle();
    expect(states(outbox)).toEqual(['bad sent', 'good sent']);
  });

  it('a server that fails is tried four times, then the person is asked, and may discard', async () => {
    reply = () => refused('failed');
    const outbox = open();
    const id = outbox.say(ticket, 'one');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(posts.length).toBe(4);
    expect(states(outbox)).toEqual(['one failed']);
    outbox.discard(id);
    expect(states(outbox)).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it('waits as long as it is told to', async () => {
    reply = () => ({ ok: false, code: 'too-many', retryAfterSeconds: 7 });
    open().say(ticket, 'one');
    await vi.advanceTimersByTimeAsync(6_900);
    expect(posts.length).toBe(1);
    reply = () => ({ ok: true, value: {} });
    await vi.advanceTimersByTimeAsync(200);
    expect([...server.values()]).toEqual(['one']);
  });

  it('one ticket that waits does not hold up another', async () => {
    reply = (draft) => (draft.streamId === ticket ? refused('unavailable') : { ok: true, value: {} });
    const outbox = open();
    outbox.say(ticket, 'one');
    outbox.say(other, 'two');
    await settle();
    expect(states(outbox)).toEqual(['one sending', 'two sent']);
  });

  it('keeps the order of writing when the clock goes back', async () => {
    network = 'down';
    let clock = 1_000_000;
    const outbox = openOutbox(end.signal, { owner: 'ticket.me', storage, deliver, now: () => clock });
    outbox.say(ticket, 'one');
    clock = 500;
    outbox.say(ticket, 'two');
    await settle();
    end.abort();
    end = new AbortController();
    network = 'up';
    open();
    await settle();
    expect([...server.values()]).toEqual(['one', 'two']);
  });

  it('sends from memory where the browser keeps nothing, and survives rubbish in the storage', async () => {
    storage.setItem('sightglass.outbox.ticket.me.x', '{"broken');
    storage.setItem('sightglass.outbox.ticket.me.y', '{"text":5}');
    expect(states(open())).toEqual([]);
    const outbox = openOutbox(end.signal, { owner: 'ticket.me', storage: null, deliver });
    outbox.say(ticket, 'one');
    await settle();
    expect([...server.values()]).toEqual(['one']);
  });
});
