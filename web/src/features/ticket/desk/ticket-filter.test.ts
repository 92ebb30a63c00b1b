import { describe, expect, test } from 'vitest';
import { changedFilter, parseTicketFilter, queryOf } from './ticket-filter.ts';

describe('the filter in the address bar', () => {
  test('nonsense is left out', () => {
    expect(parseTicketFilter({ search: '', status: 'odd', assignee: 'me', page: '-3', dialog: 'x' })).toEqual({});
    expect(parseTicketFilter({ page: '1' })).toEqual({});
    expect(parseTicketFilter({ search: 'x'.repeat(201) })).toEqual({});
  });

  test('what makes sense is kept', () => {
    expect(parseTicketFilter({ search: 'pump', status: 'open', assignee: 'none', page: '2', dialog: 'new' })).toEqual({
      search: 'pump',
      status: 'open',
      assignee: 'none',
      page: 2,
      dialog: 'new',
    });
  });

  test('another question starts at the first page, a dialog keeps it', () => {
    const now = parseTicketFilter({ search: 'pump', page: '3' });
    expect(changedFilter(now, { status: 'open' })).toEqual({ search: 'pump', status: 'open' });
    expect(changedFilter(now, { dialog: 'new' })).toEqual({ search: 'pump', page: 3, dialog: 'new' });
    expect(changedFilter(now, { search: undefined })).toEqual({});
    expect(changedFilter(now, { page: 1 })).toEqual({ search: 'pump' });
  });

  test('the question names the page', () => {
    expect(queryOf({})).toEqual({ page: 1 });
    expect(queryOf({ search: 'x', page: 4, dialog: 'new' })).toEqual({ page: 4, search: 'x' });
  });
});
