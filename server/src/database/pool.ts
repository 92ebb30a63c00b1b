import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Logger } from 'pino';

/** The database as features see it; `$client` is the pool beneath. */
export type Database = NodePgDatabase<Record<string, never>> & { $client: pg.Pool };

/** An open transaction, as `database.transaction` hands it out. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/**
 * Opens a pool of connections. It is closed with `database.$client.end()` by whoever opened it: an abort signal cannot
 * wait for the running queries.
 */
export function openDatabase(options: pg.PoolConfig, log: Logger): Database {
  const pool = new pg.Pool({ max: 20, idleTimeoutMillis: 60_000, connectionTimeoutMillis: 10_000, ...options });
  // Without a listener one lost idle connection (a database restart) ends the whole process.
  pool.on('error', (error) => log.warn({ err: error }, 'a database connection was lost'));
  return drizzle(pool);
}
