import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** A mail that is not sent yet; sent ones are not kept. */
export const mail = pgTable(
  'mail',
  {
    id: uuid().primaryKey(),
    /** Null once it was given up: what it said is nobody's business then. */
    content: jsonb(),
    attempts: integer().notNull().default(0),
    createdAt: instant('created_at').notNull(),
    /** Why the last attempt failed; taken away as soon as any mail gets through. */
    failure: text(),
    failedAt: instant('failed_at'),
    givenUpAt: instant('given_up_at'),
  },
  (table) => [index('mail_failed').on(table.failedAt)],
);
