import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CodeId, DeviceId, InvitationId, LoginId, MemberId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
/** C6: the one that this person's pages said last; mails are written in it. */
const language = () => text().$type<Language>().notNull().default('en');
const role = () => text({ enum: ['admin', 'co-admin', 'expert'] }).notNull();

/** At most one row, held by its key: two set-ups at once can't both make it. */
export const organization = pgTable(
  'organization',
  {
    id: integer().primaryKey().default(1),
    name: text().notNull(),
    /** The request that made it, so that the set-up page's repeat is told from somebody else's attempt. */
    setUpRequest: uuid('set_up_request').notNull(),
    /** What contract/access/policies.ts says, as far as an admin has changed it. */
    policies: jsonb(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [check('organization_is_one', sql`${table.id} = 1`)],
);

export const member = pgTable(
  'member',
  {
    id: uuid().$type<MemberId>().primaryKey(),
    /** Lower case. */
    email: text().notNull().unique(),
    name: text().notNull(),
    role: role(),
    passwordHash: text('password_hash').notNull(),
    active: boolean().notNull().default(true),
    /** B7: granted by an admin; admins always may. */
    mayRecord: boolean('may_record').notNull().default(false),
    language: language(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [check('member_email_lower', sql`${table.email} = lower(${table.email})`)],
);

/** A member's signed-in browser. Ended ones stay a while: they tell which addresses a member signs in from. */
export const login = pgTable(
  'login',
  {
    id: uuid().$type<LoginId>().primaryKey(),
    memberId: uuid('member_id')
      .$type<MemberId>()
      .notNull()
      .references(() => member.id),
    tokenHash: text('token_hash').notNull().unique(),
    device: text().notNull(),
    address: text().notNull(),
    addressGroup: text('address_group').notNull(),
    signedInAt: instant('signed_in_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [index('login_member').on(table.memberId, table.addressGroup)],
);

export const invitation = pgTable(
  'invitation',
  {
    id: uuid().$type<InvitationId>().primaryKey(),
    email: text().notNull(),
    role: role(),
    secretHash: text('secret_hash').notNull().unique(),
    invitedBy: uuid('invited_by')
      .$type<MemberId>()
      .notNull()
      .references(() => member.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Set together with `acceptedRequest` and `acceptedBy`. */
    acceptedAt: instant('accepted_at'),
    acceptedRequest: uuid('accepted_request'),
    acceptedBy: uuid('accepted_by')
      .$type<MemberId>()
      .references(() => member.id),
  },
  (table) => [uniqueIndex('invitation_open_email').on(table.email).where(sql`${table.acceptedAt} is null`)],
);

/** A link for a new password, good until it is used or its time is over. */
export const passwordReset = pgTable(
  'password_reset',
  {
    secretHash: text('secret_hash').primaryKey(),
    memberId: uuid('member_id')
      .$type<MemberId>()
      .notNull()
      .references(() => member.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    /** Of the one that was used: by which request. */
    usedRequest: uuid('used_request'),
  },
  (table) => [index('password_reset_member').on(table.memberId)],
);

export const code = pgTable('code', {
  id: uuid().$type<CodeId>().primaryKey(),
  name: text().notNull(),
  enabled: boolean().notNull().default(true),
  /** Kept readable, unlike other secrets: its QR code can be printed again at any time. */
  linkSecret: text('link_secret').notNull().unique(),
  shortCode: text('short_code').notNull().unique(),
  /** A12: its users may call directly, where the policy allows it at all. */
  directCall: boolean('direct_call').notNull().default(false),
  /** Counts rotations: a code user of an earlier one has no access. */
  generation: integer().notNull().default(1),
  createdAt: instant('created_at').notNull(),
});

/** A customer's browser. */
export const device = pgTable('device', {
  id: uuid().$type<DeviceId>().primaryKey(),
  displayName: text('display_name').notNull(),
  language: language(),
  /** The request that made it: see enter-code.ts. */
  madeByRequest: uuid('made_by_request').notNull().unique(),
  createdAt: instant('created_at').notNull(),
});

/** The cookies of a device. It has several only when the answer that carried the first one was lost. */
export const deviceToken = pgTable(
  'device_token',
  {
    tokenHash: text('token_hash').primaryKey(),
    deviceId: uuid('device_id')
      .$type<DeviceId>()
      .notNull()
      .references(() => device.id),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [index('device_token_device').on(table.deviceId)],
);

/** A device that has entered a code. */
export const codeUser = pgTable(
  'code_user',
  {
    deviceId: uuid('device_id')
      .$type<DeviceId>()
      .notNull()
      .references(() => device.id),
    codeId: uuid('code_id')
      .$type<CodeId>()
      .notNull()
      .references(() => code.id),
    generation: integer().notNull(),
    enteredAt: instant('entered_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.codeId] }), index('code_user_code').on(table.codeId)],
);
