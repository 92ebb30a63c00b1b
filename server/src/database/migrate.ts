import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { CannotStart } from '../boot/cannot-start.ts';
import type { Database } from './pool.ts';

/** The committed SQL migrations, written by `npm run migration`. */
const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any number that all servers of one database agree on. */
const lockKey = 7_446_831;

/**
 * Brings the database's tables up to this version and returns how many migrations were applied. Two servers that start
 * at the same time take turns; a database that a newer version has changed is refused.
 */
export async function migrate(database: Database, folder = migrationsFolder): Promise<number> {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const client = await database.$client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const before = await lastApplied(client);
    const newest = known.at(-1)?.folderMillis ?? 0;
    if (before > newest) {
      throw new CannotStart('The database was changed by a newer version of Sightglass: start that version.');
    }
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
    return known.filter((migration) => migration.folderMillis > before).length;
  } finally {
    // Closing the connection gives the lock back too, also when a statement failed halfway.
    client.release(true);
  }
}

async function lastApplied(client: {
  query(text: string): Promise<{ rows: { at: string | null }[] }>;
}): Promise<number> {
  const table = await client.query("select to_regclass('drizzle.__drizzle_migrations')::text as at");
  if (!table.rows[0]?.at) return 0;
  const last = await client.query('select max(created_at)::text as at from drizzle.__drizzle_migrations');
  return Number(last.rows[0]?.at ?? 0);
}
