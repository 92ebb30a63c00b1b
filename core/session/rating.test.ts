import { describe, expect, it } from 'vitest';
import { SessionStatus } from '#contract/session/events.ts';
import { rateableUntil } from './rating.ts';

const ended = new Date('2026-11-20T12:00:00.000Z');
const hoursLater = (hours: number) => new Date(ended.getTime() + hours * 3_600_000);
const of = (status: SessionStatus) => ({ status, endedAt: ended, erasedAt: null });

describe('A9: when a session can be rated', () => {
  it('for a day after its end, also when it has been rated', () => {
    expect(rateableUntil(of('ended'), hoursLater(0))).toEqual(hoursLater(24));
    expect(rateableUntil(of('rated'), hoursLater(23.9))).toEqual(hoursLater(24));
    expect(rateableUntil(of('ended'), hoursLater(24))).toBeNull();
  });

  it('never before the end, and not when it did not take place or is erased', () => {
    const can = SessionStatus.options.filter((status) => rateableUntil(of(status), hoursLater(1)) !== null);
    expect(can).toEqual(['ended', 'rated']);
    expect(rateableUntil({ ...of('ended'), endedAt: null }, hoursLater(1))).toBeNull();
    expect(rateableUntil({ ...of('ended'), erasedAt: hoursLater(0.5) }, hoursLater(1))).toBeNull();
  });
});
