import { boolean, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { CodeId, DeviceId, MemberId } from '#contract/ids.ts';
import { code, device, member } from '../access/tables.ts';
import { session } from '../session/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What a member has chosen by hand; without a row they are available. */
export const memberAvailability = pgTable('member_availability', {
  memberId: uuid('member_id')
    .$type<MemberId>()
    .primaryKey()
    .references(() => member.id),
  chosen: text({ enum: ['available', 'away'] }).notNull(),
});

/** A direct call (A12); the session of the same id has its status. It rings while `isRinging`. */
export const directCall = pgTable(
  'direct_call',
  {
    sessionId: uuid('session_id')
      .primaryKey()
      .references(() => session.id),
    codeId: uuid('code_id')
      .$type<CodeId>()
      .notNull()
      .references(() => code.id),
    deviceId: uuid('device_id')
      .$type<DeviceId>()
      .notNull()
      .references(() => device.id),
    calledAt: instant('called_at').notNull(),
    ringsUntil: instant('rings_until').notNull(),
    isRinging: boolean('is_ringing').notNull().default(true),
    answeredBy: uuid('answered_by')
      .$type<MemberId>()
      .references(() => member.id),
    /** What it became once nobody had answered. */
    requestSessionId: uuid('request_session_id').references(() => session.id),
  },
  (table) => [index('direct_call_ringing').on(table.isRinging), index('direct_call_device').on(table.deviceId)],
);

/** At whom a call rings or has rung. */
export const directCallRing = pgTable(
  'direct_call_ring',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => directCall.sessionId),
    memberId: uuid('member_id')
      .$type<MemberId>()
      .notNull()
      .references(() => member.id),
    hasDeclined: boolean('has_declined').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.memberId] })],
);
