import { expect, it } from 'vitest';
import { deviceEnd, familiarSince, invitationEnd, loginEnd } from './expiry.ts';

it('counts days of 24 hours', () => {
  const now = new Date('2026-03-28T12:00:00.000Z');
  expect(invitationEnd(now).toISOString()).toBe('2026-04-04T12:00:00.000Z');
  expect(loginEnd(now).toISOString()).toBe('2026-04-27T12:00:00.000Z');
  expect(deviceEnd(now).toISOString()).toBe('2027-05-02T12:00:00.000Z');
  expect(familiarSince(now).toISOString()).toBe('2025-12-28T12:00:00.000Z');
});
