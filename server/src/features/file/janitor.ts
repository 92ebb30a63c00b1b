import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ScreenshotId, UploadId } from '#contract/file/ids.ts';
import { fileLimits } from '#contract/file/limits.ts';
import { SessionId } from '#contract/ids.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { type StorageKey, storageKeyOf } from '../../ports/storage.ts';
import type { Purposes } from './purposes.ts';
import { fileOf, findScreenshot, findVersions } from './screenshot-store.ts';
import type { UploadStore } from './upload-store.ts';

/** A row is there a moment before its file. */
const FILE_FOLLOWS_MS = 60_000;

/** Removes uploads that nothing needs and nobody goes on with, files without a row and rows without a file. */
export async function sweepUploads(
  { clock, log }: Pick<FeatureParts, 'clock' | 'log'>,
  store: UploadStore,
  purposes: Purposes,
): Promise<void> {
  let removed = 0;
  const remove = async (id: UploadId) => {
    await store.remove(id);
    removed += 1;
  };
  const before = (ms: number) => new Date(clock().getTime() - ms);
  for (const name of await readdir(store.folder).catch((): string[] => [])) {
    const id = UploadId.safeParse(name);
    // A row is made before its file and taken away by who has the file: one without a row is nobody's.
    if (id.success && (await store.find(id.data)) === null) await remove(id.data);
  }
  for (const row of await store.idleSince(before(FILE_FOLLOWS_MS))) {
    const hasFile = await access(join(store.folder, row.id)).then(
      () => true,
      () => false,
    );
    const isForgotten = row.lastByteAt < before(fileLimits.uploadPatienceMs);
    const purpose = purposes.open(row.purpose, row.metadata);
    if (!hasFile || (isForgotten && !(purpose.ok && (await purpose.value.isNeeded(row.id))))) await remove(row.id);
  }
  if (removed > 0) log.info({ removed }, 'uploads that nothing needs were removed');
}

/** What a write that was interrupted this long ago has left is not being written any more. */
const WRITE_MS = 24 * 3_600_000;

/** Removes files of screenshots that no version names: a change failed after its files were in, or a stop came before they were out. */
export async function sweepFiles(parts: Pick<FeatureParts, 'database' | 'storage' | 'log'>): Promise<void> {
  const { database, storage, log } = parts;
  await storage.tidy(new Date(Date.now() - WRITE_MS));
  const keys = new Map<string, StorageKey[]>();
  for await (const key of storage.list(storageKeyOf('screenshots'))) {
    const place = key.split('/').slice(1, 3).join('/');
    keys.set(place, [...(keys.get(place) ?? []), key]);
  }
  let removed = 0;
  for (const [place, mine] of keys) {
    const [sessionId, screenshotId] = place.split('/');
    const id = { sessionId: SessionId.parse(sessionId), screenshotId: ScreenshotId.parse(screenshotId) };
    // Held, so that a version whose files are in is kept by now or not at all.
    removed += await database.transaction(async (sql) => {
      await findScreenshot(sql, id.sessionId, id.screenshotId, true);
      const versions = await findVersions(sql, id.sessionId, id.screenshotId);
      const named = new Set(
        versions.flatMap((version) =>
          (['picture', 'painted', 'thumbnail'] as const).map((file) => fileOf(version, file)),
        ),
      );
      const orphans = mine.filter((key) => !named.has(key));
      for (const key of orphans) await storage.remove(key);
      return orphans.length;
    });
  }
  if (removed > 0) log.info({ removed }, 'files that no screenshot names were removed');
}
