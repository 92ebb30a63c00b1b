import { and, eq, ne } from 'drizzle-orm';
import type { RequestId, SessionId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { EndReason, RecordingFacts } from '#core/recording/index.ts';
import type { Change } from '../../database/transact.ts';
import { logInSession, type SessionRow } from '../session/index.ts';
import type { RecordingParts } from './recording-parts.ts';
import { findLastPart, type PartRow, readRecordings } from './store.ts';
import { recording, recordingPart } from './tables.ts';

/** How long after an end what was captured before it may still come in. */
const FLUSH_MS = 60_000;

export const system: Person = { kind: 'system' };

type RecordingBody = Extract<SessionEventBody, { recordingId: RecordingId }>;

/**
 * Logs what happened to a recording of a locked session, and keeps its state. Every change of a recording is made with the
 * session's row locked, so that answers, ends and comings and goings follow one another.
 */
export async function logRecording(
  change: Change,
  row: SessionRow,
  author: Person,
  body: RecordingBody,
  requestId?: RequestId,
): Promise<SessionEvent> {
  const event = await logInSession(change, row, author, body, requestId);
  await keepStates(change, row.id);
  return event;
}

/** Brings the rows' states to what the log says. */
export async function keepStates(change: Change, sessionId: SessionId): Promise<void> {
  const { recordings } = await readRecordings(change.sql, sessionId);
  for (const { id, state } of recordings) {
    await change.sql
      .update(recording)
      .set({ state, stateSince: change.now })
      .where(and(eq(recording.id, id), ne(recording.state, state)));
  }
}

/** Ends a recording; unless a person wants it gone, its page may for a while send what it captured before. */
export async function endRecording(
  change: Change,
  { jobs }: Pick<RecordingParts, 'jobs'>,
  row: SessionRow,
  facts: RecordingFacts,
  by: { readonly author: Person; readonly why: EndReason; readonly requestId?: RequestId | undefined },
): Promise<SessionEvent> {
  const { author, why } = by;
  const early = (why === 'recorder-lost' || why === 'session-ended') && (facts.interrupted?.byLoss ?? false);
  const body = { kind: 'recording-ended', recordingId: facts.id, why, early } as const;
  const event = await logRecording(change, row, author, body, by.requestId);
  await change.sql.update(recording).set({ endedAt: change.now, endedEarly: early }).where(eq(recording.id, facts.id));
  const last = await closePart(change, facts, why !== 'withdrawn');
  // Bytes that came in a moment before somebody said no, or came in, are of no recording.
  if (facts.recorded.length === 0 && last?.uploadId != null)
    await jobs.send('remove-recording', { recordingId: facts.id }, { change });
  return event;
}

/** Has the file made of what there is. */
export async function askForFile(
  change: Change,
  { jobs }: Pick<RecordingParts, 'jobs'>,
  recordingId: RecordingId,
): Promise<void> {
  await change.sql.update(recording).set({ finishAskedAt: change.now }).where(eq(recording.id, recordingId));
  await jobs.send('finish-recording', { recordingId }, { change, once: recordingId });
}

/** The recorder is out: another employee may carry on. */
export async function interruptRecording(
  change: Change,
  row: SessionRow,
  facts: RecordingFacts,
  author: Person,
): Promise<void> {
  const partId = facts.recorded.at(-1)?.partId;
  if (partId === undefined) return;
  await logRecording(change, row, author, { kind: 'recording-interrupted', recordingId: facts.id, partId });
  await closePart(change, facts, true);
}

/** Nothing more of the last part is to come, or only what was captured before this. The part. */
export async function closePart(change: Change, facts: RecordingFacts, mayFlush: boolean): Promise<PartRow | null> {
  const part = await findLastPart(change.sql, facts.id);
  if (part === null) return null;
  // An end after an interruption gives no new time.
  const until = facts.state === 'interrupted' ? part.flushUntil : new Date(change.now.getTime() + FLUSH_MS);
  await change.sql
    .update(recordingPart)
    .set({ flushUntil: mayFlush ? until : null })
    .where(eq(recordingPart.id, part.id));
  return part;
}
