import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { closePool, openDatabase } from './pool.ts';

it('is closed only when its connections are', async () => {
  const { $client: pool } = openDatabase({ ...inject('postgres'), database: 'postgres' }, pino({ level: 'silent' }));
  let removed = 0;
  pool.on('remove', () => {
    removed += 1;
  });
  await Promise.all([1, 2, 3].map(() => pool.query('select pg_sleep(0.05)')));
  await closePool(pool);
  expect(removed).toBe(3);
});

it('is closed at once when there were none', async () => {
  const { $client: pool } = openDatabase({ ...inject('postgres'), database: 'postgres' }, pino({ level: 'silent' }));
  await closePool(pool);
});
