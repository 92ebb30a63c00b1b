import { describe, expect, it } from 'vitest';
import { SessionStatus } from '#contract/session/events.ts';
import { decideStep, isOnNow, isOpen, isOver, mayComeIn, type SessionStep, stepsByPresence } from './lifecycle.ts';

const steps: SessionStep[] = [
  'accept', 'schedule', 'decline', 'cancel', 'open', 'go-live', 'end', 'rate', 'miss', 'expire',
]; // biome-ignore format: one line
const statuses = SessionStatus.options;
const walk = (from: SessionStatus, ...way: SessionStep[]): SessionStatus | 'refused' =>
  way.reduce<SessionStatus | 'refused'>((at, step) => {
    if (at === 'refused') return at;
    const next = decideStep(at, step);
    return next.ok ? next.value : 'refused';
  }, from);

describe('A8: the way of a session', () => {
  it('goes from a request to a rating', () => {
    expect(walk('requested', 'accept', 'open', 'go-live', 'end', 'rate')).toBe('rated');
    expect(walk('requested', 'schedule', 'schedule', 'open', 'go-live', 'end')).toBe('ended');
  });

  it('ends a request in one of four ways that nothing follows', () => {
    for (const [step, end] of [
      ['decline', 'declined'],
      ['cancel', 'cancelled'],
      ['miss', 'missed'],
      ['expire', 'expired'],
    ] as const) {
      expect(walk('requested', step)).toBe(end);
      for (const next of steps) expect(walk(end, next)).toBe('refused');
    }
  });

  it('a live session can only end', () => {
    expect(steps.filter((step) => decideStep('live', step).ok)).toEqual(['end']);
  });

  it('never leaves an ended session but to be rated, and a rating can be changed', () => {
    expect(steps.filter((step) => decideStep('ended', step).ok)).toEqual(['rate']);
    expect(walk('ended', 'rate', 'rate')).toBe('rated');
  });

  it('every status is either asked for, open or over', () => {
    for (const status of statuses) {
      expect([status === 'requested', isOpen(status), isOver(status)].filter(Boolean)).toHaveLength(1);
    }
    expect(statuses.filter(isOver)).toEqual(['ended', 'rated', 'declined', 'cancelled', 'missed', 'expired']);
  });

  it('what is on now is open', () => {
    expect(statuses.filter(isOnNow)).toEqual(['waiting', 'live']);
    expect(statuses.filter(isOnNow).every(isOpen)).toBe(true);
  });
});

describe('B2: what presence causes', () => {
  it('a customer alone or an expert alone waits', () => {
    expect(stepsByPresence('waiting', ['codeUser'])).toEqual([]);
    expect(stepsByPresence('waiting', ['expert'])).toEqual([]);
    expect(stepsByPresence('accepted', ['codeUser'])).toEqual(['open']);
  });

  it('an expert and one more are live, two customers are not', () => {
    expect(stepsByPresence('waiting', ['expert', 'codeUser'])).toEqual(['go-live']);
    expect(stepsByPresence('scheduled', ['codeUser', 'expert'])).toEqual(['open', 'go-live']);
    expect(stepsByPresence('waiting', ['codeUser', 'codeUser'])).toEqual([]);
  });

  it('one left of two goes on; nobody left ends', () => {
    expect(stepsByPresence('live', ['expert'])).toEqual([]);
    expect(stepsByPresence('live', [])).toEqual(['end']);
    expect(stepsByPresence('waiting', [])).toEqual([]);
  });

  it('every step that presence causes is allowed in that status', () => {
    const crowds = [[], ['expert'], ['codeUser'], ['expert', 'codeUser'], ['expert', 'expert']] as const;
    for (const status of statuses) {
      for (const crowd of crowds) {
        expect(walk(status, ...stepsByPresence(status, crowd))).not.toBe('refused');
      }
    }
  });
});

describe('A11: who may come in when', () => {
  const scheduledFor = new Date('2031-03-04T09:00:00.000Z');
  const earlier = (minutes: number) => new Date(scheduledFor.getTime() - minutes * 60_000);

  it('lets a customer into a scheduled session from a quarter of an hour before its time, an employee at any time', () => {
    const planned = { status: 'scheduled', scheduledFor } as const;
    expect(mayComeIn(planned, 'codeUser', earlier(16))).toBe(false);
    expect(mayComeIn(planned, 'codeUser', earlier(15))).toBe(true);
    expect(mayComeIn(planned, 'codeUser', earlier(-120))).toBe(true);
    expect(mayComeIn(planned, 'expert', earlier(10_000))).toBe(true);
  });

  it('lets everybody in once it is open, and nobody where it is not', () => {
    for (const status of statuses)
      for (const as of ['expert', 'codeUser'] as const)
        if (status !== 'scheduled')
          expect([status, mayComeIn({ status, scheduledFor }, as, earlier(600))]).toEqual([status, isOpen(status)]);
  });
});
