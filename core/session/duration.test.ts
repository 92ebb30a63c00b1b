import { describe, expect, it } from 'vitest';
import { betterOffset, elapsed, formatDuration, measureOffset, untilNextSecond } from './duration.ts';

describe('B2 duration by the server’s clock', () => {
  it('counts by the server, whatever this computer’s clock says', () => {
    const offset = measureOffset(1_000_000, 40_000, 40_100);
    expect(offset).toEqual({ ms: 959_950, uncertainty: 50 });
    expect(elapsed({ liveSince: 1_000_000, endedAt: null }, 45_050, offset)).toBe(5_000);
  });

  it('has no duration before the clock has started and stands still after the end', () => {
    expect(elapsed({ liveSince: null, endedAt: null }, 5, null)).toBeNull();
    expect(elapsed({ liveSince: null, endedAt: 9 }, 5, null)).toBeNull();
    expect(elapsed({ liveSince: 1_000, endedAt: 4_000 }, 900_000, null)).toBe(3_000);
  });

  it('is never negative', () => {
    expect(elapsed({ liveSince: 1_000, endedAt: null }, 0, null)).toBe(0);
  });

  it('keeps the more certain measurement', () => {
    const slow = { ms: 7, uncertainty: 400 };
    const quick = { ms: 5, uncertainty: 10 };
    expect(betterOffset(null, slow)).toBe(slow);
    expect(betterOffset(slow, quick)).toBe(quick);
    expect(betterOffset(quick, slow)).toBe(quick);
  });

  it('ticks on the second', () => {
    expect(untilNextSecond({ liveSince: 1_000, endedAt: null }, 3_250, null)).toBe(750);
  });

  it.each([
    [0, '00:00'],
    [999, '00:00'],
    [61_000, '01:01'],
    [3_599_999, '59:59'],
    [3_600_000, '1:00:00'],
    [36_061_000, '10:01:01'],
    [-5, '00:00'],
  ])('shows %i ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
