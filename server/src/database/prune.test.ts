import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { freshDatabase } from '../../test/harness/database.ts';
import { request } from '../stream/tables.ts';
import { pruneRequests } from './prune.ts';

const { database, drop } = await freshDatabase();
afterAll(drop);

it('forgets answers after a month and keeps younger ones', async () => {
  const now = new Date('2026-11-20T10:00:00.000Z');
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000);
  const [old, young] = [randomUUID(), randomUUID()];
  await database.insert(request).values([
    { actor: 'member:a', id: old, route: 'sayInTicket', reply: {}, at: daysAgo(31) },
    { actor: 'member:a', id: young, route: 'sayInTicket', reply: {}, at: daysAgo(29) },
  ]);
  expect(await pruneRequests(database, now)).toBe(1);
  expect(await database.select({ id: request.id }).from(request)).toEqual([{ id: young }]);
});
