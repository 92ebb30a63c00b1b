import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#server/database/embedded.ts';
import { migrate } from '#server/database/migrate.ts';
import { openDatabase } from '#server/database/pool.ts';
import { makeJobTables } from '#server/jobs/jobs.ts';

/** The database that every test's own one is a copy of. */
export const TEMPLATE = 'template_sightglass';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; port: number; user: string };
  }
}

/** Vitest's global set-up: one PostgreSQL for the whole run, with the tables made once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-test-'));
  // Root's PostgreSQL runs as nobody, who must be able to walk in.
  await chmod(folder, 0o755);
  const log = pino({ level: 'silent' });
  const ended = new AbortController();
  const postgres = await startEmbeddedPostgres(ended.signal, { dataDir: folder, mayMove: false, log, durable: false });
  const end = async () => {
    ended.abort();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { host, port, user } = postgres.connection;
    const first = openDatabase(postgres.connection, log);
    await first.$client.query(`create database ${TEMPLATE}`);
    await first.$client.end();
    const template = openDatabase({ host, port, user, database: TEMPLATE }, log);
    await migrate(template);
    await makeJobTables(template);
    await template.$client.end();
    project.provide('postgres', { host, port, user });
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}
