import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { CannotStart, codeOf, messageOf } from '../boot/cannot-start.ts';
import { type Binaries, chooseUser, findBinaries, type RunAs } from './embedded-binaries.ts';
import { placeDatabase, placeSocket } from './embedded-folder.ts';

/** A running embedded PostgreSQL. */
export type EmbeddedPostgres = {
  connection: { host: string; port: number; user: string; database: string };
  /** Where it lies. */
  folder: string;
  /** Process id of the server as of now. */
  pid(): Promise<number | null>;
  /** True when it was still running from an earlier life of this program (after kill -9). */
  adopted: boolean;
  /** True when the database was made just now. */
  fresh: boolean;
  /** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
  stop(): Promise<void>;
};

/** `durable: false` gives up fsync and is for tests only. */
export type EmbeddedOptions = { dataDir: string; mayMove: boolean; log: Logger; durable?: boolean };

/** For a database that is thrown away anyway. */
const hasty = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
].flatMap((setting) => ['-c', setting]);

type Place = {
  folder: string;
  logFile: string;
  runAs: RunAs;
  connection: EmbeddedPostgres['connection'];
  flags: string[];
};

/**
 * Starts the packaged PostgreSQL on `<dataDir>/postgres`, listening on a unix socket only, or adopts the one that is
 * still running there. While `signal` is not aborted a database that dies is started again. The socket's folder has mode
 * 0700, which is why its connections need no password.
 */
export async function startEmbeddedPostgres(signal: AbortSignal, options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const runAs = chooseUser();
  const folder = await placeDatabase(options.dataDir, options.mayMove, runAs);
  const fresh = !(await isDatabase(folder));
  const binaries = await findBinaries(runAs);
  if (fresh) await initialise(binaries, folder, runAs, options.durable ?? true);
  else await refuseOtherMajor(binaries, folder);

  const host = await placeSocket(folder, runAs);
  const place: Place = {
    folder,
    logFile: join(options.dataDir, 'postgres.log'),
    runAs,
    connection: { host, port: 5432, user: 'sightglass', database: 'postgres' },
    flags: options.durable === false ? hasty : [],
  };
  const adopted = await bringUp(signal, binaries, place);
  const guard = guardLife(signal, binaries, place, options.log);
  return {
    connection: place.connection,
    folder,
    adopted,
    fresh,
    pid: () => postmasterPid(folder),
    stop: async () => {
      clearInterval(guard);
      await shutDown(folder);
    },
  };
}

async function initialise(binaries: Binaries, folder: string, runAs: RunAs, durable: boolean): Promise<void> {
  // Made beside and renamed: a first start that is cut off leaves nothing that looks like a database.
  const half = `${folder}.init`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  if (runAs.uid !== undefined) await chown(half, runAs.uid, runAs.gid ?? runAs.uid);
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const flags = ['-U', 'sightglass', '--auth=trust', '-E', 'UTF8', ...locale, ...(durable ? [] : ['--no-sync'])];
  const initdb = spawn(binaries.initdb, ['-D', half, ...flags], {
    ...runAs,
    cwd: '/',
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  initdb.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(initdb, 'close');
  if (code !== 0) {
    throw new CannotStart(`The embedded database could not be created in ${folder}: ${lastLine(said)}`);
  }
  await rename(half, folder);
}

/** Gets a server that answers on the place's socket; true when it was already running. */
async function bringUp(signal: AbortSignal, binaries: Binaries, place: Place): Promise<boolean> {
  let child: ReturnType<typeof launch> | null = null;
  let launches = 0;
  for (let deadline = Date.now() + 60_000; Date.now() < deadline; await wait(25)) {
    signal.throwIfAborted();
    const answer = await ask(place);
    if (answer === 'ready') return child === null;
    // It is recovering after a crash or still shutting down: both end by themselves, and recovery may take its time.
    if (answer === 'busy') deadline = Math.max(deadline, Date.now() + 60_000);
    if (answer === 'silent' && (child === null || (await child).ended())) {
      // The orphaned parts of a killed server may hold its memory for a moment, so one refusal is not the end.
      if (launches > 20) break;
      if (launches > 0) await wait(250);
      launches += 1;
      child = launch(binaries, place);
      await child;
    }
  }
  throw new CannotStart(
    `The embedded database in ${place.folder} does not start: ${lastLine(await readFile(place.logFile, 'utf8').catch(() => ''))} (see ${place.logFile})`,
  );
}

async function launch(binaries: Binaries, place: Place): Promise<{ ended(): boolean }> {
  const { folder, connection } = place;
  const memory = ['-c', 'shared_buffers=32MB', '-c', 'jit=off', '-c', 'timezone=UTC', '-c', 'log_timezone=UTC'];
  const network = ['-k', connection.host, '-c', 'listen_addresses=', '-c', 'unix_socket_permissions=0700'];
  const size = await stat(place.logFile).catch(() => null);
  const log = await open(place.logFile, (size?.size ?? 0) > 10_000_000 ? 'w' : 'a', 0o600);
  // Detached: a Ctrl-C in the terminal must reach the program first, which then stops the database in order.
  const child = spawn(binaries.postgres, ['-D', folder, ...network, ...memory, ...place.flags], {
    ...place.runAs,
    cwd: '/',
    env: cleanEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let over = false;
  child.on('error', () => {
    over = true;
  });
  child.on('exit', () => {
    over = true;
  });
  child.unref();
  await log.close();
  return { ended: () => over };
}

/** What the socket says: nobody there, a server that is not ready, or this folder's server at work. */
async function ask(place: Place): Promise<'silent' | 'busy' | 'ready'> {
  const client = new pg.Client({ ...place.connection, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const reply = await client.query("select current_setting('data_directory') as folder");
    return reply.rows[0]?.folder === place.folder ? 'ready' : 'busy';
  } catch (error) {
    // cannot_connect_now: starting up, recovering or shutting down.
    return codeOf(error) === '57P03' ? 'busy' : 'silent';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts the database again when it dies under us (out of memory, a stray kill). */
function guardLife(signal: AbortSignal, binaries: Binaries, place: Place, log: Logger): NodeJS.Timeout {
  let working = false;
  const look = async (): Promise<void> => {
    const pid = await postmasterPid(place.folder);
    if (signal.aborted || (pid !== null && isAlive(pid))) return;
    log.error({ pid }, 'the embedded database died and is started again');
    await bringUp(signal, binaries, place);
  };
  return setInterval(() => {
    if (working || signal.aborted) return;
    working = true;
    look()
      .catch((error: unknown) => log.error({ err: error }, messageOf(error)))
      .finally(() => {
        working = false;
      });
  }, 1000).unref();
}

async function shutDown(folder: string): Promise<void> {
  const pid = await postmasterPid(folder);
  if (pid === null) return;
  // SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (recovery at the next start).
  for (const [signal, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5000],
  ] as const) {
    if (!sendSignal(pid, signal)) return;
    for (const deadline = Date.now() + patience; Date.now() < deadline; await wait(20)) {
      // The file goes last of all; the process itself may stay as a zombie until its new parent looks.
      if (!isAlive(pid) || (await postmasterPid(folder)) !== pid) return;
    }
  }
}

async function postmasterPid(folder: string): Promise<number | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 1 ? pid : null;
}

function isAlive(pid: number): boolean {
  return sendSignal(pid, 0);
}

function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function isDatabase(folder: string): Promise<boolean> {
  return stat(join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

async function refuseOtherMajor(binaries: Binaries, folder: string): Promise<void> {
  const made = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  if (made === binaries.major) return;
  throw new CannotStart(
    `The database in ${folder} was made by PostgreSQL ${made} and this version brings PostgreSQL ${binaries.major}: see "Upgrading the embedded database" in docs/operate.md.`,
  );
}

/** Variables such as PGDATA or PGPORT of the operator's shell must not reach our own server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { LC_ALL: 'C', TZ: 'UTC' };
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? 'no reason was given';
}
