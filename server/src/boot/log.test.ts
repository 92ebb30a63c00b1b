import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { openLog } from './log.ts';

test('a failed query is logged without what it was asked with', () => {
  const lines: string[] = [];
  const log = openLog('info', { write: (line) => lines.push(line) });
  const cause = Object.assign(new Error('the connection was lost'), { code: '57P01', detail: 'Key (email)=(a@b.c)' });
  const error = new DrizzleQueryError('select $1, $2', ['s3cret', 'line one\nline two'], cause);
  log.error({ err: error, reference: 'r' }, 'a request failed');
  log.warn({ err: new Error('around', { cause: error }) }, 'the database is out of reach');
  const said = lines.join('');
  expect(said).not.toMatch(/s3cret|line two|a@b\.c/);
  expect(said).toContain('Failed query: select $1, $2');
  expect(said).toContain('the connection was lost');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    reference: 'r',
    err: { stack: expect.stringContaining('log.test.ts') },
  });
});

test('what is no error is logged as it is', () => {
  const lines: string[] = [];
  openLog('info', { write: (line) => lines.push(line) }).warn({ err: 'text' }, 'odd');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ err: 'text' });
});
