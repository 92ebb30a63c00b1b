import { describe, expect, it } from 'vitest';
import { chosenTime, monthOf, monthWords, offeredMonths, parseReportTime } from './months.ts';

const now = new Date('2026-01-31T23:30:00Z');

describe('the months of a report', () => {
  it('are read from the address bar, as far as they make sense', () => {
    expect(parseReportTime({ from: '2025-12', to: '2026-01', more: 1 })).toEqual({ from: '2025-12', to: '2026-01' });
    expect(parseReportTime({ from: '2026-13', to: '2026-1' })).toEqual({});
    expect(parseReportTime({ from: '2026-02', to: '2026-01' })).toEqual({});
  });

  it('are the last year at first', () => {
    expect(chosenTime({}, now)).toEqual({ from: '2025-02', to: '2026-01' });
    expect(chosenTime({ to: '2025-06' }, now)).toEqual({ from: '2024-07', to: '2025-06' });
    expect(chosenTime({ from: '2026-03' }, now)).toEqual({ from: '2026-03', to: '2026-03' });
  });

  it('are offered from now back, with what is chosen', () => {
    const offered = offeredMonths(now, ['2019-05', '2026-01']);
    expect(offered.slice(0, 2)).toEqual(['2026-01', '2025-12']);
    expect(offered.at(-1)).toBe('2019-05');
    expect(offered).toHaveLength(37);
  });

  it('are counted over the turn of a year', () => {
    expect(monthOf(now, 1)).toBe('2025-12');
    expect(monthWords('2026-01', 'en-GB')).toBe('January 2026');
  });
});
