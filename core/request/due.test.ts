import { expect, test } from 'vitest';
import { dueOf, emptySince, NO_SHOW_MS, type RequestTimes } from './due.ts';

const at = new Date('2031-03-04T08:00:00.000Z');
const MINUTE_MS = 60_000;
const after = (minutes: number) => new Date(at.getTime() + minutes * MINUTE_MS);
const none: RequestTimes = {
  status: 'requested',
  expiresAt: null,
  scheduledFor: null,
  answeredAt: null,
  remindedOf: null,
  emptySince: null,
};
const due = (times: Partial<RequestTimes>, now: Date) => dueOf({ ...none, ...times }, now, 30 * MINUTE_MS);

test('A11 a request runs out at its time, and only while nothing is agreed', () => {
  expect(due({ expiresAt: at }, after(-1))).toBe(null);
  expect(due({ expiresAt: at }, at)).toBe('expire');
  expect(due({ expiresAt: at, status: 'live' }, after(1))).toBe(null);
});

test('A11 both sides are reminded once of each agreed time, from so many minutes before until it has come', () => {
  const scheduled = { status: 'scheduled', scheduledFor: at } as const;
  expect(due(scheduled, after(-31))).toBe(null);
  expect(due(scheduled, after(-30))).toBe('remind');
  expect(due({ ...scheduled, remindedOf: at }, after(-30))).toBe(null);
  expect(due({ ...scheduled, remindedOf: after(-60) }, after(-1))).toBe('remind');
  expect(due(scheduled, at)).toBe(null);
});

test('A11 what nobody has gone to for an hour is missed', () => {
  const hour = NO_SHOW_MS / MINUTE_MS;
  for (const status of ['scheduled', 'accepted'] as const) {
    const times = { status, scheduledFor: status === 'scheduled' ? at : null, answeredAt: at };
    expect(due(times, after(hour - 1))).toBe(null);
    expect(due(times, after(hour))).toBe('miss');
  }
});

test('A11 who came early and went has not missed it before its time', () => {
  const waiting = { status: 'waiting', scheduledFor: at, emptySince: after(-10) } as const;
  expect(due(waiting, after(59))).toBe(null);
  expect(due(waiting, after(60))).toBe('miss');
  expect(due({ ...waiting, emptySince: after(20) }, after(79))).toBe(null);
  expect(due({ ...waiting, emptySince: after(20) }, after(80))).toBe('miss');
  expect(due({ ...waiting, emptySince: null }, after(600))).toBe(null);
});

test('A11 nobody is there since the last one left, if anybody ever was', () => {
  const left = (minutes: number) => ({ state: 'left', leftAt: after(minutes) });
  expect(emptySince([])).toBe(null);
  expect(emptySince([left(3), left(1)])).toEqual(after(3));
  expect(emptySince([left(3), { state: 'in', leftAt: null }])).toBe(null);
});
