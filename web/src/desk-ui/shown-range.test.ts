import { expect, test } from 'vitest';
import { shownRange } from './shown-range.ts';

test('the range on the screen', () => {
  expect(shownRange(1, 25, 0)).toEqual({ from: 0, to: 0, pages: 1 });
  expect(shownRange(2, 25, 61)).toEqual({ from: 26, to: 50, pages: 3 });
  expect(shownRange(3, 25, 61)).toEqual({ from: 51, to: 61, pages: 3 });
  expect(shownRange(9, 25, 61)).toEqual({ from: 61, to: 61, pages: 3 });
});
