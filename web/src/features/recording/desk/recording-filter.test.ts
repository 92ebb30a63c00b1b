import { expect, test } from 'vitest';
import { parseRecordingFilter } from './recording-filter.ts';

test('the address bar of the recordings is read, what makes no sense is left out', () => {
  expect(parseRecordingFilter({ search: 'press', state: 'erased', page: '3' })).toEqual({
    search: 'press',
    state: 'erased',
    page: 3,
  });
  expect(parseRecordingFilter({ search: '', state: 'lost', page: '1' })).toEqual({});
});
