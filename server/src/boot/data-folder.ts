import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotStart, codeOf, messageOf } from './cannot-start.ts';

/** Makes the data folder where it is missing and proves that it can be written. */
export async function openDataFolder(folder: string): Promise<void> {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    // Root's database runs as another user and has to pass through (embedded-folder.ts); other users keep it closed.
    await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new CannotStart(
      `The data folder ${folder} cannot be written (${reasonOf(error)}): set DATA_DIR to another one.`,
    );
  }
}

function reasonOf(error: unknown): string {
  const reasons: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'it is a file',
  };
  return reasons[codeOf(error)] ?? messageOf(error);
}
