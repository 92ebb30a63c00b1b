import { expect, test } from 'vitest';
import { defaultPolicies, type Policies } from '#contract/access/policies.ts';
import { openingAt } from './office-hours.ts';

const berlin: Policies['officeHours'] = { ...defaultPolicies.officeHours, enabled: true };
const at = (hours: Policies['officeHours'], now: string) => {
  const opening = openingAt(hours, new Date(now));
  return opening.isOpen ? 'open' : (opening.opensAt?.toISOString() ?? 'never');
};
const everyDay = (from: string, to: string) => Array.from({ length: 7 }, () => ({ from, to }));

test('A12 without office hours it is always open', () => {
  expect(at({ ...berlin, enabled: false }, '2026-11-21T23:00:00.000Z')).toBe('open');
});

test('A12 open from the first minute on, closed with the last', () => {
  // A Friday in winter: Berlin is an hour ahead.
  expect(at(berlin, '2026-11-20T06:59:59.999Z')).toBe('2026-11-20T07:00:00.000Z');
  expect(at(berlin, '2026-11-20T07:00:00.000Z')).toBe('open');
  expect(at(berlin, '2026-11-20T15:59:59.999Z')).toBe('open');
});

test('A12 after the last day of work the next opening is on Monday', () => {
  expect(at(berlin, '2026-11-20T16:00:00.000Z')).toBe('2026-11-23T07:00:00.000Z');
  expect(at(berlin, '2026-11-22T12:00:00.000Z')).toBe('2026-11-23T07:00:00.000Z');
});

test('A12 the next opening is after the clocks have moved', () => {
  // Clocks go forward in the night to Sunday, 29 March 2026, and back on 25 October.
  expect(at(berlin, '2026-03-27T17:00:00.000Z')).toBe('2026-03-30T06:00:00.000Z');
  expect(at(berlin, '2026-10-23T16:00:00.000Z')).toBe('2026-10-26T07:00:00.000Z');
  expect(at(berlin, '2026-03-27T06:30:00.000Z')).toBe('2026-03-27T07:00:00.000Z');
  expect(at(berlin, '2026-03-30T06:30:00.000Z')).toBe('open');
});

test('A12 an hour that the clock skips begins when it has skipped it', () => {
  const early = { ...berlin, week: everyDay('02:30', '12:00') };
  expect(at(early, '2026-03-29T00:30:00.000Z')).toBe('2026-03-29T01:00:00.000Z');
  expect(at(early, '2026-03-29T01:00:00.000Z')).toBe('open');
});

test('A12 an hour that the clock shows twice begins the first time', () => {
  const early = { ...berlin, week: everyDay('02:30', '12:00') };
  expect(at(early, '2026-10-25T00:00:00.000Z')).toBe('2026-10-25T00:30:00.000Z');
  expect(at(early, '2026-10-25T01:15:00.000Z')).toBe('open');
});

test('A12 the day is that of the time zone', () => {
  const auckland = { ...berlin, timeZone: 'Pacific/Auckland' };
  // Sunday evening in UTC is Monday morning there, thirteen hours ahead in summer.
  expect(at(auckland, '2026-11-22T19:30:00.000Z')).toBe('open');
  expect(at(auckland, '2026-11-22T18:30:00.000Z')).toBe('2026-11-22T19:00:00.000Z');
  const kolkata = { ...berlin, timeZone: 'Asia/Kolkata' };
  expect(at(kolkata, '2026-11-20T02:29:00.000Z')).toBe('2026-11-20T02:30:00.000Z');
});

test('A12 open until midnight, and again at midnight', () => {
  const late = { ...berlin, week: everyDay('18:00', '24:00') };
  expect(at(late, '2026-11-20T22:59:00.000Z')).toBe('open');
  expect(at(late, '2026-11-20T23:00:00.000Z')).toBe('2026-11-21T17:00:00.000Z');
  expect(at({ ...berlin, week: everyDay('00:00', '24:00') }, '2026-11-20T23:00:00.000Z')).toBe('open');
});

test('A12 open on one day only, and it is over for today: in a week', () => {
  const fridays = { ...berlin, week: [null, null, null, null, { from: '08:00', to: '09:00' }, null, null] };
  expect(at(fridays, '2026-11-20T09:00:00.000Z')).toBe('2026-11-27T07:00:00.000Z');
});

test('A12 with no open day there is no next opening', () => {
  expect(at({ ...berlin, week: everyDay('08:00', '09:00').map(() => null) }, '2026-11-20T09:00:00.000Z')).toBe('never');
});
