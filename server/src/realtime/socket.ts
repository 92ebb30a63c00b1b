import type { Server as HttpServer, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Logger } from 'pino';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Server, type Socket } from 'socket.io';
import * as z from 'zod/mini';
import { type Outcome, refused } from '#contract/errors.ts';
import { limits } from '#contract/limits.ts';
import { type AskName, asks } from '#contract/socket.ts';
import type { Actor } from '#core/access/actor.ts';
import { openPlaces } from './places.ts';
import type { Room } from './rooms.ts';
import type { TellNow } from './tell.ts';

/** One browser page's socket, as features see it. Ends with its signal. */
export interface Listener {
  readonly id: string;
  /** Who this is now; asked anew each time, because a login can end and a code be switched off. */
  actor(): Promise<Actor>;
  join(room: Room): Promise<void>;
  leave(room: Room): Promise<void>;
  /** Aborted when the socket is gone. */
  readonly signal: AbortSignal;
  /** How many rooms it is in. */
  roomCount(): number;
}

export type SocketAnswerValue = Readonly<Record<string, unknown>>;
type Answers = {
  [N in AskName]: (listener: Listener, what: z.output<(typeof asks)[N]>) => Promise<Outcome<SocketAnswerValue>>;
};

/** What the socket asks of the rest of the server. */
export interface RealtimeParts {
  readonly log: Logger;
  /** Who this page is: the cookies of the handshake and what it asked to act as. */
  actorOf(handshake: { cookie: string | undefined; as: string | undefined }): Promise<Actor>;
  readonly answers: Answers;
  /** Rooms every socket of this actor is in from the start (its login or device). */
  roomsOf(actor: Actor): readonly Room[];
}

export interface Realtime {
  attach(server: HttpServer | HttpsServer): void;
  readonly tell: TellNow;
  /** Ends the sockets in a room; their pages connect again as whoever they are then. */
  disconnect(room: Room): void;
  /** Puts the sockets in a room out of it. */
  isHeard(room: Room): boolean;
  empty(room: Room): void;
  close(): Promise<void>;
}

/** What one page may ask in ten seconds. A reconnect with many streams to follow needs some 60 at once. */
const askLimit = { points: 300, duration: 10 };

/** How long a connection may be open without saying what it is. */
const SILENT_MS = 10_000;

/** What is decided about a socket before anybody knows whose it is. */
export interface Gate {
  isOwnPage(headers: IncomingHttpHeaders): boolean;
  /** Where it comes from, as one subscriber has it. */
  addressOf(request: IncomingMessage): string;
  readonly socketsPerAddress: number;
}

const Handshake = z.object({ as: z.optional(z.literal('code')) });

/** The realtime side: listens, parses, asks the feature, answers. A message of the wrong shape never ends the socket. */
export function openRealtime(gate: Gate, later: () => RealtimeParts): Realtime {
  const limiter = new RateLimiterMemory(askLimit);
  const places = openPlaces(gate.socketsPerAddress);
  let attached = false;
  const io = new Server({
    path: '/socket',
    serveClient: false,
    transports: ['websocket'],
    maxHttpBufferSize: limits.socketMessageBytes,
    // Two missed pings are a lost connection: the other side reads "reconnecting" within seconds.
    pingInterval: 5_000,
    pingTimeout: 5_000,
    connectTimeout: SILENT_MS,
    allowRequest: (request, allow) => {
      const own = gate.isOwnPage(request.headers);
      allow(own ? null : 'not-allowed', own);
    },
  });
  // Refused by name, which a browser's page can read, unlike the status of a websocket that is not opened.
  io.use((socket, next) => {
    const giveBack = places.take(gate.addressOf(socket.request));
    if (giveBack === null) return next(new Error(refused('too-many').code));
    socket.conn.once('close', giveBack);
    next();
  });
  io.on('connection', (socket) => {
    greet(socket, later(), limiter).catch((error: unknown) => {
      later().log.error({ err: error }, 'a socket could not be greeted');
      socket.disconnect(true);
    });
  });
  return {
    attach: (server) => {
      attached = true;
      io.attach(server);
    },
    tell: ({ to, name, what }) => {
      if (to.length > 0) io.to([...to]).emit(name, what);
    },
    disconnect: (room) => {
      io.to(room).emit('access-changed', {});
      io.in(room).disconnectSockets(true);
    },
    isHeard: (room) => io.of('/').adapter.rooms.has(room),
    empty: (room) => io.in(room).socketsLeave(room),
    // Socket.io has nothing to close, and throws, before it was attached once.
    close: async () => (attached ? io.close() : undefined),
  };
}

async function greet(socket: Socket, parts: RealtimeParts, limiter: RateLimiterMemory): Promise<void> {
  const ended = new AbortController();
  const handshake = Handshake.safeParse(socket.handshake.auth);
  const as = handshake.success ? handshake.data.as : undefined;
  const actor = () => parts.actorOf({ cookie: socket.handshake.headers.cookie, as });
  const listener: Listener = {
    id: socket.id,
    actor,
    join: async (room) => enter(socket, room),
    leave: async (room) => socket.leave(room),
    signal: ended.signal,
    roomCount: () => socket.rooms.size,
  };
  socket.on('disconnect', () => ended.abort());
  // An ask is answered only from within these rooms: whoever loses access meanwhile is found in them.
  const inRooms = actor().then((who) => Promise.all(parts.roomsOf(who).map((room) => enter(socket, room))));
  // Registered before the first await: an ask that comes right after the handshake is not lost.
  socket.onAny((name: unknown, what: unknown, reply: unknown) => {
    const answered = limiter.consume(socket.id).then(
      () =>
        inRooms.then(
          () => answer(parts, listener, name, what),
          () => refused('unavailable'),
        ),
      () => refused('too-many'),
    );
    void answered.then((outcome) => {
      if (typeof reply !== 'function') return;
      reply(outcome.ok ? { ok: true, ...outcome.value } : { ok: false, error: errorOf(outcome) });
    });
  });
  await inRooms;
}

/** A socket that is gone meanwhile would stay in the room's books for ever. */
async function enter(socket: Socket, room: Room): Promise<void> {
  if (socket.connected) await socket.join(room);
}

const errorOf = ({ code, field }: Extract<Outcome<never>, { ok: false }>) =>
  field === undefined ? { code } : { code, field };

const isAsk = (name: unknown): name is AskName => typeof name === 'string' && Object.hasOwn(asks, name);

async function answer(
  parts: RealtimeParts,
  listener: Listener,
  name: unknown,
  what: unknown,
): Promise<Outcome<SocketAnswerValue>> {
  try {
    if (!isAsk(name)) return refused('malformed', 'name');
    return await answerOne(parts, listener, name, what);
  } catch (error) {
    parts.log.error({ err: error, ask: name }, 'a socket ask failed');
    return refused('failed');
  }
}

async function answerOne<N extends AskName>(parts: RealtimeParts, listener: Listener, name: N, what: unknown) {
  const parsed = asks[name].safeParse(what);
  if (!parsed.success) return refused('malformed', parsed.error.issues[0]?.path.join('.') ?? 'message');
  // `asks[name]` and `answers[name]` belong together by the type of `Answers`; a union of functions can't show it.
  const handle = parts.answers[name] as (listener: Listener, what: unknown) => Promise<Outcome<SocketAnswerValue>>;
  return handle(listener, parsed.data);
}
