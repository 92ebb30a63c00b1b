import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { DeviceId, LoginId } from '#contract/ids.ts';
import { device, login } from '../access/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What comes which way. `owner` is an actor key; who has no row has chosen nothing yet. */
export const notificationPreference = pgTable('notification_preference', {
  owner: text().primaryKey(),
  preferences: jsonb().notNull(),
});

/** A browser that takes push messages: a member's, as long as that login lasts, or a code user's device. */
export const pushSubscription = pgTable(
  'push_subscription',
  {
    id: uuid().primaryKey(),
    endpoint: text().notNull().unique(),
    loginId: uuid('login_id')
      .$type<LoginId>()
      .references(() => login.id, { onDelete: 'cascade' }),
    deviceId: uuid('device_id')
      .$type<DeviceId>()
      .references(() => device.id),
    p256dh: text().notNull(),
    auth: text().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    check('push_subscription_is_ones', sql`num_nonnulls(${table.loginId}, ${table.deviceId}) = 1`),
    index('push_subscription_login').on(table.loginId),
    index('push_subscription_device').on(table.deviceId),
  ],
);

/** This server's own keys for push services (VAPID), made once. */
export const pushKey = pgTable(
  'push_key',
  {
    id: integer().primaryKey().default(1),
    publicKey: text('public_key').notNull(),
    privateKey: text('private_key').notNull(),
  },
  (table) => [check('push_key_is_one', sql`${table.id} = 1`)],
);
