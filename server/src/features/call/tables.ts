import { pgTable, real, timestamp, uuid } from 'drizzle-orm/pg-core';
import { participant, session } from '../session/index.ts';

/** What one participant's page has measured of its call; each report replaces the one before. */
export const callQuality = pgTable('call_quality', {
  participantId: uuid('participant_id')
    .primaryKey()
    .references(() => participant.id),
  sessionId: uuid('session_id')
    .notNull()
    .references(() => session.id),
  seconds: real().notNull(),
  roundTripMs: real('round_trip_ms').notNull(),
  /** A share of 1. */
  lossShare: real('loss_share').notNull(),
  frozenSeconds: real('frozen_seconds').notNull(),
  at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
});
