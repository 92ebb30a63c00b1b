import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { accepted, refused } from '#contract/errors.ts';
import { freshDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { transact } from '../database/transact.ts';
import { openJobs, type RunningJobs } from './jobs.ts';

const Work = z.object({ n: z.int() });
const live = new AbortController().signal;
let store: TestDatabase;
let jobs: RunningJobs;
let said: string[];
beforeAll(async () => {
  store = await freshDatabase();
});
afterAll(() => store.drop());
const open = () =>
  openJobs({
    database: store.database,
    log: pino({ level: 'warn', base: null }, { write: (line) => said.push(line) }),
  });
beforeEach(() => {
  said = [];
  jobs = open();
});
afterEach(() => jobs.stop());

/** What a change needs besides its database. */
const changes = () => ({
  database: store.database,
  tell: () => undefined,
  disconnect: () => undefined,
  empty: () => undefined,
  clock: () => new Date(),
});

/** Takes the jobs of a name and waits for so many of them. */
function collect(name: string, many: number): Promise<number[]> {
  const seen: number[] = [];
  return new Promise((resolve) => {
    jobs.work(live, name, Work, async ({ n }) => {
      seen.push(n);
      if (seen.length === many) resolve(seen);
    });
  });
}

test('a job sent is done, at once; also one that was sent while the server started', async () => {
  const done = collect('one', 2);
  const early = jobs.send('one', { n: 1 });
  jobs.start();
  await early;
  await jobs.send('one', { n: 2 });
  expect(await done).toEqual([1, 2]);
});

// One look every two seconds would take a minute for these.
test('what waits in line comes one right after the other', { timeout: 15_000 }, async () => {
  const done = collect('line', 30);
  jobs.start();
  await transact(changes(), async (change) => {
    for (let n = 0; n < 30; n += 1) await jobs.send('line', { n }, { change });
    return accepted(null);
  });
  expect((await done).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n));
});

// At the next look, up to two seconds later, these would take half a minute.
test('a job of a change is done as soon as that is committed', { timeout: 15_000 }, async () => {
  const heard: (() => void)[] = [];
  jobs.work(live, 'committed', Work, async ({ n }) => heard[n]?.());
  jobs.start();
  for (let n = 0; n < 30; n += 1) {
    const done = new Promise<void>((resolve) => heard.push(resolve));
    await transact(changes(), async (change) => {
      await jobs.send('committed', { n }, { change });
      return accepted(null);
    });
    await done;
  }
});

test('a job that a former server left is done by the next', async () => {
  jobs.work(AbortSignal.abort(), 'left', Work, async () => undefined);
  jobs.start();
  await jobs.send('left', { n: 7 });
  await jobs.stop();
  jobs = open();
  const done = collect('left', 1);
  jobs.start();
  expect(await done).toEqual([7]);
});

test('with one key one waits, however often it is sent', async () => {
  const done = collect('keyed', 2);
  const sent = [1, 2, 3].map((n) => jobs.send('keyed', { n }, { once: 'a', afterMs: 1000 }));
  jobs.start();
  await Promise.all(sent);
  await jobs.send('keyed', { n: 4 }, { once: 'b' });
  const [first, second] = await done;
  expect(first).toBe(4);
  expect([1, 2, 3]).toContain(second);
});

test('a job belongs to its change: what is refused leaves none', async () => {
  const done = collect('changed', 1);
  jobs.start();
  await transact(changes(), async (change) => {
    await jobs.send('changed', { n: 1 }, { change });
    return refused('not-allowed');
  });
  await transact(changes(), async (change) => {
    await jobs.send('changed', { n: 2 }, { change });
    return accepted(null);
  });
  expect(await done).toEqual([2]);
});

test('what is malformed is said once and not tried again', async () => {
  const done = collect('malformed', 1);
  jobs.start();
  await jobs.send('malformed', { n: 'x' });
  await jobs.send('malformed', { n: 3 });
  expect(await done).toEqual([3]);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('a job is malformed');
});

test('what fails is logged and tried again', async () => {
  let tries = 0;
  const again = new Promise<void>((resolve) => {
    jobs.work(live, 'failing', Work, async () => {
      tries += 1;
      if (tries > 1) return resolve();
      throw new Error('no such thing');
    });
  });
  jobs.start();
  await jobs.send('failing', { n: 1 });
  await again;
  expect(said.map((line) => JSON.parse(line).msg)).toEqual(['a job failed']);
}, 30_000);

test('regular work is done at each start', async () => {
  for (let start = 0; start < 2; start++) {
    await new Promise<void>((resolve) => {
      jobs.every('regular', '17 3 * * *', async () => resolve());
      jobs.start();
    });
    await jobs.stop();
    jobs = open();
  }
});

test('what is not regular work any more is not added any more', async () => {
  jobs.every('given-up', '17 3 * * *', async () => undefined);
  const scheduled = async () => (await store.database.execute(sql`select name from pgboss.schedule`)).rows;
  jobs.start();
  await jobs.send('given-up', {});
  await expect.poll(scheduled).toContainEqual({ name: 'given-up' });
  await jobs.stop();
  jobs = open();
  const done = collect('other', 1);
  jobs.start();
  await jobs.send('other', { n: 1 });
  await done;
  expect(await scheduled()).not.toContainEqual({ name: 'given-up' });
});

test('a job whose server was killed is done by the next', async () => {
  jobs.work(AbortSignal.abort(), 'killed', Work, async () => undefined);
  jobs.start();
  await jobs.send('killed', { n: 1 });
  await jobs.stop();
  // As it is once nobody has said for a while that they are at it.
  const aMinuteAgo = sql`now() - interval '1 minute'`;
  await store.database.execute(
    sql`update pgboss.job set state = 'active', started_on = ${aMinuteAgo}, heartbeat_on = ${aMinuteAgo} where name = 'killed'`,
  );
  jobs = open();
  const done = collect('killed', 1);
  jobs.start();
  expect(await done).toEqual([1]);
}, 60_000);
