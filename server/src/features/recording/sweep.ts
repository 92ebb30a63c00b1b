import { rm } from 'node:fs/promises';
import { and, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { accepted } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import { currentRecording, type RecordingFacts } from '#core/recording/index.ts';
import { type Change, transact } from '../../database/transact.ts';
import { findParticipant, findSession, type ParticipantRow, type SessionRow } from '../session/index.ts';
import { makingFolder } from './erase.ts';
import type { RecordingParts } from './recording-parts.ts';
import { askForFile, endRecording, interruptRecording, system } from './step.ts';
import { findLastPart, type PartRow, readRecordings } from './store.ts';
import { recording, recordingPart } from './tables.ts';

const SWEEP_MS = 1_000;
/** A page that is gone and sends nothing needs no longer look. */
const GONE_MS = 3_000;
/** The job tries for minutes; a disk may be full for longer. Asking twice makes no second file. */
const ASK_AGAIN_MS = 30 * 60_000;

/** Watches over recordings until the server ends: recorders that are silent, interruptions nobody ends, files to be made. */
export async function keepWatch(parts: RecordingParts): Promise<void> {
  await startAgain(parts);
  let sweeping = false;
  const sweep = setInterval(() => {
    if (sweeping) return;
    sweeping = true;
    sweepRecordings(parts)
      .catch((error: unknown) => parts.log.warn({ err: error }, 'recordings could not be watched'))
      .finally(() => {
        sweeping = false;
      });
  }, SWEEP_MS);
  parts.signal.addEventListener('abort', () => clearInterval(sweep), { once: true });
}

/** While the server was away nobody could send anything, and a file may have been left half made. */
async function startAgain(parts: RecordingParts): Promise<void> {
  const { database, clock } = parts;
  await rm(makingFolder(parts), { recursive: true, force: true });
  const open = await database
    .select({ id: recording.id })
    .from(recording)
    .where(inArray(recording.state, ['agreed', 'recording', 'paused', 'interrupted', 'finishing']));
  const ids = open.map(({ id }) => id);
  if (ids.length === 0) return;
  await database.update(recordingPart).set({ heardAt: clock() }).where(inArray(recordingPart.recordingId, ids));
  await database.update(recording).set({ finishAskedAt: null }).where(inArray(recording.id, ids));
}

/** No part of it has been heard of just now; of the others nothing more has to be known, and no session is locked for them. */
const isQuiet = ({ clock }: RecordingParts): SQL => {
  const since = new Date(clock().getTime() - GONE_MS).toISOString();
  return sql`not exists (select 1 from ${recordingPart}
    where ${recordingPart.recordingId} = ${recording.id} and ${recordingPart.heardAt} > ${since})`;
};

async function sweepRecordings(parts: RecordingParts): Promise<void> {
  const running = await parts.database
    .select({ id: recording.id, sessionId: recording.sessionId })
    .from(recording)
    .where(
      or(
        inArray(recording.state, ['agreed', 'paused', 'interrupted']),
        and(eq(recording.state, 'recording'), isQuiet(parts)),
      ),
    );
  // One that fails keeps no other from being looked at.
  const each = (id: RecordingId, run: () => Promise<unknown>) =>
    run().catch((error: unknown) =>
      parts.log.warn({ err: error, recordingId: id }, 'a recording could not be watched'),
    );
  for (const { id, sessionId } of running) {
    await each(id, async () => {
      await noteGrowth(parts, id);
      await transact(parts, async (change) => {
        const row = await findSession(change.sql, SessionId.parse(sessionId), true);
        if (row !== null) await look(change, parts, row, id);
        return accepted(null);
      });
    });
  }
  const finishing = await parts.database
    .select({ id: recording.id })
    .from(recording)
    .where(
      and(
        eq(recording.state, 'finishing'),
        or(
          isNull(recording.finishAskedAt),
          lt(recording.finishAskedAt, new Date(parts.clock().getTime() - ASK_AGAIN_MS)),
        ),
      ),
    );
  for (const { id } of finishing) await each(id, () => askToFinish(parts, id));
}

async function look(change: Change, parts: RecordingParts, row: SessionRow, id: RecordingId): Promise<void> {
  const facts = currentRecording(await readRecordings(change.sql, row.id));
  if (facts?.id !== id) return;
  const part = await findLastPart(change.sql, id);
  const now = change.now.getTime();
  if (facts.state === 'interrupted') {
    const since = Math.max(facts.interrupted?.at ?? 0, part?.beganAt === null ? part.heardAt.getTime() : 0);
    if (now - since > parts.config.recordingCarryOnMs)
      await endRecording(change, parts, row, facts, { author: system, why: 'recorder-lost' });
  } else if (part !== null && facts.state === 'agreed') {
    if (now - part.heardAt.getTime() > parts.config.recordingCarryOnMs)
      await endRecording(change, parts, row, facts, { author: system, why: 'cancelled' });
  } else if (
    part !== null &&
    isSilent(facts, part, await findParticipant(change.sql, row.id, part.participantId), now)
  ) {
    await interruptRecording(change, row, facts, system);
  }
  // One whose sending was allowed a moment before it no longer was.
  if (facts.state === 'paused' && part?.uploadId != null) parts.files.interrupt(part.uploadId);
}

/**
 * A request with many bytes over a slow line takes longer than the silence may: its file grows meanwhile. Before the session is
 * locked, as it takes a connection of its own.
 */
async function noteGrowth({ database, files, clock }: RecordingParts, id: RecordingId): Promise<void> {
  const part = await findLastPart(database, id);
  if (part?.uploadId == null || part.beganAt === null) return;
  const bytes = (await files.uploadFile(part.uploadId))?.bytes ?? 0;
  if (bytes <= part.bytes) return;
  const now = clock();
  await database
    .update(recordingPart)
    .set({ bytes, heardAt: now, lastBytesAt: now })
    .where(eq(recordingPart.id, part.id));
}

/** In a pause nothing is to be sent; whether the page is still there tells its connection. */
function isSilent(facts: RecordingFacts, part: PartRow, own: ParticipantRow | null, now: number): boolean {
  const silent = now - part.heardAt.getTime();
  const away = own?.awaySince == null ? 0 : now - own.awaySince.getTime();
  if (facts.state === 'paused') return away > recordingLimits.silenceMs;
  return silent > recordingLimits.silenceMs || (away > GONE_MS && silent > GONE_MS);
}

/** Asks for the file once nothing more is to come: the page has said so, is silent, or its time is over. */
async function askToFinish(parts: RecordingParts, recordingId: RecordingId): Promise<void> {
  await noteGrowth(parts, recordingId);
  await transact(parts, async (change) => {
    const part = await findLastPart(change.sql, recordingId);
    if (part !== null && mayCome(part, change.now)) return accepted(null);
    await askForFile(change, parts, recordingId);
    return accepted(null);
  });
}

const mayCome = ({ finishedAt, flushUntil, heardAt, beganAt }: PartRow, now: Date): boolean =>
  finishedAt === null &&
  beganAt !== null &&
  flushUntil !== null &&
  now < flushUntil &&
  now.getTime() - heardAt.getTime() < recordingLimits.silenceMs;
