import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { UploadId } from '#contract/file/ids.ts';
import type { ParticipantId, TabId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import type { ConsentAnswer } from '#contract/recording/events.ts';
import type { RecordingState } from '#contract/recording/http.ts';
import type { RecordingId, RecordingPartId } from '#contract/recording/ids.ts';
import { participant, session } from '../session/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const bytes = () => bigint('bytes', { mode: 'number' });
const fileType = () => text('type', { enum: ['video/mp4', 'video/webm'] });
const participantId = () =>
  uuid('participant_id')
    .$type<ParticipantId>()
    .notNull()
    .references(() => participant.id);
const recordingId = () =>
  uuid('recording_id')
    .$type<RecordingId>()
    .notNull()
    .references(() => recording.id);

/** A recording. What happened to it is in the session's log; these columns are what that adds up to, and the file. */
export const recording = pgTable(
  'recording',
  {
    id: uuid().$type<RecordingId>().primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => session.id),
    state: text().$type<RecordingState>().notNull(),
    stateSince: instant('state_since').notNull(),
    startedBy: jsonb('started_by').notNull(),
    startedAt: instant('started_at').notNull(),
    /** What those who agreed were told: it is kept no longer than this. */
    keptDays: integer('kept_days'),
    endedAt: instant('ended_at'),
    endedEarly: boolean('ended_early').notNull().default(false),
    /** When the making of the file was asked for. */
    finishAskedAt: instant('finish_asked_at'),
    durationMs: integer('duration_ms'),
    bytes: bytes(),
    type: fileType(),
    /** Where each moment is in the file; core/recording lays it out. */
    stretches: jsonb().notNull().default([]),
    erasedAt: instant('erased_at'),
  },
  (table) => [
    index('recording_by_session').on(table.sessionId),
    index('recording_by_start').on(table.startedAt),
    index('recording_open').on(table.state).where(sql`${table.state} not in ('ready', 'failed', 'declined', 'erased')`),
    // Two starts at once are told apart by the session's lock; this holds whatever else is written.
    uniqueIndex('recording_is_one')
      .on(table.sessionId)
      .where(sql`${table.state} in ('asking', 'agreed', 'recording', 'paused', 'interrupted')`),
  ],
);

/** What one browser records in one go. */
export const recordingPart = pgTable(
  'recording_part',
  {
    id: uuid().$type<RecordingPartId>().primaryKey(),
    recordingId: recordingId(),
    /** 1, 2, 3 … within the recording; only the last one takes bytes. */
    number: integer().notNull(),
    participantId: participantId(),
    tabId: uuid('tab_id').$type<TabId>().notNull(),
    type: fileType().notNull(),
    uploadId: uuid('upload_id').$type<UploadId>(),
    bytes: bytes().notNull().default(0),
    /** When its first bytes came. */
    beganAt: instant('began_at'),
    lastBytesAt: instant('last_bytes_at'),
    /** The last sign of life that was to be expected: bytes, a start, the end of a pause. */
    heardAt: instant('heard_at').notNull(),
    /** After an end: until when what was captured before it may still come; null for not at all. */
    flushUntil: instant('flush_until'),
    /** When the page said that it has sent all. */
    finishedAt: instant('finished_at'),
  },
  (table) => [unique('recording_part_number').on(table.recordingId, table.number)],
);

/** The ledger: lines are only added, and stay when the file is erased. */
export const recordingConsent = pgTable(
  'recording_consent',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    recordingId: recordingId(),
    participantId: participantId(),
    person: jsonb().notNull(),
    at: instant('at').notNull(),
    answer: text().$type<ConsentAnswer>().notNull(),
    /** All three or none: none where nobody was asked. */
    wordingVersion: integer('wording_version'),
    wordingLanguage: text('wording_language').$type<Language>(),
    wordingText: text('wording_text'),
  },
  (table) => [index('recording_consent_by_recording').on(table.recordingId)],
);

/** What links to files are signed with; one row. */
export const recordingSecret = pgTable('recording_secret', {
  id: integer().primaryKey(),
  secret: text().notNull(),
});
