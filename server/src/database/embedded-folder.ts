import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readlink, stat, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CannotStart } from '../boot/cannot-start.ts';
import { type RunAs, systemFolder } from './embedded-binaries.ts';

/** A unix socket's path has room for 103 bytes on macOS, 107 on Linux. */
const longestSocketPath = 103;

/**
 * Where the embedded database lies: `<dataDir>/postgres`. Root's PostgreSQL runs as nobody; when nobody cannot get
 * into the folder, the default folder's database is kept in `systemFolder` with a link in its place, and a folder that
 * the operator chose is refused, because moving data away from where it was asked for could lose it.
 */
export async function placeDatabase(dataDir: string, mayMove: boolean, runAs: RunAs): Promise<string> {
  const folder = join(dataDir, 'postgres');
  const link = await lstat(folder).catch(() => null);
  if (link?.isSymbolicLink()) return followLink(folder);
  if (runAs.uid === undefined) return folder;

  const blocked = await closedFolders(dataDir);
  if (blocked.length === 0) return folder;
  if (blocked.length === 1 && blocked[0] === dataDir) {
    // Our own folder: letting others pass through (not look inside) is enough.
    await chmod(dataDir, (await stat(dataDir)).mode | 0o001);
    return folder;
  }
  if (!mayMove || link !== null) {
    throw new CannotStart(
      `PostgreSQL does not run as root, and the user it runs as instead cannot enter ${blocked[0]}: choose a DATA_DIR outside of it (such as ${systemFolder}), start as a normal user, or set DATABASE_URL.`,
    );
  }
  const moved = join(systemFolder, shortHash(dataDir), 'postgres');
  await mkdir(dirname(moved), { recursive: true, mode: 0o755 });
  await symlink(moved, folder);
  return moved;
}

/** The folder for the server's socket: the data folder itself, or a short one when its path is too long. */
export async function placeSocket(folder: string, runAs: RunAs): Promise<string> {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= longestSocketPath) return folder;
  const short = join('/tmp', `sightglass-${shortHash(folder)}`);
  await mkdir(short, { mode: 0o700 }).then(
    () => (runAs.uid === undefined ? undefined : chown(short, runAs.uid, runAs.gid ?? runAs.uid)),
    () => undefined,
  );
  // /tmp belongs to everybody: somebody else may have made a folder of this name before us.
  const made = await lstat(short);
  const owner = runAs.uid ?? process.getuid?.();
  if (!made.isDirectory() || made.uid !== owner || (made.mode & 0o077) !== 0) {
    throw new CannotStart(
      `${short} belongs to somebody else, so the database's socket cannot be put there: remove it.`,
    );
  }
  return short;
}

async function followLink(folder: string): Promise<string> {
  const target = resolve(dirname(folder), await readlink(folder));
  const parent = await stat(dirname(target)).catch(() => null);
  if (parent === null) {
    throw new CannotStart(
      `The database of this data folder is not where the link ${folder} points to (${target}): put it back, or remove the link to begin with an empty database.`,
    );
  }
  return target;
}

/** The folders on the way to `path` that an unprivileged user cannot pass through. */
async function closedFolders(path: string): Promise<string[]> {
  const closed: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) closed.push(folder);
    if (dirname(folder) === folder) return closed.reverse();
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
