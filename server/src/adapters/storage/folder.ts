import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStorage, StorageKey } from '../../ports/storage.ts';

/** Keeps files in a folder of this computer: written beside, synced, then renamed, so that a crash leaves whole files only. */
export function folderStorage(folder: string): FileStorage {
  const pathOf = (key: StorageKey) => join(folder, key);
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      const beside = `${path}.${randomUUID()}.part`;
      await mkdir(dirname(path), { recursive: true });
      const file = await open(beside, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
      await syncFolder(dirname(path));
    },
    async read(key) {
      const stream = createReadStream(pathOf(key));
      return new Promise((resolve, reject) => {
        stream.once('open', () => resolve(stream));
        stream.once('error', (error) => ('code' in error && error.code === 'ENOENT' ? resolve(null) : reject(error)));
      });
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

/** The new name itself must reach the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
