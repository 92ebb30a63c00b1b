import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UploadId } from '#contract/file/ids.ts';
import { fileLimits } from '#contract/file/limits.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { Purposes } from './purposes.ts';
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
