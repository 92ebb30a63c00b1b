import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { CodeId, MemberId, RequestId, SessionId } from '../ids.ts';
import { Instant, Subject } from '../text.ts';

/** Of an employee: `busy` is in a session, `away` is by hand or after a while without doing anything or without an open page. */
export const Availability = z.enum(['available', 'busy', 'away']);
export type Availability = z.infer<typeof Availability>;

/** What a customer can do from the code's page right now. */
export const Contact = z.object({
  /** `off`: not offered for this code. The others say why it would not reach anybody. */
  directCall: z.enum(['off', 'possible', 'outside-hours', 'nobody-available']),
  /** Outside of the office hours: what the organization says then; may be empty. */
  message: z.nullable(z.string()),
  /** Outside of the office hours: when they begin again, where that is known. */
  opensAt: z.nullable(Instant),
});
export type Contact = z.infer<typeof Contact>;

const codeParams = z.object({ codeId: CodeId });
const callParams = z.object({ sessionId: SessionId });

export const readContact = defineRoute({
  method: 'GET',
  path: '/api/codes/:codeId/contact',
  params: codeParams,
  reply: Contact,
});
/** A12: a code user calls. The session exists at once, with the status `requested`, and rings until `ringsUntil`. */
export const startDirectCall = defineRoute({
  method: 'POST',
  path: '/api/codes/:codeId/direct-calls',
  params: codeParams,
  body: z.object({ requestId: RequestId, subject: z.optional(Subject) }),
  reply: z.object({ sessionId: SessionId, ringsUntil: Instant }),
});
/** The caller gives up. Nothing but a missed call is left. */
export const hangUp = defineRoute({
  method: 'POST',
  path: '/api/direct-calls/:sessionId/hang-up',
  params: callParams,
  body: z.object({ requestId: RequestId }),
});

/** A call as it rings at the desk. */
export const RingingCall = z.object({
  sessionId: SessionId,
  caller: z.string(),
  subject: z.string(),
  code: z.object({ id: CodeId, name: z.string() }),
  calledAt: Instant,
  ringsUntil: Instant,
});
export type RingingCall = z.infer<typeof RingingCall>;
/** Employees: what rings for me now. A page asks when it opens and after each reconnect. */
export const listRinging = defineRoute({
  method: 'GET',
  path: '/api/direct-calls/ringing',
  reply: z.object({ calls: z.array(RingingCall), now: Instant }),
});
/** `taken`: a colleague was first. `over`: the caller has hung up, or the time was over. */
export const answerCall = defineRoute({
  method: 'POST',
  path: '/api/direct-calls/:sessionId/answer',
  params: callParams,
  body: z.object({ requestId: RequestId }),
  reply: z.discriminatedUnion('result', [
    z.object({ result: z.literal('yours') }),
    z.object({ result: z.literal('taken'), by: z.string() }),
    z.object({ result: z.literal('over') }),
  ]),
});
/** It rings no longer for me; when it rings for nobody any more, the call is missed. */
export const declineCall = defineRoute({
  method: 'POST',
  path: '/api/direct-calls/:sessionId/decline',
  params: callParams,
  body: z.object({ requestId: RequestId }),
});

/** What a missed call became: the caller's page reads it to say what happens next. */
export const readCallOutcome = defineRoute({
  method: 'GET',
  path: '/api/direct-calls/:sessionId',
  params: callParams,
  reply: z.object({
    ringsUntil: Instant,
    /** The request that it was turned into, once it was missed. */
    requestSessionId: z.nullable(SessionId),
  }),
});

export const listAvailability = defineRoute({
  method: 'GET',
  path: '/api/availability',
  reply: z.object({
    members: z.array(z.object({ id: MemberId, name: z.string(), availability: Availability })),
    /** What I have chosen by hand; what I am may differ (busy, idle). */
    chosen: z.enum(['available', 'away']),
  }),
});
export const chooseAvailability = defineRoute({
  method: 'PUT',
  path: '/api/availability',
  body: z.object({ requestId: RequestId, chosen: z.enum(['available', 'away']) }),
});
