import { expect, test } from 'vitest';
import { parseSearch, safeReturn, writeSearch } from './search-params.ts';

test('the address bar holds plain texts', () => {
  expect(writeSearch({ search: 'pump 4', page: 2, status: undefined, assignee: '' })).toBe('?search=pump+4&page=2');
  expect(writeSearch({})).toBe('');
  expect(parseSearch('?search=123&page=2')).toEqual({ search: '123', page: '2' });
});

test('after signing in one stays at this desk', () => {
  expect(safeReturn('/tickets?status=open')).toBe('/tickets?status=open');
  for (const foreign of [
    '//evil.example/x',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    7,
    null,
  ])
    expect(safeReturn(foreign)).toBe('/');
});
