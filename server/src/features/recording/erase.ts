import { eq } from 'drizzle-orm';
import type { Person } from '#contract/person.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import type { Change } from '../../database/transact.ts';
import { storageKeyOf } from '../../ports/storage.ts';
import type { SessionRow } from '../session/index.ts';
import type { RecordingParts } from './recording-parts.ts';
import { logRecording } from './step.ts';
import { findParts, findRecording } from './store.ts';
import { recording, recordingPart } from './tables.ts';

/** Where a recording's file lies. */
export const fileKeyOf = (id: RecordingId) => storageKeyOf('recordings', id);

/** Erases the file for good; the log keeps a line, the ledger stays. The bytes go right after the commit, also after a crash. */
export async function eraseRecording(
  change: Change,
  { jobs }: Pick<RecordingParts, 'jobs'>,
  row: SessionRow,
  recordingId: RecordingId,
  author: Person,
  why: 'retention' | 'by-hand' | 'withdrawn',
): Promise<void> {
  await logRecording(change, row, author, { kind: 'recording-erased', recordingId, why });
  await change.sql
    .update(recording)
    .set({ erasedAt: change.now, bytes: null, type: null, stretches: [] })
    .where(eq(recording.id, recordingId));
  await change.sql.update(recordingPart).set({ flushUntil: null }).where(eq(recordingPart.recordingId, recordingId));
  await jobs.send('remove-recording', { recordingId }, { change });
}

/** The job behind it: takes away all bytes that there are of a recording. Repeating it is harmless. */
export async function removeBytes(parts: RecordingParts, recordingId: RecordingId): Promise<void> {
  const row = await findRecording(parts.database, recordingId);
  if (row !== null && row.state !== 'erased' && row.state !== 'declined') return;
  await parts.storage.remove(fileKeyOf(recordingId));
  await removeUploads(parts, recordingId);
}

/** Takes the parts' uploads away: the file is made, or is not to be. */
export async function removeUploads({ database, files }: RecordingParts, recordingId: RecordingId): Promise<void> {
  for (const { uploadId } of await findParts(database, recordingId)) {
    if (uploadId === null) continue;
    files.interrupt(uploadId);
    await files.removeUpload(uploadId);
  }
}
