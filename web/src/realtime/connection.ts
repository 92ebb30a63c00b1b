import type { Socket } from 'socket.io-client';
import * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { AskName, asks, Tell, TellName } from '#contract/socket.ts';
import { PlainAnswer, plainTells, RefusedAnswer } from '#contract/socket-tells.ts';
import { createStore, type ReadableStore } from '../state/store.ts';

/** `offline`: there was trouble and it is being tried again by itself. */
export type ConnectionState = 'connecting' | 'connected' | 'offline';

export interface Connection {
  readonly state: ReadableStore<ConnectionState>;
  /** Asks over the socket. While there is no connection the answer is `unavailable` at once. */
  ask<N extends PlainAsk>(name: N, parts: z.input<(typeof asks)[N]>): Promise<Outcome<void>>;
  /** Joins a stream; the answer has the events after a number, unparsed: their reader knows what they are. */
  follow(parts: z.input<typeof asks.follow>): Promise<Outcome<FollowedPage>>;
  /** Hears a tell until `signal` aborts. Tells of a wrong shape are dropped. */
  on<N extends TellName>(signal: AbortSignal, name: N, hear: (tell: Heard<N>) => void): void;
  /** Runs now if connected, and after each time the connection is made again. Rooms have to be joined anew then. */
  onConnected(signal: AbortSignal, run: () => void): void;
  /** Connects again at once: after a cookie has changed, or when a person doesn't want to wait. */
  reconnect(): void;
}

type PlainAsk = Exclude<AskName, 'follow'>;

// Events are read one by one by their stream: an event that this page does not know yet must not hide the others.
const heard = { ...plainTells, event: z.object({ streamId: z.string(), event: z.unknown() }) } as const;
export type Heard<N extends TellName> = N extends 'event' ? z.infer<(typeof heard)['event']> : Tell<N>;

const FollowedPage = z.object({ ok: z.literal(true), events: z.array(z.unknown()), upTo: z.int(), more: z.boolean() });
export type FollowedPage = z.infer<typeof FollowedPage>;

export interface ConnectionOptions {
  readonly as?: 'code';
  /** The socket.io client; loaded late, because the first screen does not need it. */
  readonly makeSocket?: (options: { as?: 'code' }) => Promise<SocketLike>;
  readonly answerWithinMs?: number;
  /** Fires `online` and `offline`. */
  readonly network?: Pick<EventTarget, 'addEventListener'>;
}

/** What is used of socket.io's Socket. */
export type SocketLike = Pick<Socket, 'connected' | 'connect' | 'disconnect' | 'active' | 'timeout'> & {
  on(name: string, hear: (...parts: unknown[]) => void): unknown;
};

const REFUSED_RETRY_MS = 5_000;
/** Told that its access has changed, a page comes back at once: in a call the others would read "reconnecting" meanwhile. */
const CHANGED_RETRY_MS = 200;

/** Opens the page's one connection; it lives and comes back by itself until `signal` aborts. */
export function openConnection(signal: AbortSignal, options: ConnectionOptions = {}): Connection {
  const { makeSocket = loadSocket, answerWithinMs = 8_000, network = globalThis } = options;
  const state = createStore<ConnectionState>('connecting');
  const listeners = new Map<TellName, Set<(tell: never) => void>>();
  let socket: SocketLike | undefined;
  let wanted = 0;
  let isExpectedBack = false;

  const connectLater = () => {
    const attempt = ++wanted;
    setTimeout(
      () => {
        if (attempt === wanted && !signal.aborted && socket?.connected === false) socket.connect();
      },
      isExpectedBack ? CHANGED_RETRY_MS : REFUSED_RETRY_MS,
    );
    isExpectedBack = false;
  };

  const wire = (made: SocketLike) => {
    socket = made;
    made.on('connect', () => {
      isExpectedBack = false;
      state.set('connected');
    });
    made.on('disconnect', () => {
      if (signal.aborted) return;
      state.set('offline');
      // socket.io comes back by itself except when the server closed the socket on purpose.
      if (!made.active) connectLater();
    });
    made.on('connect_error', () => {
      state.set('offline');
      if (!made.active) connectLater();
    });
    made.on('access-changed', () => {
      isExpectedBack = true;
    });
    for (const name of tellNames) made.on(name, (payload) => tell(name, payload));
    made.connect();
  };

  const tell = (name: TellName, payload: unknown) => {
    const parsed = heard[name].safeParse(payload);
    if (!parsed.success) return;
    // `on` keeps listeners under the name that the tell was parsed by; the compiler can't follow that through a map.
    for (const hear of [...(listeners.get(name) ?? [])]) hear(parsed.data as never);
  };

  const emit = async (name: AskName, parts: unknown): Promise<unknown> => {
    if (socket?.connected !== true) return undefined;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    socket.timeout(answerWithinMs).emit(name, parts, (error: unknown, answer: unknown) => {
      resolve(error ? undefined : answer);
    });
    return promise;
  };

  const answered = async <T>(name: AskName, parts: unknown, read: (answer: unknown) => T | undefined) => {
    const answer = await emit(name, parts);
    if (answer === undefined) return refused('unavailable');
    const value = read(answer);
    if (value !== undefined) return accepted(value);
    const refusal = RefusedAnswer.safeParse(answer);
    return refused(refusal.success ? refusal.data.error.code : 'failed');
  };

  const reconnect = () => {
    wanted++;
    socket?.disconnect().connect();
  };

  const load = async () => {
    try {
      const made = await makeSocket(options.as === undefined ? {} : { as: options.as });
      if (!signal.aborted) wire(made);
    } catch {
      // The client itself could not be loaded: the page was opened just as the network went.
      state.set('offline');
      setTimeout(() => {
        if (!signal.aborted) void load();
      }, REFUSED_RETRY_MS);
    }
  };
  void load();
  const hurry = () => {
    if (socket !== undefined && !socket.connected) reconnect();
  };
  network.addEventListener('online', hurry, { signal });
  // A socket without a network notices only after its next ping has failed, which takes half a minute.
  network.addEventListener('offline', reconnect, { signal });
  signal.addEventListener('abort', () => socket?.disconnect(), { once: true });

  return {
    state,
    reconnect,
    ask: (name, parts) =>
      answered(name, parts, (answer) => (PlainAnswer.safeParse(answer).success ? null : undefined)).then((outcome) =>
        outcome.ok ? accepted(undefined) : outcome,
      ),
    follow: (parts) => answered('follow', parts, (answer) => FollowedPage.safeParse(answer).data),
    on(until, name, hear) {
      const named = listeners.get(name) ?? new Set();
      listeners.set(name, named);
      named.add(hear);
      until.addEventListener('abort', () => named.delete(hear), { once: true });
    },
    onConnected(until, run) {
      const stop = state.subscribe(() => {
        if (state.get() === 'connected') run();
      });
      until.addEventListener('abort', stop, { once: true });
      if (state.get() === 'connected') run();
    },
  };
}

const isTellName = (name: string): name is TellName => Object.hasOwn(heard, name);
const tellNames = Object.keys(heard).filter(isTellName);

async function loadSocket({ as }: { as?: 'code' }): Promise<SocketLike> {
  await firstPaint();
  const { io } = await import('socket.io-client');
  return io({
    path: '/socket',
    transports: ['websocket'],
    autoConnect: false,
    auth: as === undefined ? {} : { as },
    reconnectionDelay: 300,
    reconnectionDelayMax: 5_000,
    timeout: 8_000,
  });
}

/** The socket's code must not compete with what the person sees first. A hidden tab paints nothing: don't wait long. */
function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 300);
  });
}
