import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CannotStart, codeOf, messageOf } from './cannot-start.ts';

/** Makes the data folder where it is missing and proves that it can be written. */
export async function openDataFolder(folder: string): Promise<void> {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    // Root's database runs as another user and has to pass through (embedded-folder.ts); other users keep it closed.
    await makeFolder(folder, process.getuid?.() === 0 ? 0o711 : 0o700);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new CannotStart(
      `The data folder ${folder} cannot be written (${reasonOf(error)}): set DATA_DIR to another one.`,
    );
  }
}

/** Not `mkdir` with `recursive`, which never comes back where the parent refuses with "no such file" (/proc). */
async function makeFolder(folder: string, mode: number): Promise<void> {
  if ((await stat(folder).catch(() => null))?.isDirectory()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder), 0o755);
  await mkdir(folder, { mode });
}

function reasonOf(error: unknown): string {
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'it is a file',
    ENOENT: 'no folder can be made there',
  };
  return reasons[codeOf(error)] ?? messageOf(error);
}
