import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { type SessionId, StreamId } from '#contract/ids.ts';
import type { RecordingId, RecordingPartId } from '#contract/recording/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import { foldRecordings, isUnderWay, type RecordingFacts, type RecordingsLog } from '#core/recording/index.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { readSessionEventsOf } from '../../stream/read.ts';
import { recording, recordingPart } from './tables.ts';

type Sql = Database | Transaction;
export type RecordingRow = typeof recording.$inferSelect;
export type PartRow = typeof recordingPart.$inferSelect;

const kinds: readonly SessionEventBody['kind'][] = [
  'participant-joined',
  'participant-left',
  'recording-asked',
  'recording-answered',
  'recording-began',
  'recording-paused',
  'recording-resumed',
  'recording-interrupted',
  'recording-ended',
  'recording-ready',
  'recording-failed',
  'recording-erased',
];

/** What the session's log says about its recordings. */
export const readRecordings = async (sql: Sql, sessionId: SessionId): Promise<RecordingsLog> =>
  foldRecordings(await readSessionEventsOf(sql, StreamId.parse(sessionId), kinds));

export const findRecording = async (sql: Sql, id: RecordingId): Promise<RecordingRow | null> => {
  const [row] = await sql.select().from(recording).where(eq(recording.id, id));
  return row ?? null;
};

/** Those of a session, in the order in which they were asked for. */
export const findRecordingsOf = (sql: Sql, sessionId: SessionId): Promise<RecordingRow[]> =>
  sql.select().from(recording).where(eq(recording.sessionId, sessionId)).orderBy(asc(recording.startedAt));

/** Whether a recording of the session has not ended. A quick look, before its log is read. */
export async function hasUnderWay(sql: Sql, sessionId: SessionId): Promise<boolean> {
  const rows = await sql
    .select({ state: recording.state })
    .from(recording)
    .where(and(eq(recording.sessionId, sessionId), inArray(recording.state, [...underWayStates])));
  return rows.length > 0;
}
const underWayStates = (['asking', 'agreed', 'recording', 'paused', 'interrupted'] as const).filter(isUnderWay);

/** Its parts, first to last. */
export const findParts = (sql: Sql, id: RecordingId): Promise<PartRow[]> =>
  sql.select().from(recordingPart).where(eq(recordingPart.recordingId, id)).orderBy(asc(recordingPart.number));

/** The part that records, or recorded last; only this one takes bytes. */
export async function findLastPart(sql: Sql, id: RecordingId): Promise<PartRow | null> {
  const [row] = await sql
    .select()
    .from(recordingPart)
    .where(eq(recordingPart.recordingId, id))
    .orderBy(desc(recordingPart.number))
    .limit(1);
  return row ?? null;
}

export async function findPart(sql: Sql, id: RecordingPartId): Promise<PartRow | null> {
  const [row] = await sql.select().from(recordingPart).where(eq(recordingPart.id, id));
  return row ?? null;
}

/** One recording among those of the log. */
export const inLog = (log: RecordingsLog, id: RecordingId): RecordingFacts | null =>
  log.recordings.find((one) => one.id === id) ?? null;
