import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { CodeId, MemberId, RequestId, TicketId } from '../ids.ts';
import { AfterQuery, EventNumber, envelope, eventsAfter } from '../stream/http.ts';
import { Instant, MessageText, SearchText, Subject } from '../text.ts';
import { TicketEventBody, TicketStatus } from './events.ts';

export const TicketEvent = envelope(TicketEventBody);
export type TicketEvent = z.infer<typeof TicketEvent>;

/** A row of a list. `unread` counts messages of others after what this person has read. */
export const TicketSummary = z.object({
  id: TicketId,
  number: z.int(),
  subject: z.string(),
  status: TicketStatus,
  code: z.nullable(z.object({ id: CodeId, name: z.string() })),
  assignee: z.nullable(z.object({ id: MemberId, name: z.string() })),
  lastMessage: z.nullable(z.object({ text: z.string(), by: z.string(), at: Instant })),
  unread: z.int(),
  updatedAt: Instant,
});
export type TicketSummary = z.infer<typeof TicketSummary>;

/** One ticket, with the number of its last event: the Messenger follows the stream from there or from 0. */
export const Ticket = z.object({
  ...TicketSummary.shape,
  openedBy: z.string(),
  createdAt: Instant,
  lastSeq: z.int(),
  /** The last event this person has read. */
  readUpTo: z.int(),
});
export type Ticket = z.infer<typeof Ticket>;

const ticketParams = z.object({ ticketId: TicketId });

/** Employees list all tickets; code users name a code of theirs and get its tickets. */
export const listTickets = defineRoute({
  method: 'GET',
  path: '/api/tickets',
  query: z.object({
    search: z.optional(SearchText),
    status: z.optional(TicketStatus),
    /** A member's id, or `none` for tickets that nobody has. */
    assignee: z.optional(z.union([MemberId, z.literal('none')])),
    code: z.optional(CodeId),
    page: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100_000)), 1),
  }),
  reply: z.object({ tickets: z.array(TicketSummary), total: z.int(), page: z.int(), pageSize: z.int() }),
});
export const openTicket = defineRoute({
  method: 'POST',
  path: '/api/tickets',
  body: z.object({
    requestId: RequestId,
    subject: Subject,
    /** Code users must name a code of theirs; employees may leave it out. */
    code: z.optional(CodeId),
    text: z.optional(MessageText),
  }),
  reply: Ticket,
});
export const readTicket = defineRoute({
  method: 'GET',
  path: '/api/tickets/:ticketId',
  params: ticketParams,
  reply: Ticket,
});
/** Employees only. */
export const updateTicket = defineRoute({
  method: 'PATCH',
  path: '/api/tickets/:ticketId',
  params: ticketParams,
  body: z.object({
    requestId: RequestId,
    subject: z.optional(Subject),
    status: z.optional(TicketStatus),
    assignee: z.optional(z.nullable(MemberId)),
    code: z.optional(z.nullable(CodeId)),
  }),
  reply: Ticket,
});
export const ticketEvents = defineRoute({
  method: 'GET',
  path: '/api/tickets/:ticketId/events',
  params: ticketParams,
  query: AfterQuery,
  reply: eventsAfter(TicketEventBody),
});
export const sayInTicket = defineRoute({
  method: 'POST',
  path: '/api/tickets/:ticketId/messages',
  params: ticketParams,
  body: z.object({ requestId: RequestId, text: MessageText }),
  reply: TicketEvent,
});
/** Moves this person's unread mark forward; it never goes back. */
export const markTicketRead = defineRoute({
  method: 'POST',
  path: '/api/tickets/:ticketId/read',
  params: ticketParams,
  body: z.object({ upTo: EventNumber }),
});
