import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { type Db, fromDrizzle, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type * as z from 'zod/mini';
import type { Database } from '../database/pool.ts';
import type { Change } from '../database/transact.ts';

/** When a job is done, and how often. */
export interface SendOptions {
  /** Not before so many milliseconds from now; rounded up to a second. */
  readonly afterMs?: number;
  /** While a job with this key waits, another one is not added; one that is running does not count. */
  readonly once?: string;
  /** Sent with this change: if that is not committed, there is no job. */
  readonly change?: Change;
}

/**
 * Work that need not be done within a request and survives a restart. A job that throws is logged and tried again, five
 * times within minutes; so it may run more than once, and must not mind.
 */
export interface Jobs {
  /** Says who does the jobs of a name, one at a time, until the signal ends. Before `start` only. */
  work<T>(signal: AbortSignal, name: string, schema: z.ZodMiniType<T>, run: (data: T) => Promise<void>): void;
  /** Does something at every start and at the minutes of a cron expression (UTC). */
  every(name: string, cron: string, run: () => Promise<void>): void;
  /** Adds a job. It is kept before this resolves, or with the change. */
  send(name: string, data: object, options?: SendOptions): Promise<void>;
}

export interface RunningJobs extends Jobs {
  /** Begins to work in the background; a database that does not answer yet is asked again. */
  start(): void;
  /** Ends after the jobs under way, at most some seconds. */
  stop(): Promise<void>;
}

interface Worker {
  readonly signal: AbortSignal | null;
  readonly cron: string | null;
  readonly run: (data: unknown) => Promise<void>;
}

const queueOptions = {
  retryLimit: 5,
  retryDelay: 5,
  retryBackoff: true,
  deleteAfterSeconds: 24 * 3600,
  expireInSeconds: 4 * 3600,
  // A job whose server was killed is tried again within a minute, not when it expires.
  heartbeatSeconds: 20,
} as const;
const supervision = { superviseIntervalSeconds: 15, monitorIntervalSeconds: 15 } as const;
const START_AGAIN_MS = 5_000;
const STOP_MS = 5_000;

/** Jobs over this database, in a schema of their own; the same pool of connections serves them. */
export function openJobs(parts: { readonly database: Database; readonly log: Logger }): RunningJobs {
  const { database, log } = parts;
  const boss = new PgBoss({ db: poolOf(database), schema: 'pgboss', ...supervision });
  const workers = new Map<string, Worker>();
  const awake = new Map<string, string>();
  const underWay = new Set<Promise<void>>();
  const ended = new AbortController();
  const started = Promise.withResolvers<void>();
  // Whoever waits for it hears of it; nobody may.
  started.promise.catch(() => undefined);
  boss.on('error', (error) => {
    if (!ended.signal.aborted) log.warn({ err: error }, 'the jobs have lost the database');
  });
  let isStarting = false;

  const add = (name: string, worker: Worker): void => {
    if (isStarting) throw new Error(`the job ${name} is taken after the start`);
    if (workers.has(name)) throw new Error(`the job ${name} is taken twice`);
    workers.set(name, worker);
  };

  const begin = async (): Promise<void> => {
    await boss.start();
    // What an older version did regularly, and nobody does any more.
    for (const { name } of await boss.getSchedules()) if (!workers.has(name)) await boss.unschedule(name);
    for (const [name, worker] of workers) {
      // `short`: one waits for each key.
      await boss.createQueue(name, { ...queueOptions, policy: 'short' });
      if (worker.signal?.aborted) continue;
      const poll = { pollingIntervalSeconds: worker.cron === null ? 2 : 30 };
      const id = await boss.work(name, poll, ([job]) => {
        const run = perform(name, worker, job?.data);
        underWay.add(run);
        return run.finally(() => {
          underWay.delete(run);
          // What waits behind it comes at once, not one job at each look.
          boss.notifyWorker(awake.get(name) ?? '');
        });
      });
      awake.set(name, id);
      worker.signal?.addEventListener('abort', () => void boss.offWork(name, { id }).catch(() => undefined), {
        once: true,
      });
      if (worker.cron === null) continue;
      await boss.schedule(name, worker.cron);
      await boss.send(name, {});
      boss.notifyWorker(id);
    }
  };

  const perform = async (name: string, worker: Worker, data: unknown): Promise<void> => {
    // One that was fetched while the server stops is left for the next start.
    ended.signal.throwIfAborted();
    try {
      await worker.run(data);
    } catch (error) {
      if (!ended.signal.aborted) log.error({ err: error, job: name }, 'a job failed');
      throw error;
    }
  };

  const keepStarting = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      try {
        await begin();
        return started.resolve();
      } catch (error) {
        if (ended.signal.aborted) return;
        log.warn({ err: error }, 'jobs cannot start yet');
        await boss.stop({ graceful: false });
        await pause(START_AGAIN_MS, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
      }
    }
  };
  let starting = Promise.resolve();

  return {
    work: (signal, name, schema, run) =>
      add(name, {
        signal,
        cron: null,
        run: async (data) => {
          const parsed = schema.safeParse(data);
          // Trying again would not change what it says.
          if (!parsed.success) return log.error({ job: name, problem: parsed.error.message }, 'a job is malformed');
          await run(parsed.data);
        },
      }),
    every: (name, cron, run) => add(name, { signal: null, cron, run }),
    send: async (name, data, { afterMs = 0, once = randomUUID(), change } = {}) => {
      await started.promise;
      await boss.send(name, data, {
        singletonKey: once,
        ...(afterMs > 0 ? { startAfter: Math.ceil(afterMs / 1000) } : {}),
        ...(change === undefined ? {} : { db: fromDrizzle(change.sql, sql) }),
      });
      const worker = awake.get(name);
      if (afterMs > 0 || worker === undefined) return;
      // Not found by the worker before the change is committed.
      if (change === undefined) boss.notifyWorker(worker);
      else change.afterCommit(() => boss.notifyWorker(worker));
    },
    start: () => {
      isStarting = true;
      starting = keepStarting();
    },
    stop: async () => {
      ended.abort();
      await starting;
      started.reject(new Error('the jobs have ended'));
      await Promise.race([Promise.allSettled(underWay), pause(STOP_MS, undefined, { ref: false })]);
      await boss.stop({ graceful: false, close: false });
    },
  };
}

/** Makes the tables for jobs, as the first start would: for databases that are copied. */
export async function makeJobTables(database: Database): Promise<void> {
  const boss = new PgBoss({ db: poolOf(database), schema: 'pgboss', supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false, close: false });
}

/** Takes away the jobs of these names that wait: what is to come of an organization that was made up. */
export async function forgetJobs(database: Database, names: readonly string[]): Promise<void> {
  await database.$client.query('delete from pgboss.job where name = any($1)', [[...names]]);
}

const poolOf = (database: Database): Db => ({ executeSql: (text, values) => database.$client.query(text, values) });
