import { setTimeout as wait } from 'node:timers/promises';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Logger } from 'pino';
import { named } from './statement-names.ts';

/** The database as features see it; `$client` is the pool beneath. */
export type Database = NodePgDatabase<Record<string, never>> & { $client: pg.Pool };

/** An open transaction, as `database.transaction` hands it out. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/**
 * Opens a pool of connections. It is closed with `closePool(database.$client)` by whoever opened it: an abort signal cannot
 * wait for the running queries.
 */
export function openDatabase(options: pg.PoolConfig, log: Logger): Database {
  const pool = new pg.Pool({
    Client: NamingClient,
    max: 20,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    ...options,
  });
  // Without a listener one lost idle connection (a database restart) ends the whole process.
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'));
  return drizzle(pool);
}

/** A connection that gives statements names: they are parsed and planned once for each connection, not at every request. */
class NamingClient extends pg.Client {
  override query(...[first, values, ...more]: readonly unknown[]) {
    return Reflect.apply(super.query, this, [named(first, values), values, ...more]);
  }
}

/** How long the end of a pool waits for connections that do not say goodbye. */
const FAREWELL_MS = 1_000;

/**
 * Ends a pool and waits until its connections are gone. `pool.end()` alone only asks them to go: a database that is stopped
 * next would end some of them first, which reads as a lost connection.
 */
export async function closePool(pool: pg.Pool): Promise<void> {
  let open = pool.totalCount;
  const closed = new Promise<void>((resolve) => {
    if (open === 0) resolve();
    pool.on('remove', () => {
      open -= 1;
      if (open === 0) resolve();
    });
  });
  await pool.end();
  // One whose connecting failed is counted and never says that it is gone.
  await Promise.race([closed, wait(FAREWELL_MS)]);
}
