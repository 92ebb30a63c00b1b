import { eq } from 'drizzle-orm';
import type { ParticipantId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import { currentRecording, type RecordingFacts, type RecordingsLog, withoutYes } from '#core/recording/index.ts';
import { isOver } from '#core/session/lifecycle.ts';
import type { Change } from '../../database/transact.ts';
import { findParticipants, type SessionRow, type Sessions } from '../session/index.ts';
import { noteTold } from './ledger.ts';
import type { RecordingParts } from './recording-parts.ts';
import { endRecording, interruptRecording, keepStates, logRecording, system } from './step.ts';
import { findLastPart, hasUnderWay, readRecordings } from './store.ts';
import { recordingPart } from './tables.ts';

/**
 * What comings and goings do to a recording, in the very change that lets somebody in or out: there is no moment in which
 * a newcomer is in and a recording runs that they have not agreed to.
 */
export function watchSession(sessions: Pick<Sessions, 'onLogged'>, parts: RecordingParts): void {
  const current = async (change: Change, row: SessionRow) => {
    if (!(await hasUnderWay(change.sql, row.id))) return null;
    const log = await readRecordings(change.sql, row.id);
    const facts = currentRecording(log);
    return facts === null ? null : { log, facts };
  };

  sessions.onLogged(['participant-joined'], async (change, row) => {
    const now = await current(change, row);
    if (now !== null) await welcome(change, parts, row, now.facts, now.log);
  });
  sessions.onLogged(['participant-left'], async (change, row, { author, body }) => {
    const now = await current(change, row);
    if (now === null) return;
    const { facts } = now;
    if (body.reason === 'session-ended')
      await endRecording(change, parts, row, facts, { author: system, why: 'session-ended' });
    else if (body.participantId === facts.recorder) await withoutRecorder(change, parts, row, facts, author);
    else await resumeWhenAgreed(change, parts, row);
  });
  sessions.onLogged(['status-changed'], async (change, row, { body }) => {
    const now = isOver(body.to) ? await current(change, row) : null;
    if (now !== null) await endRecording(change, parts, row, now.facts, { author: system, why: 'session-ended' });
  });
}

async function welcome(
  change: Change,
  parts: RecordingParts,
  row: SessionRow,
  facts: RecordingFacts,
  log: RecordingsLog,
): Promise<void> {
  await keepStates(change, row.id);
  if (!facts.consent) {
    const people = (await findParticipants(change.sql, [row.id])).filter(({ state }) => state === 'in');
    return noteTold(change, facts, people);
  }
  const waitingFor = withoutYes(facts, log.present);
  if (waitingFor.length === 0 || (facts.state === 'recording' && facts.lateJoiner === 'leave-out')) return;
  if (facts.state === 'paused' || facts.state === 'recording') await pause(change, parts, row, facts, waitingFor);
  // The first bytes may be on their way, or those of a recorder who has just come back.
  else await stopReceiving(change, parts, facts.id);
}

async function pause(
  change: Change,
  parts: RecordingParts,
  row: SessionRow,
  facts: RecordingFacts,
  waitingFor: readonly ParticipantId[],
): Promise<void> {
  await logRecording(change, row, system, {
    kind: 'recording-paused',
    recordingId: facts.id,
    waitingFor: [...waitingFor],
  });
  await stopReceiving(change, parts, facts.id);
}

/** Ends what is being sent at this moment: what comes next is asked about anew, and refused. */
export async function stopReceiving(change: Change, { files }: RecordingParts, id: RecordingId): Promise<void> {
  const uploadId = (await findLastPart(change.sql, id))?.uploadId;
  if (uploadId != null) change.afterCommit(() => files.interrupt(uploadId));
}

/** Before the first frame there is nothing to carry on. */
const withoutRecorder = (
  change: Change,
  parts: RecordingParts,
  row: SessionRow,
  facts: RecordingFacts,
  author: Person,
): Promise<unknown> => {
  if (facts.state === 'interrupted') return Promise.resolve();
  if (facts.recorded.length === 0) return endRecording(change, parts, row, facts, { author, why: 'cancelled' });
  return interruptRecording(change, row, facts, author);
};

/** A pause is over when nobody present has still to answer: by a yes, or because they have left. */
export async function resumeWhenAgreed(change: Change, parts: RecordingParts, row: SessionRow): Promise<void> {
  await keepStates(change, row.id);
  const log = await readRecordings(change.sql, row.id);
  const facts = currentRecording(log);
  if (facts?.state !== 'paused') return;
  const waitingFor = withoutYes(facts, log.present);
  if (waitingFor.length > 0) return pause(change, parts, row, facts, waitingFor);
  await logRecording(change, row, system, { kind: 'recording-resumed', recordingId: facts.id });
  const part = await findLastPart(change.sql, facts.id);
  if (part === null) return;
  await change.sql.update(recordingPart).set({ heardAt: change.now }).where(eq(recordingPart.id, part.id));
}
