import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { RequestId, SessionId, TicketId } from '../ids.ts';
import { Subject } from '../text.ts';

/**
 * A7, B11; employees only: the session belongs to this ticket from now on (link, move), to a new one of this subject and of the
 * session's code, or to none. A ticket's code users see its public sessions; without one, those of the session's own code do.
 */
export const linkToTicket = defineRoute({
  method: 'PUT',
  path: '/api/sessions/:sessionId/ticket',
  params: z.object({ sessionId: SessionId }),
  body: z.object({
    requestId: RequestId,
    to: z.union([
      z.object({ ticket: TicketId }),
      z.object({ newTicket: Subject }),
      z.object({ none: z.literal(true) }),
    ]),
  }),
  reply: z.object({ ticket: z.nullable(z.object({ id: TicketId, number: z.int(), subject: z.string() })) }),
});
