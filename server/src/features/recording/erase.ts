import { join } from 'node:path';
import { and, eq, inArray, isNotNull, like } from 'drizzle-orm';
import type { RequestId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { Change } from '../../database/transact.ts';
import { storageKeyOf } from '../../ports/storage.ts';
import { request } from '../../stream/tables.ts';
import type { SessionRow, Sessions } from '../session/index.ts';
import type { RecordingParts } from './recording-parts.ts';
import { logRecording } from './step.ts';
import { findParts, findRecording, findRecordingsOf, type RecordingRow } from './store.ts';
import { recording, recordingConsent, recordingPart } from './tables.ts';

/** Where a recording's file lies. */
export const fileKeyOf = ({ sessionId, id }: Pick<RecordingRow, 'sessionId' | 'id'>) =>
  storageKeyOf('recordings', sessionId, id);

/** Erases the file for good; the log keeps a line, the ledger stays. The bytes go right after the commit, also after a crash. */
export async function eraseRecording(
  change: Change,
  { jobs }: Pick<RecordingParts, 'jobs'>,
  row: SessionRow,
  recordingId: RecordingId,
  author: Person,
  why: 'retention' | 'by-hand' | 'withdrawn',
  requestId?: RequestId,
): Promise<SessionEvent> {
  const event = await logRecording(change, row, author, { kind: 'recording-erased', recordingId, why }, requestId);
  await change.sql
    .update(recording)
    .set({ erasedAt: change.now, bytes: null, type: null, stretches: [] })
    .where(eq(recording.id, recordingId));
  await change.sql.update(recordingPart).set({ flushUntil: null }).where(eq(recordingPart.recordingId, recordingId));
  await jobs.send('remove-recording', { recordingId }, { change });
  return event;
}

/** The job behind it: takes away all bytes of a recording that is erased or never began. Repeating it is harmless. */
export async function removeBytes(parts: RecordingParts, recordingId: RecordingId): Promise<void> {
  const row = await findRecording(parts.database, recordingId);
  if (row?.state !== 'erased' && row?.state !== 'declined') return;
  await parts.storage.remove(fileKeyOf(row));
  await removeUploads(parts, recordingId);
}

/** Takes the parts' uploads away: the file is made, or is not to be. A part that still names one tells that this is to be done. */
export async function removeUploads({ database, files }: RecordingParts, recordingId: RecordingId): Promise<void> {
  for (const { id, uploadId } of await findParts(database, recordingId)) {
    if (uploadId === null) continue;
    files.interrupt(uploadId);
    await files.removeUpload(uploadId);
    await database.update(recordingPart).set({ uploadId: null }).where(eq(recordingPart.id, id));
  }
}

/** The regular job: takes away what a server that was killed did not come to, and uploads of what never began. */
export async function removeLeftOvers(parts: RecordingParts): Promise<void> {
  const left = await parts.database
    .selectDistinct({ id: recording.id })
    .from(recording)
    .innerJoin(recordingPart, eq(recordingPart.recordingId, recording.id))
    .where(and(isNotNull(recordingPart.uploadId), inArray(recording.state, ['ready', 'failed', 'declined', 'erased'])));
  for (const { id } of left) {
    await removeBytes(parts, id);
    await removeUploads(parts, id);
  }
}

/** Where files are made, until they are whole. */
export const makingFolder = ({ config }: Pick<RecordingParts, 'config'>) => join(config.dataDir, 'making');

/** When a whole session is erased, its recordings go with their ledgers. */
export function eraseWithSession(sessions: Pick<Sessions, 'onErase'>, { files, storage }: RecordingParts): void {
  sessions.onErase({
    rows: async (change, row) => {
      const ids = (await findRecordingsOf(change.sql, row.id)).map(({ id }) => id);
      if (ids.length === 0) return;
      for (const id of ids) {
        for (const { uploadId } of await findParts(change.sql, id))
          if (uploadId !== null) change.afterCommit(() => void files.removeUpload(uploadId).catch(() => undefined));
        // Kept answers have names in them.
        await change.sql.delete(request).where(like(request.route, `% ${id}`));
      }
      await change.sql.delete(recordingConsent).where(inArray(recordingConsent.recordingId, ids));
      await change.sql.delete(recordingPart).where(inArray(recordingPart.recordingId, ids));
      await change.sql.delete(recording).where(inArray(recording.id, ids));
    },
    files: async (sessionId) => {
      for await (const key of storage.list(storageKeyOf('recordings', sessionId))) await storage.remove(key);
    },
  });
}
