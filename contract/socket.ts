import * as z from 'zod/mini';
import { SessionId, StreamId, TabId } from './ids.ts';
import { SessionEvent } from './session/http.ts';
import { PlainAnswer, plainTells, RefusedAnswer } from './socket-tells.ts';
import { EventNumber } from './stream/http.ts';
import { TicketEvent } from './ticket/http.ts';

/**
 * The socket's two tables. Nothing here changes a fact: pages ask by HTTP and hear by socket.
 * Every ask is answered with `SocketAnswer`; a message of the wrong shape gets `malformed` and the socket lives on.
 * A socket beyond `limits.socketsPerAddress` is refused: its `connect_error` has the message `too-many`.
 */
export const StreamEvent = z.union([SessionEvent, TicketEvent]);
export type StreamEvent = z.infer<typeof StreamEvent>;

export const asks = {
  /** Hear a stream: the answer has what came after `after`, the rest follows as `event`. */
  follow: z.object({ streamId: StreamId, after: EventNumber }),
  unfollow: z.object({ streamId: StreamId }),
  /** Hear of changes in lists: the desk's tickets, or those of the code users' codes. */
  watch: z.object({}),
  typing: z.object({ streamId: StreamId }),
  /** A member has done something on this page in the last minute. */
  active: z.object({}),
  /** This socket is the participant's presence in the session, from this tab. */
  attach: z.object({ sessionId: SessionId, tabId: TabId }),
} as const;
export type AskName = keyof typeof asks;

export const FollowAnswer = z.object({
  ok: z.literal(true),
  events: z.array(StreamEvent),
  upTo: z.int(),
  more: z.boolean(),
});
export const SocketAnswer = z.union([FollowAnswer, PlainAnswer, RefusedAnswer]);

/** What a page may hear. */
export const tells = {
  event: z.object({ streamId: StreamId, event: StreamEvent }),
  ...plainTells,
} as const;
export type TellName = keyof typeof tells;
export type Tell<N extends TellName> = z.infer<(typeof tells)[N]>;
