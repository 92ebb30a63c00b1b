import { expect, test } from 'vitest';
import { refused } from '#contract/errors.ts';
import { refuseTimes } from './times.ts';

const now = new Date('2031-03-04T08:00:00.000Z');
const DAY_MS = 24 * 3_600_000;
const named = (...offsets: readonly number[]) =>
  offsets.map((offset, index) => ({ at: new Date(now.getTime() + offset), field: `times.${index}` }));

test('A11 a time that is over, too far ahead or named twice is refused by its field', () => {
  expect(refuseTimes(named(1, DAY_MS, 180 * DAY_MS), now)).toBe(null);
  expect(refuseTimes(named(DAY_MS, 0), now)).toEqual(refused('malformed', 'times.1'));
  expect(refuseTimes(named(-1), now)).toEqual(refused('malformed', 'times.0'));
  expect(refuseTimes(named(180 * DAY_MS + 1), now)).toEqual(refused('malformed', 'times.0'));
  expect(refuseTimes(named(5, 6, 5), now)).toEqual(refused('malformed', 'times.2'));
});
