import { expect, it } from 'vitest';
import { rangeOf } from './send-file.ts';

it.each([
  [undefined, 'all'],
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=10-19', { start: 10, end: 19 }],
  ['bytes=90-500', { start: 90, end: 99 }],
  ['bytes=-5', { start: 95, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
  ['bytes=100-', 'impossible'],
  ['bytes=-0', 'impossible'],
  ['bytes=20-10', 'all'],
  ['bytes=0-1,5-6', 'all'],
  ['lines=1-2', 'all'],
  ['bytes=-', 'all'],
])('of 100 bytes, %s asks for %o', (header, range) => {
  expect(rangeOf(header, 100)).toEqual(range);
});
