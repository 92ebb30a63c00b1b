import { index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { DeviceId, MemberId } from '#contract/ids.ts';
import { device, member } from '../access/tables.ts';
import { session } from '../session/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What a customer has asked for, of the session of the same id: its status and agreed time are in the session's row. */
export const sessionRequest = pgTable(
  'session_request',
  {
    sessionId: uuid('session_id')
      .primaryKey()
      .references(() => session.id),
    deviceId: uuid('device_id')
      .$type<DeviceId>()
      .notNull()
      .references(() => device.id),
    /** Where the answer goes to as well. */
    email: text(),
    words: text().notNull(),
    wishedAt: instant('wished_at'),
    /** The times that wait for a choice, as core/request says; null where none do. */
    proposal: jsonb(),
    /** The employee who has it. */
    answeredBy: uuid('answered_by')
      .$type<MemberId>()
      .references(() => member.id),
    answeredAt: instant('answered_at'),
    /** With the status that it has now, in a person's own words. */
    reason: text().notNull().default(''),
    /** Null once it is agreed or over. */
    expiresAt: instant('expires_at'),
    /** The agreed time that both sides were reminded of. */
    remindedOf: instant('reminded_of'),
    /** How often its calendar entry has changed. */
    sequence: integer().notNull().default(0),
  },
  (table) => [
    index('session_request_by_expiry').on(table.expiresAt),
    index('session_request_by_device').on(table.deviceId),
  ],
);
