import { type Outcome, refused } from '#contract/errors.ts';
import type { TellName } from '#contract/socket.ts';
import type { Connection, ConnectionState, FollowedPage } from '#web/realtime/connection.ts';
import { createStore } from '#web/state/store.ts';

/** A connection moved by hand: set its state, tell it things, answer its follows. */
export interface FakeConnection extends Connection {
  readonly asked: { readonly name: string; readonly parts: unknown }[];
  setState(state: ConnectionState): void;
  tell(name: TellName, payload: unknown): void;
  /** What the server's streams hold, by stream id. */
  readonly streams: Map<string, { readonly seq: number }[]>;
  /** Answers `follow` with at most this many events. */
  pageSize: number;
  refuseFollow: Outcome<FollowedPage> | null;
}

/** Makes a connection that is connected from the start. */
export function fakeConnection(): FakeConnection {
  const state = createStore<ConnectionState>('connected');
  const hearers = new Map<TellName, Set<(tell: never) => void>>();
  const fake: FakeConnection = {
    state,
    asked: [],
    streams: new Map(),
    pageSize: 500,
    refuseFollow: null,
    setState: state.set,
    tell(name, payload) {
      for (const hear of hearers.get(name) ?? []) hear(payload as never);
    },
    async ask(name, parts) {
      fake.asked.push({ name, parts });
      return state.get() === 'connected' ? { ok: true, value: undefined } : refused('unavailable');
    },
    async follow(parts) {
      fake.asked.push({ name: 'follow', parts });
      if (state.get() !== 'connected') return refused('unavailable');
      if (fake.refuseFollow !== null) return fake.refuseFollow;
      const all = fake.streams.get(parts.streamId) ?? [];
      const rest = all.filter((event) => event.seq > parts.after);
      const events = rest.slice(0, fake.pageSize);
      const more = events.length < rest.length;
      return { ok: true, value: { ok: true, events, upTo: events.at(-1)?.seq ?? parts.after, more } };
    },
    on(signal, name, hear) {
      const named = hearers.get(name) ?? new Set();
      hearers.set(name, named.add(hear));
      signal.addEventListener('abort', () => named.delete(hear));
    },
    onConnected(signal, run) {
      const stop = state.subscribe(() => {
        if (state.get() === 'connected') run();
      });
      signal.addEventListener('abort', stop);
      if (state.get() === 'connected') run();
    },
    reconnect: () => state.set('connected'),
  };
  return fake;
}

/** Lets everything that is ready to run do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
