import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../../test/fake-connection.ts';
import { openConnection, type SocketLike } from './connection.ts';

const streamId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01';
type Answer = (error: unknown, answer?: unknown) => void;

/** A socket.io socket moved by hand. */
function fakeSocket() {
  const hearers = new Map<string, ((...parts: unknown[]) => void)[]>();
  const emitted: { name: string; parts: unknown; answer: Answer }[] = [];
  const socket = {
    connected: false,
    active: true,
    connects: 0,
    connect() {
      socket.connects++;
      return socket;
    },
    disconnect() {
      if (socket.connected) {
        socket.connected = false;
        socket.fire('disconnect', 'io client disconnect');
      }
      return socket;
    },
    on(name: string, hear: (...parts: unknown[]) => void) {
      hearers.set(name, [...(hearers.get(name) ?? []), hear]);
    },
    timeout: () => ({
      emit: (name: string, parts: unknown, answer: Answer) => emitted.push({ name, parts, answer }),
    }),
    fire(name: string, ...parts: unknown[]) {
      for (const hear of hearers.get(name) ?? []) hear(...parts);
    },
    up() {
      socket.connected = true;
      socket.fire('connect');
    },
    down(active: boolean) {
      socket.connected = false;
      socket.active = active;
      socket.fire('disconnect');
    },
  };
  return { socket, emitted, asSocket: socket as unknown as SocketLike };
}

describe('openConnection', () => {
  let end: AbortController;
  let network: EventTarget;
  let fake: ReturnType<typeof fakeSocket>;
  const open = () =>
    openConnection(end.signal, { as: 'code', network, makeSocket: async () => fake.asSocket, answerWithinMs: 100 });

  beforeEach(() => {
    vi.useFakeTimers();
    end = new AbortController();
    network = new EventTarget();
    fake = fakeSocket();
  });
  afterEach(() => {
    end.abort();
    vi.useRealTimers();
  });

  it('tells its state, and runs what has to be done at each connection', async () => {
    const connection = open();
    const runs = vi.fn();
    connection.onConnected(end.signal, runs);
    await settle();
    expect(connection.state.get()).toBe('connecting');
    fake.socket.up();
    expect(connection.state.get()).toBe('connected');
    fake.socket.down(true);
    expect(connection.state.get()).toBe('offline');
    fake.socket.up();
    expect(runs).toHaveBeenCalledTimes(2);
    expect(fake.socket.connects).toBe(1);
  });

  it('comes back after the server closed the socket on purpose or refused it', async () => {
    open();
    await settle();
    fake.socket.up();
    fake.socket.down(false);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(fake.socket.connects).toBe(2);
    fake.socket.fire('connect_error', new Error('not-signed-in'));
    await vi.advanceTimersByTimeAsync(5_100);
    expect(fake.socket.connects).toBe(3);
  });

  it('comes back at once, but only once, when it was told that its access has changed', async () => {
    open();
    await settle();
    fake.socket.up();
    fake.socket.fire('access-changed', {});
    fake.socket.down(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(fake.socket.connects).toBe(2);
    fake.socket.fire('connect_error', new Error('not-allowed'));
    await vi.advanceTimersByTimeAsync(300);
    expect(fake.socket.connects).toBe(2);
  });

  it('hurries when the network is back', async () => {
    open();
    await settle();
    fake.socket.up();
    fake.socket.down(true);
    network.dispatchEvent(new Event('online'));
    expect(fake.socket.connects).toBe(2);
  });

  it('loads the socket again when that failed', async () => {
    let tries = 0;
    const connection = openConnection(end.signal, {
      network,
      makeSocket: async () => {
        if (++tries === 1) throw new TypeError('Failed to fetch dynamically imported module');
        return fake.asSocket;
      },
    });
    await settle();
    expect(connection.state.get()).toBe('offline');
    await vi.advanceTimersByTimeAsync(5_100);
    expect(fake.socket.connects).toBe(1);
  });

  it('parses tells and drops those of a wrong shape', async () => {
    const connection = open();
    const heard: unknown[] = [];
    connection.on(end.signal, 'typing', (tell) => heard.push(tell));
    await settle();
    fake.socket.fire('typing', { streamId, personId: streamId, name: 'Ann', extra: 1 });
    fake.socket.fire('typing', { streamId: 7 });
    fake.socket.fire('typing');
    fake.socket.fire('made-up', {});
    expect(heard).toEqual([{ streamId, personId: streamId, name: 'Ann' }]);
  });

  it('hears no more after its signal', async () => {
    const connection = open();
    const own = new AbortController();
    const hear = vi.fn();
    connection.on(own.signal, 'typing', hear);
    await settle();
    own.abort();
    fake.socket.fire('typing', { streamId, personId: streamId, name: 'Ann' });
    expect(hear).not.toHaveBeenCalled();
  });

  it('answers: done, refused, nonsense, nothing, not connected', async () => {
    const connection = open();
    expect(await connection.ask('watch', {})).toEqual({ ok: false, code: 'unavailable' });
    await settle();
    fake.socket.up();
    const ask = async (error: unknown, answer?: unknown) => {
      const outcome = connection.ask('typing', { streamId });
      await settle();
      fake.emitted.at(-1)?.answer(error, answer);
      return outcome;
    };
    expect(await ask(null, { ok: true })).toEqual({ ok: true, value: undefined });
    expect(await ask(null, { ok: false, error: { code: 'not-found' } })).toEqual({ ok: false, code: 'not-found' });
    expect(await ask(null, 'what')).toEqual({ ok: false, code: 'failed' });
    expect(await ask(new Error('timeout'))).toEqual({ ok: false, code: 'unavailable' });
  });

  it('gives a page of events without judging them', async () => {
    const connection = open();
    await settle();
    fake.socket.up();
    const page = connection.follow({ streamId, after: 3 });
    await settle();
    expect(fake.emitted[0]?.parts).toEqual({ streamId, after: 3 });
    fake.emitted[0]?.answer(null, { ok: true, events: [{ anything: 1 }], upTo: 4, more: false });
    expect(await page).toMatchObject({ ok: true, value: { events: [{ anything: 1 }], upTo: 4 } });
  });

  it('closes the socket with its signal, also one that was loading', async () => {
    open();
    end.abort();
    await settle();
    expect(fake.socket.connects).toBe(0);
  });
});
