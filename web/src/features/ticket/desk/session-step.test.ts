import { expect, test } from 'vitest';
import { SessionId } from '#contract/ids.ts';
import type { SessionSummary } from '#contract/session/http.ts';
import { liveFor, newestFirst, sessionStep } from './session-step.ts';

let count = 0;
function session(status: SessionSummary['status'], createdAt: string): SessionSummary {
  count += 1;
  return {
    id: SessionId.parse(`00000000-0000-4000-8000-${String(count).padStart(12, '0')}`),
    subject: 'Pump',
    origin: 'ticket',
    status,
    ticketId: null,
    createdBy: 'Anna',
    createdAt,
    liveSince: null,
    endedAt: null,
    scheduledFor: null,
    isPublic: true,
    stars: null,
    erasedAt: null,
    participants: [],
  };
}

test('without an open session one can be started', () => {
  expect(sessionStep([])).toEqual({ kind: 'start' });
  expect(sessionStep([session('ended', '2026-01-01T00:00:00Z')])).toEqual({ kind: 'start' });
});

test('an open session is joined, a live one before a waiting one', () => {
  const waiting = session('waiting', '2026-01-02T00:00:00Z');
  const live = session('live', '2026-01-01T00:00:00Z');
  expect(sessionStep([waiting])).toEqual({ kind: 'join', session: waiting });
  expect(sessionStep([waiting, live])).toEqual({ kind: 'join', session: live });
});

test('newest first', () => {
  const [old, young] = [session('ended', '2026-01-01T00:00:00Z'), session('ended', '2026-02-01T00:00:00Z')];
  expect(newestFirst([old, young])).toEqual([young, old]);
});

test('how long a session was live', () => {
  const liveSince = '2026-01-01T10:00:00Z';
  const now = Date.parse('2026-01-01T10:05:00Z');
  expect(liveFor({ liveSince: null, endedAt: null }, now)).toBeNull();
  expect(liveFor({ liveSince, endedAt: null }, now)).toBe(300_000);
  expect(liveFor({ liveSince, endedAt: '2026-01-01T10:01:00Z' }, now)).toBe(60_000);
});
