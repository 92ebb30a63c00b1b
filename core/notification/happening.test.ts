import { expect, test } from 'vitest';
import type { Person } from '#contract/person.ts';
import type { SessionEventBody, SessionStatus } from '#contract/session/events.ts';
import { type Happening, happeningOf, told } from './happening.ts';
import { isPushService } from './push-services.ts';

const at = '2026-11-20T10:00:00.000Z';
const status = (to: SessionStatus): SessionEventBody => ({
  kind: 'status-changed',
  from: 'requested',
  to,
  reason: null,
});

const cases: readonly [Person['kind'], SessionEventBody, Happening | null][] = [
  ['codeUser', { kind: 'session-requested', words: '', wishedAt: null }, 'asked'],
  ['member', status('accepted'), 'accepted'],
  ['member', { kind: 'times-proposed', times: [at], words: '' }, 'times-for-asker'],
  ['codeUser', { kind: 'times-proposed', times: [at], words: '' }, 'times-for-staff'],
  ['member', { kind: 'time-agreed', at }, 'agreed-by-staff'],
  ['codeUser', { kind: 'time-agreed', at }, 'agreed-by-asker'],
  // It says the same as the event above.
  ['member', status('scheduled'), null],
  ['member', status('declined'), 'declined'],
  ['member', status('cancelled'), 'called-off'],
  ['codeUser', status('cancelled'), 'withdrawn'],
  ['system', status('expired'), 'expired'],
  ['system', status('missed'), 'not-held'],
  ['system', { kind: 'time-near', at }, 'near'],
  ['member', status('live'), null],
  ['member', { kind: 'message-said', text: 'in the session' }, null],
  ['member', { kind: 'visibility-changed', to: 'internal' }, null],
];
test.each(cases)('of a request, by a %s: %o is %s', (by, body, happening) => {
  expect(happeningOf('request', by, body)).toBe(happening);
  expect(happeningOf('ticket', by, body)).toBeNull();
});

test('of a direct call only that it was missed', () => {
  expect(happeningOf('direct call', 'system', status('missed'))).toBe('missed-call');
  expect(happeningOf('direct call', 'member', status('accepted'))).toBeNull();
  const leftAlone = { ...status('missed'), from: 'waiting' } as SessionEventBody;
  expect(happeningOf('direct call', 'system', leftAlone)).toBeNull();
});

test('customers are told of answers, reminders and messages only', () => {
  const kinds = Object.values(told).flatMap(({ customer }) => (customer === undefined ? [] : [customer.kind]));
  expect(new Set(kinds)).toEqual(new Set(['answer', 'reminder', 'message']));
  const ofStaff = Object.values(told).flatMap(({ staff }) => (staff === undefined ? [] : [staff.kind]));
  expect(ofStaff).not.toContain('answer');
});

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', true],
  ['https://updates.push.services.mozilla.com/wpush/v2/x', true],
  ['https://web.push.apple.com/x', true],
  ['https://wns2-db5p.notify.windows.com/w/?token=x', true],
  ['http://fcm.googleapis.com/x', false],
  ['https://fcm.googleapis.com:8443/x', false],
  ['https://fcm.googleapis.com@10.0.0.1/x', false],
  ['https://10.0.0.1/x', false],
  ['https://localhost/x', false],
  ['https://fcm.googleapis.com.evil.example/x', false],
  ['https://evilpush.apple.com.example/x', false],
  ['no address', false],
])('%s is a push service: %s', (endpoint, is) => {
  expect(isPushService(endpoint)).toBe(is);
});
