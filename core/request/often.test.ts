import { expect, test } from 'vitest';
import { refuseTooOften } from './often.ts';

const now = new Date('2031-03-04T08:00:00.000Z');
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test('A11 too often is so many times within an hour, and it is said how long to wait', () => {
  expect(refuseTooOften(null, now)).toBe(null);
  expect(refuseTooOften(before(3600), now)).toBe(null);
  expect(refuseTooOften(before(3599.5), now)).toEqual({ ok: false, code: 'too-many', retryAfterSeconds: 1 });
  expect(refuseTooOften(before(0), now)).toEqual({ ok: false, code: 'too-many', retryAfterSeconds: 3600 });
});
