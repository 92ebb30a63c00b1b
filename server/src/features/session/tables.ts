import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { ParticipantKind, SessionOrigin, SessionStatus } from '#contract/session/events.ts';
import type { WentWrong } from '#contract/session/rating.ts';
import { stream } from '../../stream/tables.ts';
import { code, device, member } from '../access/tables.ts';
import { ticket } from '../ticket/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** A video session. Its log is the stream of the same id; these columns are what that log adds up to. */
export const session = pgTable(
  'session',
  {
    id: uuid()
      .primaryKey()
      .references(() => stream.id),
    ticketId: uuid('ticket_id').references(() => ticket.id),
    /** Whose code users it is for, unless a ticket's code says it. */
    codeId: uuid('code_id').references(() => code.id),
    subject: text().notNull(),
    origin: text().$type<SessionOrigin>().notNull(),
    status: text().$type<SessionStatus>().notNull(),
    visibility: text({ enum: ['public', 'internal'] })
      .notNull()
      .default('public'),
    /** How many may be in at once; one-on-one by default. */
    capacity: integer().notNull().default(2),
    createdBy: jsonb('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    liveSince: instant('live_since'),
    endedAt: instant('ended_at'),
    /** The time that both sides have agreed on (A11). */
    scheduledFor: instant('scheduled_for'),
    /** The mean of its ratings (A9). */
    stars: real(),
    /** When everything in it was erased; the row stays, for the ticket to show that there was one. */
    erasedAt: instant('erased_at'),
  },
  (table) => [index('session_by_ticket').on(table.ticketId), index('session_by_status').on(table.status)],
);

/**
 * A person and a session. `outside`: has opened the page and not yet joined; `in`: joined; `left`. While in, `tabId` is
 * the tab they are in from, and `awaySince` is set while that tab has no connection.
 */
export const participant = pgTable(
  'participant',
  {
    id: uuid().primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id),
    memberId: uuid('member_id').references(() => member.id),
    deviceId: uuid('device_id').references(() => device.id),
    name: text().notNull(),
    as: text().$type<ParticipantKind>().notNull(),
    state: text({ enum: ['outside', 'in', 'left'] })
      .notNull()
      .default('outside'),
    tabId: uuid('tab_id'),
    awaySince: instant('away_since'),
    joinedAt: instant('joined_at'),
    leftAt: instant('left_at'),
  },
  (table) => [
    unique('participant_member').on(table.sessionId, table.memberId),
    unique('participant_device').on(table.sessionId, table.deviceId),
    check('participant_is_one', sql`num_nonnulls(${table.memberId}, ${table.deviceId}) = 1`),
    index('participant_away').on(table.awaySince),
    // Who is busy, and who must not be in any more, is looked at every second.
    index('participant_in').on(table.memberId).where(sql`${table.state} = 'in'`),
    index('participant_by_device').on(table.deviceId),
  ],
);

/** How one code user found a session that they were in (A9): one row for each, changed in place. */
export const rating = pgTable(
  'rating',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id),
    deviceId: uuid('device_id')
      .notNull()
      .references(() => device.id),
    /** 1 to 5. */
    stars: integer().notNull(),
    comment: text().notNull(),
    wentWrong: text('went_wrong').array().$type<WentWrong[]>().notNull(),
    /** When it was given or last changed. */
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.deviceId] })],
);
