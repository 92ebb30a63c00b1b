import { expect, test } from 'vitest';
import { directCallLimits as limits } from '#contract/direct-call/limits.ts';
import { availabilityOf, type Signs } from './availability.ts';

const now = 1_000_000_000;
const there: Signs = { chosen: 'available', isInSession: false, hasPage: true, pageGoneAt: null, activeAt: now - 1 };

test('A12 available is who has a page open and does something', () => {
  expect(availabilityOf(there, now)).toBe('available');
  expect(availabilityOf({ ...there, activeAt: now - limits.idleMs + 1 }, now)).toBe('available');
});

test('A12 away is who has chosen so, does nothing, or has no page', () => {
  expect(availabilityOf({ ...there, chosen: 'away' }, now)).toBe('away');
  expect(availabilityOf({ ...there, activeAt: now - limits.idleMs }, now)).toBe('away');
  expect(availabilityOf({ ...there, activeAt: null }, now)).toBe('away');
  expect(availabilityOf({ ...there, hasPage: false }, now)).toBe('away');
});

test('A12 a page that is loaded anew does not make anybody away', () => {
  const reloading = { ...there, hasPage: false, pageGoneAt: now - limits.pageGraceMs + 1 };
  expect(availabilityOf(reloading, now)).toBe('available');
  expect(availabilityOf({ ...reloading, pageGoneAt: now - limits.pageGraceMs }, now)).toBe('away');
});

test('A12 busy is who is in a session, whatever they have chosen', () => {
  for (const chosen of ['available', 'away'] as const)
    expect(availabilityOf({ ...there, chosen, isInSession: true, hasPage: false, activeAt: null }, now)).toBe('busy');
});
