import * as z from 'zod/mini';
import { ErrorReply } from './error-reply.ts';
import { ParticipantId, SessionId, StreamId, TabId, TicketId } from './ids.ts';
import { SessionStatus } from './session/events.ts';
import { Presence, SessionEvent } from './session/http.ts';
import { EventNumber } from './stream/http.ts';
import { TicketEvent } from './ticket/http.ts';

/**
 * The socket's two tables. Nothing here changes a fact: pages ask by HTTP and hear by socket.
 * Every ask is answered with `SocketAnswer`; a message of the wrong shape gets `malformed` and the socket lives on.
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
export const PlainAnswer = z.object({ ok: z.literal(true) });
export const RefusedAnswer = z.object({ ok: z.literal(false), ...ErrorReply.shape });
export const SocketAnswer = z.union([FollowAnswer, PlainAnswer, RefusedAnswer]);

/** What a page may hear. `signal` carries a Signal of contract/call, parsed by its receiver. */
export const tells = {
  event: z.object({ streamId: StreamId, event: StreamEvent }),
  typing: z.object({ streamId: StreamId, name: z.string() }),
  'ticket-changed': z.object({ ticketId: TicketId }),
  'session-changed': z.object({ sessionId: SessionId, ticketId: z.nullable(TicketId), status: SessionStatus }),
  presence: z.object({ sessionId: SessionId, participantId: ParticipantId, presence: Presence }),
  signal: z.object({ sessionId: SessionId, from: ParticipantId, fromTab: TabId, signal: z.unknown() }),
  /** Another tab of the same person took the session over. */
  moved: z.object({ sessionId: SessionId }),
  /** What this socket was allowed to hear has changed (signed out, code switched off): the page asks anew. */
  'access-changed': z.object({}),
} as const;
export type TellName = keyof typeof tells;
export type Tell<N extends TellName> = z.infer<(typeof tells)[N]>;
