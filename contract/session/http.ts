import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { CodeId, ParticipantId, RequestId, SessionId, TabId, TicketId } from '../ids.ts';
import { AfterQuery, envelope, eventsAfter } from '../stream/http.ts';
import { Instant, MessageText, Reason } from '../text.ts';
import { ParticipantKind, SessionEventBody, SessionOrigin, SessionStatus } from './events.ts';

export const SessionEvent = envelope(SessionEventBody);
export type SessionEvent = z.infer<typeof SessionEvent>;

export const Presence = z.enum(['here', 'reconnecting', 'left']);
export type Presence = z.infer<typeof Presence>;

/** Somebody who is or was in the session. `presence` is of this moment and not in the log. */
export const Participant = z.object({
  id: ParticipantId,
  name: z.string(),
  as: ParticipantKind,
  presence: Presence,
});
export type Participant = z.infer<typeof Participant>;

/** A session in a list or on a card. */
export const SessionSummary = z.object({
  id: SessionId,
  subject: z.string(),
  origin: SessionOrigin,
  status: SessionStatus,
  ticketId: z.nullable(TicketId),
  createdBy: z.string(),
  createdAt: Instant,
  /** When the clock started (B2): the first moment at least one expert and one further participant were in. */
  liveSince: z.nullable(Instant),
  endedAt: z.nullable(Instant),
  /** The time that both sides agreed on (A11). */
  scheduledFor: z.nullable(Instant),
  /** Whether the code's users see it, and what it leaves, too (A4). */
  isPublic: z.boolean(),
  /** The mean of its ratings, 1 to 5 (A9); for employees, null to all others. */
  stars: z.nullable(z.number()),
  participants: z.array(Participant),
  /** When all that it left was erased; then nobody is named any more. */
  erasedAt: z.nullable(Instant),
});
export type SessionSummary = z.infer<typeof SessionSummary>;

/** What the session screen starts from. Reading it gives this person a place in the session, outside until they join. */
export const Session = z.object({
  ...SessionSummary.shape,
  ticket: z.nullable(z.object({ id: TicketId, number: z.int(), subject: z.string() })),
  /** The code the session belongs to; a code user returns to its page. */
  code: z.nullable(z.object({ id: CodeId, name: z.string(), linkPath: z.string() })),
  organization: z.string(),
  capacity: z.int(),
  you: z.object({
    name: z.string(),
    as: ParticipantKind,
    participantId: z.nullable(ParticipantId),
    /** Another tab of yours is in the session now. */
    inAnotherTab: z.boolean(),
    mayEnd: z.boolean(),
    /** Start and stop recordings (B7). */
    mayRecord: z.boolean(),
  }),
  lastSeq: z.int(),
  /** The server's clock when this was said; durations count by it. */
  now: Instant,
});
export type Session = z.infer<typeof Session>;

const sessionParams = z.object({ sessionId: SessionId });

/** A10: an employee starts a session inside a ticket; it waits for both sides. */
export const createSessionInTicket = defineRoute({
  method: 'POST',
  path: '/api/tickets/:ticketId/sessions',
  params: z.object({ ticketId: TicketId }),
  body: z.object({ requestId: RequestId }),
  reply: SessionSummary,
});
export const listTicketSessions = defineRoute({
  method: 'GET',
  path: '/api/tickets/:ticketId/sessions',
  params: z.object({ ticketId: TicketId }),
  reply: z.object({ sessions: z.array(SessionSummary) }),
});
/** A code's user: the code's sessions that one can join now, newest first, without those of solved tickets; at most a page. */
export const listSessionsOnNow = defineRoute({
  method: 'GET',
  path: '/api/codes/:codeId/sessions',
  params: z.object({ codeId: CodeId }),
  reply: z.object({ sessions: z.array(SessionSummary) }),
});
export const readSession = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId',
  params: sessionParams,
  query: z.object({ tabId: z.optional(TabId) }),
  reply: Session,
});
export const sessionEvents = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/events',
  params: sessionParams,
  query: AfterQuery,
  reply: eventsAfter(SessionEventBody),
});
export const sayInSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/messages',
  params: sessionParams,
  body: z.object({ requestId: RequestId, text: MessageText }),
  reply: SessionEvent,
});
/** Refused with `in-another-tab` when this person is in from another tab, unless `move` says to bring the session here. */
export const joinSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/join',
  params: sessionParams,
  body: z.object({ requestId: RequestId, tabId: TabId, move: z._default(z.boolean(), false) }),
  reply: Session,
});
export const leaveSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/leave',
  params: sessionParams,
  body: z.object({ requestId: RequestId, tabId: TabId }),
});
/** Employees only: ends it for all. */
export const endSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/end',
  params: sessionParams,
  body: z.object({ requestId: RequestId }),
});
/** Employees only, while nobody has gone live: the session will not take place. */
export const cancelSession = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/cancel',
  params: sessionParams,
  body: z.object({ requestId: RequestId, reason: z.optional(Reason) }),
});
