import { index, integer, pgTable, primaryKey, serial, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { TicketStatus } from '#contract/ticket/events.ts';
import { stream } from '../../stream/tables.ts';
import { code, member } from '../access/tables.ts';

/** A service case. Its Messenger is the stream of the same id; these columns are what that list of events adds up to. */
export const ticket = pgTable(
  'ticket',
  {
    id: uuid()
      .primaryKey()
      .references(() => stream.id),
    /** What people call it: 1, 2, 3 … */
    number: serial().notNull().unique(),
    subject: text().notNull(),
    status: text().$type<TicketStatus>().notNull().default('open'),
    codeId: uuid('code_id').references(() => code.id),
    assigneeId: uuid('assignee_id').references(() => member.id),
    openedBy: text('opened_by').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    index('ticket_by_update').on(table.updatedAt),
    index('ticket_by_code').on(table.codeId, table.updatedAt),
    index('ticket_by_assignee').on(table.assigneeId, table.updatedAt),
  ],
);

/** How far a person has read a ticket's Messenger. `reader` is an actor key. */
export const ticketRead = pgTable(
  'ticket_read',
  {
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => ticket.id),
    reader: text().notNull(),
    upTo: integer('up_to').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ticketId, table.reader] })],
);
