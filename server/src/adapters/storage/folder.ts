import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type FileStorage, type StorageKey, storageKeyOf } from '../../ports/storage.ts';

/** Ends the names of files that are still being written. */
const PART = '.part';

/** Keeps files in a folder of this computer: written beside, synced, then renamed, so that a crash leaves whole files only. */
export function folderStorage(folder: string): FileStorage {
  const pathOf = (key: StorageKey) => join(folder, key);
  return {
    async put(key, bytes) {
      await keep(pathOf(key), async (beside) => {
        const file = await open(beside, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
      });
    },
    async adopt(key, source) {
      await keep(pathOf(key), async (beside) => {
        // A second name for the same bytes costs nothing; another disk, or one without such names, needs a copy.
        await link(source, beside).catch(() => copyFile(source, beside));
        await sync(beside);
      });
    },
    async read(key, range) {
      const stream = createReadStream(pathOf(key), range);
      return new Promise((resolve, reject) => {
        stream.once('open', () => resolve(stream));
        stream.once('error', (error) => ('code' in error && error.code === 'ENOENT' ? resolve(null) : reject(error)));
      });
    },
    size: (key) => stat(pathOf(key)).then(({ size }) => size, missing),
    async remove(key) {
      await rm(pathOf(key), { force: true });
      await removeEmpty(dirname(pathOf(key)));
    },
    async *list(under) {
      for (const path of await filesIn(pathOf(under))) {
        if (!path.endsWith(PART)) yield storageKeyOf(...relative(folder, path).split(sep));
      }
    },
    async tidy(before) {
      for (const path of await filesIn(folder)) {
        // When it got this name: the bytes behind it may be older.
        const changed = path.endsWith(PART) ? await stat(path).then(({ ctime }) => ctime, missing) : null;
        if (changed !== null && changed < before) await rm(path, { force: true });
      }
    },
  };

  /** Folders of what is gone go too. One that is being filled just now is no longer empty, or made again. */
  async function removeEmpty(path: string): Promise<void> {
    if (path === folder || !path.startsWith(folder)) return;
    const isGone = await rmdir(path).then(
      () => true,
      () => false,
    );
    if (isGone) await removeEmpty(dirname(path));
  }
}

/** Has the file written beside its place, whole and synced, and then puts it there. */
async function keep(path: string, write: (beside: string) => Promise<void>): Promise<void> {
  const beside = `${path}.${randomUUID()}${PART}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await write(beside);
    await rename(beside, path);
  } finally {
    // Still there after a failure, and where both names already were the same file.
    await rm(beside, { force: true });
  }
  // The new name itself must reach the disk.
  await sync(dirname(path));
}

const missing = (error: unknown): null => {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
};

/** Paths of all files in a folder and those within; none where there is no folder. */
async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(missing);
  return (found ?? []).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
