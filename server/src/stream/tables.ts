import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** An append-only list of events: one for each ticket and each session. The row's lock gives out the numbers. */
export const stream = pgTable('stream', {
  id: uuid().primaryKey(),
  kind: text({ enum: ['ticket', 'session'] }).notNull(),
  lastSeq: integer('last_seq').notNull().default(0),
});

export const event = pgTable(
  'event',
  {
    streamId: uuid('stream_id')
      .notNull()
      .references(() => stream.id),
    /** 1, 2, 3 … without gaps within the stream. */
    seq: integer().notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    author: jsonb().notNull(),
    requestId: uuid('request_id'),
    body: jsonb().notNull(),
    /** Not to be read by code users: what employees alone may know, or what is about a session that is hidden now. */
    forStaff: boolean('for_staff').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.streamId, table.seq] }),
    index('event_about_session').on(sql`(${table.body} ->> 'sessionId')`).where(sql`${table.body} ? 'sessionId'`),
  ],
);

/** Requests that changed something, with what they were answered: a repeat gets the same answer and changes nothing. */
export const request = pgTable(
  'request',
  {
    actor: text().notNull(),
    id: uuid().notNull(),
    route: text().notNull(),
    reply: jsonb(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.id] })],
);
