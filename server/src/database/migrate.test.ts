import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';
import { type Database, openDatabase } from './pool.ts';

const log = pino({ level: 'silent' });
const place = inject('postgres');
const name = `migrate_${randomUUID().replaceAll('-', '')}`;
let folder = '';
const open: Database[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-migrations-'));
  await mkdir(join(folder, 'meta'));
  await asOwner(`create database ${name}`);
});
afterEach(async () => {
  for (const database of open.splice(0)) await database.$client.end();
  await asOwner(`drop database ${name} with (force)`);
  await rm(folder, { recursive: true });
});

async function asOwner(text: string): Promise<void> {
  const client = new pg.Client({ ...place, database: 'postgres' });
  await client.connect();
  await client.query(text);
  await client.end();
}

function connect(): Database {
  const database = openDatabase({ ...place, database: name }, log);
  open.push(database);
  return database;
}

async function writeMigrations(...texts: string[]): Promise<void> {
  const entries = texts.map((_text, idx) => ({
    idx,
    version: '7',
    when: 1000 + idx,
    tag: `000${idx}`,
    breakpoints: true,
  }));
  await writeFile(
    join(folder, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'postgresql', entries }),
  );
  for (const [idx, text] of texts.entries()) await writeFile(join(folder, `000${idx}.sql`), text);
}

test('each migration is applied once, also by two servers that start together', async () => {
  await writeMigrations('create table a (n int); insert into a values (1)', 'insert into a values (2)');
  const applied = await Promise.all([migrate(connect(), folder), migrate(connect(), folder)]);
  expect(applied.toSorted()).toEqual([0, 2]);
  const database = connect();
  expect((await database.$client.query('select n from a order by n')).rows).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await migrate(database, folder)).toBe(0);
});

test('a migration that fails leaves nothing behind and gives the lock back', async () => {
  await writeMigrations('create table a (n int)', 'select 1 / 0');
  await expect(migrate(connect(), folder)).rejects.toThrow();
  await writeMigrations('create table a (n int)', 'insert into a values (1)');
  expect(await migrate(connect(), folder)).toBe(2);
});

test('a database that a newer version has changed is refused', async () => {
  await writeMigrations('create table a (n int)', 'create table b (n int)');
  await migrate(connect(), folder);
  await writeMigrations('create table a (n int)');
  await expect(migrate(connect(), folder)).rejects.toThrow('newer version of Sightglass');
});
