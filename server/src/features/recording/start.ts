import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { RequestId } from '#contract/ids.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import type { AskedWording } from '#contract/recording/wording.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { personOf } from '#core/access/person.ts';
import { currentRecording } from '#core/recording/index.ts';
import { isOpen } from '#core/session/lifecycle.ts';
import type { Change } from '../../database/transact.ts';
import { readPoliciesOf } from '../access/index.ts';
import { findParticipants } from '../session/index.ts';
import { addToLedger, noteTold } from './ledger.ts';
import { notHere, type Place } from './place.ts';
import { mayRun } from './policy.ts';
import type { RecordingParts } from './recording-parts.ts';
import { endRecording, logRecording } from './step.ts';
import { inLog, readRecordings } from './store.ts';
import { recording } from './tables.ts';

/** Asks everybody present, or tells them where nobody is asked; the starter's own yes is in the asking. */
export async function startRecording(
  change: Change,
  { actor, row, own, log }: Place,
  wish: { readonly requestId: RequestId; readonly recordingId: RecordingId; readonly wording: AskedWording },
): Promise<Outcome<SessionEvent>> {
  if (own === null || !mayRun(actor, own)) return notHere(own);
  if (!isOpen(row.status) || currentRecording(log) !== null) return refused('not-in-this-state');
  if (log.recordings.length >= recordingLimits.recordingsPerSession) return refused('too-many');
  const policies = await readPoliciesOf(change.sql);
  const { consent, lateJoiner } = policies.recording;
  const keptDays = policies.retentionDays.recordings;
  const { requestId, recordingId, wording } = wish;
  const author = personOf(actor);
  const inserted = await change.sql
    .insert(recording)
    .values({
      id: recordingId,
      sessionId: row.id,
      state: 'asking',
      stateSince: change.now,
      startedBy: author,
      startedAt: change.now,
      keptDays,
    })
    .onConflictDoNothing()
    .returning({ id: recording.id });
  if (inserted.length === 0) return refused('request-id-reused', 'recordingId');
  const body = { kind: 'recording-asked', recordingId, participantId: own.id, consent, lateJoiner, keptDays } as const;
  const asked = await logRecording(change, row, author, body, requestId);
  const facts = { id: recordingId, startedBy: author, keptDays };
  if (consent) {
    await addToLedger(change, facts, own, { answer: 'yes', wording });
    await logRecording(change, row, author, {
      kind: 'recording-answered',
      recordingId,
      participantId: own.id,
      name: own.name,
      answer: 'yes',
      wording,
    });
  } else {
    const now = inLog(await readRecordings(change.sql, row.id), recordingId);
    const people = (await findParticipants(change.sql, [row.id])).filter(({ state }) => state === 'in');
    if (now !== null) await noteTold(change, now, people);
  }
  return accepted(asked);
}

/** A second click: ends it, or calls the asking off. Whoever may record and is in does it, not only who records. */
export async function stopRecording(
  change: Change,
  parts: RecordingParts,
  { actor, row, own, log }: Place,
  { recordingId, requestId }: { readonly recordingId: RecordingId; readonly requestId: RequestId },
): Promise<Outcome<SessionEvent>> {
  if (!mayRun(actor, own)) return notHere(own);
  const facts = currentRecording(log);
  if (facts === null || facts.id !== recordingId) return refused('not-in-this-state');
  const why = facts.recorded.length === 0 ? 'cancelled' : 'stopped';
  return accepted(await endRecording(change, parts, row, facts, { author: personOf(actor), why, requestId }));
}
