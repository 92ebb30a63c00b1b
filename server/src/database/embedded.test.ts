import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';

const log = pino({ level: 'silent' });
const running: { stop(): Promise<void> }[] = [];
let dataDir = '';
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sightglass-embedded-'));
  // Root's PostgreSQL runs as nobody, who must be able to walk in.
  await chmod(dataDir, 0o755);
});
afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** Starts it as one life of the program; `die` ends that life as kill -9 would, leaving the database alone. */
async function live(folder = dataDir): Promise<EmbeddedPostgres & { die(): void }> {
  const life = new AbortController();
  const postgres = await startEmbeddedPostgres(life.signal, { dataDir: folder, mayMove: false, log });
  const stop = async (): Promise<void> => {
    life.abort();
    await postgres.stop();
  };
  running.push({ stop });
  return { ...postgres, stop, die: () => life.abort() };
}

async function ask(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('it keeps what it was told over a stop, listens on its socket only and writes to disk', async () => {
  const first = await live();
  expect(first).toMatchObject({ fresh: true, adopted: false });
  await ask(first, 'create table note as select 1 as n');
  expect(
    await ask(first, "select current_setting('fsync') as fsync, current_setting('listen_addresses') as nets"),
  ).toEqual([{ fsync: 'on', nets: '' }]);
  expect((await stat(first.folder)).mode & 0o777).toBe(0o700);
  await first.stop();
  expect(await first.pid()).toBeNull();

  const second = await live();
  expect(second).toMatchObject({ fresh: false, adopted: false });
  expect(await ask(second, 'select n from note')).toEqual([{ n: 1 }]);
});

test('after kill -9 of the program the next start adopts the database that is still running', async () => {
  const first = await live();
  await ask(first, 'create table note as select 1 as n');
  const pid = await first.pid();
  first.die();
  const second = await live();
  expect(second).toMatchObject({ fresh: false, adopted: true });
  expect(await second.pid()).toBe(pid);
  expect(await ask(second, 'select n from note')).toEqual([{ n: 1 }]);
});

test('after kill -9 of the database too the next start recovers it', async () => {
  const first = await live();
  await ask(first, 'create table note as select generate_series(1, 1000) as n');
  first.die();
  const pid = (await first.pid()) ?? 0;
  process.kill(pid, 'SIGKILL');
  const second = await live();
  expect(second.adopted).toBe(false);
  expect(await second.pid()).not.toBe(pid);
  expect(await ask(second, 'select count(*)::int as n from note')).toEqual([{ n: 1000 }]);
});

test('a database that dies under the running program is started again', async () => {
  const postgres = await live();
  await ask(postgres, 'create table note as select 1 as n');
  process.kill((await postgres.pid()) ?? 0, 'SIGKILL');
  let rows: unknown[] = [];
  for (let tries = 0; tries < 100 && rows.length === 0; tries++) {
    await wait(100);
    rows = await ask(postgres, 'select n from note').catch(() => []);
  }
  expect(rows).toEqual([{ n: 1 }]);
});

test('a first start that was cut off is begun anew', async () => {
  await mkdir(join(dataDir, 'postgres.init'));
  await writeFile(join(dataDir, 'postgres.init', 'PG_VERSION'), '18');
  expect((await live()).fresh).toBe(true);
});

test('a path too long for a socket gets a short one elsewhere', async () => {
  const deep = join(dataDir, 'a'.repeat(60), 'b'.repeat(60));
  await mkdir(deep, { recursive: true });
  const postgres = await live(deep);
  expect(Buffer.byteLength(postgres.connection.host)).toBeLessThan(60);
  expect((await stat(postgres.connection.host)).mode & 0o777).toBe(0o700);
  expect(await ask(postgres, 'select 1 as n')).toEqual([{ n: 1 }]);
  await postgres.stop();
  await rm(postgres.connection.host, { recursive: true });
});

test('a database of another major version is refused in one sentence', async () => {
  const postgres = await live();
  await postgres.stop();
  const file = join(postgres.folder, 'PG_VERSION');
  expect((await readFile(file, 'utf8')).trim()).toBe('18');
  await writeFile(file, '16\n');
  await expect(live()).rejects.toThrow(/was made by PostgreSQL 16 and this version brings PostgreSQL 18/);
});

test.runIf(process.getuid?.() === 0)('root is told when the folder it chose is closed to everybody else', async () => {
  const closed = join(dataDir, 'closed');
  const inside = join(closed, 'data');
  await mkdir(inside, { recursive: true });
  await chmod(closed, 0o700);
  await expect(live(inside)).rejects.toThrow(`cannot enter ${closed}: choose a DATA_DIR outside of it`);
});
