import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { inject } from 'vitest';
import { type Database, openDatabase } from '#server/database/pool.ts';
import { TEMPLATE } from './database-for-all.ts';

export interface TestDatabase {
  readonly database: Database;
  /** Closes it and takes it away. */
  drop(): Promise<void>;
}

/** An empty database with all tables, for one test file alone. */
export async function freshDatabase(): Promise<TestDatabase> {
  const place = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asOwner(`create database ${name} template ${TEMPLATE}`);
  const database = openDatabase({ ...place, database: name }, pino({ level: 'silent' }));
  return {
    database,
    drop: async () => {
      await database.$client.end();
      await asOwner(`drop database ${name} with (force)`);
    },
  };
}

/** From the outside of every test's database; copies of one template wait for each other, so a taken one is tried again. */
async function asOwner(statement: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ ...inject('postgres'), database: 'postgres' });
    await client.connect();
    try {
      await client.query(statement);
      return;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === '55006';
      if (!busy || tries > 50) throw error;
    } finally {
      await client.end();
    }
  }
}
