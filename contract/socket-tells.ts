import * as z from 'zod/mini';
import { ErrorReply } from './error-reply.ts';
import { ParticipantId, SessionId, StreamId, TabId, TicketId } from './ids.ts';
import { Notification } from './notification/http.ts';
import { SessionStatus } from './session/events.ts';
import { Presence } from './session/http.ts';

/*
 * The part of the socket's tables that a page needs to hear without knowing any stream. Apart from socket.ts, so that a
 * page carries the events of only those streams that it shows.
 */
export const PlainAnswer = z.object({ ok: z.literal(true) });
export const RefusedAnswer = z.object({ ok: z.literal(false), ...ErrorReply.shape });

/** All tells but `event`. `signal` carries a Signal of contract/call, parsed by its receiver. */
export const plainTells = {
  /** Everybody who follows hears it, the one who types too: `personId` (a member's or a device's) tells them apart. */
  typing: z.object({ streamId: StreamId, personId: z.uuid(), name: z.string() }),
  'ticket-changed': z.object({ ticketId: TicketId }),
  'session-changed': z.object({ sessionId: SessionId, ticketId: z.nullable(TicketId), status: SessionStatus }),
  presence: z.object({ sessionId: SessionId, participantId: ParticipantId, presence: Presence }),
  signal: z.object({ sessionId: SessionId, from: ParticipantId, fromTab: TabId, signal: z.unknown() }),
  /** Another tab of the same person took the session over. */
  moved: z.object({ sessionId: SessionId }),
  /** This stream reads differently from now on (a session in it was shown or hidden): pages read it again from its start. */
  'stream-changed': z.object({ streamId: StreamId }),
  /** Something waits, or no longer does: the desk's inbox is out of date. */
  'inbox-changed': z.object({}),
  /** A12: a direct call rings for this member; the page asks `listRinging`. */
  ringing: z.object({ sessionId: SessionId }),
  /** It rings no longer. `answeredBy` names the colleague who has it, null where nobody has. */
  'ringing-stopped': z.object({ sessionId: SessionId, answeredBy: z.nullable(z.string()) }),
  'availability-changed': z.object({}),
  /** C4, the way `page`. */
  notified: Notification,
  /** What this socket was allowed to hear has changed (signed out, code switched off): the page asks anew. */
  'access-changed': z.object({}),
} as const;
