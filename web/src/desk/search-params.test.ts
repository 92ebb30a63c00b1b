import { expect, test } from 'vitest';
import { isOwnPage, parseSearch, safeReturn, writeSearch } from './search-params.ts';

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
    '/.//evil.example',
    '/s/..//evil.example',
    '/\t/evil.example',
    '/\t/',
    'https://evil.example',
    'javascript:alert(1)',
    '',
    7,
    null,
  ])
    expect(safeReturn(foreign)).toBe('/');
});

test('a session and a code are pages of their own, the desk is not', () => {
  expect(['/s/x', '/c/x', '/c'].every(isOwnPage)).toBe(true);
  expect(['/', '/codes', '/settings', '/tickets/1'].some(isOwnPage)).toBe(false);
});
