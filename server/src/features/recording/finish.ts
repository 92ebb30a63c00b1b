import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { accepted } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import { layOut } from '#core/recording/index.ts';
import { transact } from '../../database/transact.ts';
import { findSession } from '../session/index.ts';
import { fileKeyOf, makingFolder, removeUploads } from './erase.ts';
import type { FileWish, MadeFile } from './file-making/make-file.ts';
import { makeFileAside } from './file-making/run.ts';
import type { RecordingParts } from './recording-parts.ts';
import { logRecording, system } from './step.ts';
import { findParts, findRecording, inLog, type PartRow, type RecordingRow, readRecordings } from './store.ts';
import { recording } from './tables.ts';

interface Source {
  readonly part: PartRow;
  readonly path: string;
}

/**
 * Makes a recording's file of what its parts have brought, and says so. May be done again at any time: until the file is in the
 * storage and the fact committed, the uploads stay as they are.
 */
export async function finishRecording(parts: RecordingParts, recordingId: RecordingId): Promise<void> {
  const row = await findRecording(parts.database, recordingId);
  if (row?.state !== 'finishing') return;
  const sources: Source[] = [];
  for (const part of await findParts(parts.database, recordingId)) {
    const file = part.uploadId === null ? null : await parts.files.uploadFile(part.uploadId);
    if (file !== null && part.beganAt !== null) sources.push({ part, path: file.path });
  }
  const folder = makingFolder(parts);
  await mkdir(folder, { recursive: true });
  const to = join(folder, recordingId);
  const type = sources[0]?.part.type ?? 'video/mp4';
  try {
    const made = await make(parts, { parts: sources.map(({ path }) => path), to, type });
    if (made !== null) await parts.storage.adopt(fileKeyOf(row), to);
    await keep(parts, row, made === null ? null : { made, sources, type });
  } finally {
    await rm(to, { force: true });
  }
  await removeUploads(parts, recordingId);
}

/** Null when there is nothing that can be played. A full disk and the like are thrown: it is tried again. */
async function make(parts: RecordingParts, wish: FileWish): Promise<MadeFile | null> {
  try {
    const made = await makeFileAside(parts.signal, wish);
    return made !== null && made.durationMs > 0 ? made : null;
  } catch (error) {
    if (parts.signal.aborted || (error instanceof Error && 'code' in error)) throw error;
    parts.log.error({ err: error }, 'a recording could not be made a file of');
    return null;
  }
}

async function keep(
  parts: RecordingParts,
  row: RecordingRow,
  result: { readonly made: MadeFile; readonly sources: readonly Source[]; readonly type: FileWish['type'] } | null,
): Promise<void> {
  const { id: recordingId, sessionId, endedEarly } = row;
  const bytes = result === null ? null : await parts.storage.size(fileKeyOf(row));
  const isWanted = await transact(parts, async (change) => {
    const session = await findSession(change.sql, SessionId.parse(sessionId), true);
    if (session === null) return accepted(false);
    const facts = inLog(await readRecordings(change.sql, session.id), recordingId);
    if (facts?.state !== 'finishing') return accepted(false);
    if (result === null || bytes === null) {
      await logRecording(change, session, system, { kind: 'recording-failed', recordingId });
      return accepted(true);
    }
    const { durationMs, lengthsMs } = result.made;
    const measured = result.sources.map(({ part }, at) => ({
      partId: part.id,
      lengthMs: lengthsMs[at] ?? 0,
      lastBytesAt: (part.lastBytesAt ?? part.heardAt).getTime(),
    }));
    await change.sql
      .update(recording)
      .set({ durationMs, bytes, type: result.type, stretches: layOut(facts.recorded, measured) })
      .where(eq(recording.id, recordingId));
    const ready = { kind: 'recording-ready', recordingId, durationMs, bytes, early: endedEarly } as const;
    await logRecording(change, session, system, ready);
    return accepted(true);
  });
  // It was erased while it was being made.
  if (!isWanted.ok || !isWanted.value) await parts.storage.remove(fileKeyOf(row));
}
