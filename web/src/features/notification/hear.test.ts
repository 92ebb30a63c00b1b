import { expect, test } from 'vitest';
import { isAt } from './hear.ts';

const at = (pathname: string, hash = '') => ({ origin: 'https://help.example.org', pathname, hash });

test.each([
  [at('/tickets/1'), '/tickets/1', true],
  [at('/tickets/1'), '/tickets/2', false],
  [at('/s/1'), '/s/1?as=code', true],
  [at('/c/abc', '#ticket-1'), '/c/abc#ticket-1', true],
  [at('/c/abc', '#ticket-2'), '/c/abc#ticket-1', false],
  [at('/c/abc'), '/c/abc#ticket-1', false],
  [at('/inbox'), '/inbox', true],
])('%o shows %s: %s', (here, path, is) => {
  expect(isAt(here, path)).toBe(is);
});
