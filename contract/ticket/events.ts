import * as z from 'zod/mini';
import { CodeId, MemberId, SessionId } from '../ids.ts';

export const TicketStatus = z.enum(['open', 'in-progress', 'waiting', 'resolved', 'closed']);
export type TicketStatus = z.infer<typeof TicketStatus>;

const NamedMember = z.object({ id: MemberId, name: z.string() });
const NamedCode = z.object({ id: CodeId, name: z.string() });

/** Everything that can happen in a ticket's Messenger. Names are as they were then. */
export const TicketEventBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ticket-opened'), subject: z.string(), code: z.nullable(NamedCode) }),
  z.object({ kind: z.literal('message-said'), text: z.string() }),
  z.object({ kind: z.literal('status-changed'), from: TicketStatus, to: TicketStatus }),
  z.object({ kind: z.literal('assignee-changed'), to: z.nullable(NamedMember) }),
  z.object({ kind: z.literal('code-changed'), to: z.nullable(NamedCode) }),
  z.object({ kind: z.literal('subject-changed'), to: z.string() }),
  /* About a session: whoever may not see that session does not get these, see core/ticket/about-session.ts. */
  z.object({ kind: z.literal('session-created'), sessionId: SessionId }),
  z.object({ kind: z.literal('session-linked'), sessionId: SessionId }),
  z.object({ kind: z.literal('session-unlinked'), sessionId: SessionId }),
]);
export type TicketEventBody = z.infer<typeof TicketEventBody>;
