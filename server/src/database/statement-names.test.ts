import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, expect, inject, test } from 'vitest';
import { closePool, openDatabase } from './pool.ts';
import { named } from './statement-names.ts';

const database = openDatabase({ ...inject('postgres'), database: 'postgres', max: 1 }, pino({ level: 'silent' }));
afterAll(() => closePool(database.$client));

test('a statement with values is kept by its connection, whoever asks', async () => {
  for (const value of [1, 2]) await database.execute(sql`select ${value}::int as kept`);
  for (const value of [1, 2]) await database.$client.query('select $1::int as kept_too', [value]);
  await database.transaction((change) => change.execute(sql`select ${3}::int as kept`));
  const { rows } = await database.$client.query('select statement from pg_prepared_statements order by statement');
  expect(rows).toEqual([{ statement: 'select $1::int as kept' }, { statement: 'select $1::int as kept_too' }]);
});

test('one that fails the first time is asked anew', async () => {
  const divide = (by: number) => database.$client.query('select 4 / $1::int as some', [by]);
  await expect(divide(0)).rejects.toThrow('division by zero');
  expect((await divide(2)).rows).toEqual([{ some: 2 }]);
  const missing = () => database.$client.query('select * from not_made_yet where n = $1', [1]);
  await expect(missing()).rejects.toThrow('does not exist');
  await database.$client.query('create temporary table not_made_yet (n int)');
  expect((await missing()).rows).toEqual([]);
});

test('several statements at once, very long ones and those with a name stay as they are', () => {
  const long = `select $1::int /* ${'x'.repeat(4_000)} */`;
  const own = { name: 'mine', text: 'select $1::int' };
  expect([named('select 1; select 2', undefined), named('select 1', []), named(long, [1]), named(own, [1])]).toEqual([
    'select 1; select 2',
    'select 1',
    { text: long },
    own,
  ]);
});
