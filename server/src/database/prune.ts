import { lt } from 'drizzle-orm';
import { request } from '../stream/tables.ts';
import type { Database } from './pool.ts';

/** A page that repeats a request does so within seconds, or, from a browser that was closed, days later. */
const KEEP_REQUESTS_MS = 30 * 24 * 3_600_000;

/** Forgets the answers to requests that nobody will repeat any more; returns how many. */
export async function pruneRequests(database: Database, now: Date): Promise<number> {
  const gone = await database.delete(request).where(lt(request.at, new Date(now.getTime() - KEEP_REQUESTS_MS)));
  return gone.rowCount ?? 0;
}

/** Forgets what nobody needs any more; returns how many rows. */
export type Prune = (database: Database, now: Date) => Promise<number>;

/** Prunes now and every six hours, until the signal ends it. A failure is said and tried again the next time. */
export function keepPruned(
  signal: AbortSignal,
  parts: { readonly database: Database; readonly clock: () => Date },
  prunes: readonly Prune[],
  onFailure: (error: unknown) => void,
): void {
  const pruneAll = () => {
    for (const prune of prunes) prune(parts.database, parts.clock()).catch(onFailure);
  };
  const timer = setInterval(pruneAll, 6 * 3_600_000);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  pruneAll();
}
