import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { CodeId, MemberId, RequestId, SessionId, TicketId } from '../ids.ts';
import { SessionOrigin, SessionStatus } from '../session/events.ts';
import { Email, Instant, MessageText, Reason, Subject } from '../text.ts';
import { TicketStatus } from '../ticket/events.ts';
import { requestLimits } from './limits.ts';

const Times = z.array(Instant).check(z.minLength(1), z.maxLength(requestLimits.proposedTimes));
const NamedTicket = z.object({ id: TicketId, number: z.int(), subject: z.string() });

/** A11: a session that a customer has asked for, with where its answer stands. It is the session of the same id. */
export const SessionRequest = z.object({
  sessionId: SessionId,
  origin: SessionOrigin,
  status: SessionStatus,
  subject: z.string(),
  words: z.string(),
  /** Null: as soon as possible. */
  wishedAt: z.nullable(Instant),
  askedBy: z.string(),
  askedAt: Instant,
  code: z.nullable(z.object({ id: CodeId, name: z.string() })),
  ticket: z.nullable(NamedTicket),
  /** The times that wait for the other side's choice; null once one is agreed or it is over. */
  proposal: z.nullable(
    z.object({
      by: z.enum(['expert', 'codeUser']),
      name: z.string(),
      times: z.array(Instant),
      words: z.string(),
      at: Instant,
    }),
  ),
  scheduledFor: z.nullable(Instant),
  /** Who has it: the employee who accepted, proposed or declined first. */
  answeredBy: z.nullable(z.object({ id: MemberId, name: z.string() })),
  /** With a decline, a cancellation: why, in that person's words; may be empty. */
  reason: z.string(),
  /** While nobody has agreed: when it ends by itself. */
  expiresAt: z.nullable(Instant),
  /** The asker has left an address for the answer. */
  hasAddress: z.boolean(),
});
export type SessionRequest = z.infer<typeof SessionRequest>;

/** `taken`: a colleague was first; nothing was changed, and this is what they made of it. */
export const Answered = z.object({
  result: z.enum(['done', 'taken']),
  /** Who has it. */
  by: z.string(),
  request: SessionRequest,
});
export type Answered = z.infer<typeof Answered>;

const requestParams = z.object({ sessionId: SessionId });

/** Code users: for a code of theirs, or in a ticket of it. */
export const createRequest = defineRoute({
  method: 'POST',
  path: '/api/requests',
  body: z.object({
    requestId: RequestId,
    place: z.union([z.object({ code: CodeId }), z.object({ ticket: TicketId })]),
    subject: Subject,
    words: z.optional(MessageText),
    wishedAt: z._default(z.nullable(Instant), null),
    /** Where the answer is sent to as well; never shown to anybody but the asker and employees. */
    email: z.optional(Email),
  }),
  reply: SessionRequest,
});
export const readRequest = defineRoute({
  method: 'GET',
  path: '/api/requests/:sessionId',
  params: requestParams,
  reply: SessionRequest,
});
/** A code's user: what waits, what is agreed, and what was answered in the last week, newest first. */
export const listCodeRequests = defineRoute({
  method: 'GET',
  path: '/api/codes/:codeId/requests',
  params: z.object({ codeId: CodeId }),
  reply: z.object({ requests: z.array(SessionRequest) }),
});
/** Employees: what was answered and is still to come, by its time; last what the customer has yet to choose a time for. At most a page. */
export const listComing = defineRoute({
  method: 'GET',
  path: '/api/requests',
  reply: z.object({ requests: z.array(SessionRequest) }),
});
/** Employees: come now. The session opens for both sides. */
export const acceptRequest = defineRoute({
  method: 'POST',
  path: '/api/requests/:sessionId/accept',
  params: requestParams,
  body: z.object({ requestId: RequestId }),
  reply: Answered,
});
/** Both sides: these times instead. From a code user it is a counter-proposal. */
export const proposeTimes = defineRoute({
  method: 'POST',
  path: '/api/requests/:sessionId/times',
  params: requestParams,
  body: z.object({ requestId: RequestId, times: Times, words: z._default(Reason, '') }),
  reply: Answered,
});
/** Both sides: one of the times the other side proposed; an employee also: the time wished for. */
export const agreeTime = defineRoute({
  method: 'POST',
  path: '/api/requests/:sessionId/time',
  params: requestParams,
  body: z.object({ requestId: RequestId, at: Instant }),
  reply: Answered,
});
export const declineRequest = defineRoute({
  method: 'POST',
  path: '/api/requests/:sessionId/decline',
  params: requestParams,
  body: z.object({ requestId: RequestId, words: z._default(Reason, '') }),
  reply: Answered,
});
/** Code users: not needed any more. Also what is scheduled already. */
export const withdrawRequest = defineRoute({
  method: 'POST',
  path: '/api/requests/:sessionId/withdraw',
  params: requestParams,
  body: z.object({ requestId: RequestId }),
  reply: SessionRequest,
});
/** Not JSON: the agreed time as a calendar file, for whoever may see the request. */
export const calendarPath = '/api/requests/:sessionId/calendar.ics';

const PastTicket = z.object({ ...NamedTicket.shape, status: TicketStatus, updatedAt: Instant });
const waits = {
  waitingSince: Instant,
  code: z.nullable(z.object({ id: CodeId, name: z.string() })),
  /** The latest tickets of the same code. */
  history: z.array(PastTicket),
};
/** What waits for an employee. */
export const InboxItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), ...waits, request: SessionRequest }),
  /** A direct call that rings now. */
  z.object({ kind: z.literal('call'), ...waits, request: SessionRequest }),
  /** The first message of a customer that nobody has answered. */
  z.object({ kind: z.literal('message'), ...waits, ticket: NamedTicket, by: z.string(), text: z.string() }),
]);
export type InboxItem = z.infer<typeof InboxItem>;

/** Employees: all that waits, what waits longest first. */
export const readInbox = defineRoute({
  method: 'GET',
  path: '/api/inbox',
  query: z.object({ page: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100_000)), 1) }),
  reply: z.object({ items: z.array(InboxItem), total: z.int(), page: z.int(), pageSize: z.int() }),
});
