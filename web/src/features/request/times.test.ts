import { describe, expect, it } from 'vitest';
import { fieldOf, instantOf, instantsOf, suggestedField, timeTrouble, untilOf } from './times.ts';

const now = new Date(2026, 10, 20, 10, 20).getTime();

describe('A11 the times of a request', () => {
  it('a field stands for this device’s time', () => {
    expect(fieldOf(new Date(2026, 0, 5, 7, 3))).toBe('2026-01-05T07:03');
    expect(instantOf('2026-01-05T07:03')).toBe(new Date(2026, 0, 5, 7, 3).toISOString());
    expect(instantOf('')).toBeNull();
    expect(instantOf('2026-01-')).toBeNull();
  });

  it('it has to be given, to come, and not lie too far ahead', () => {
    expect(timeTrouble('', now)).toBe('missing');
    expect(timeTrouble('2026-11-20T10:20', now)).toBe('past');
    expect(timeTrouble('2026-11-20T10:21', now)).toBeNull();
    expect(timeTrouble('2028-01-01T00:00', now)).toBe('far');
  });

  it('suggests a full hour, later ones after the last', () => {
    expect(suggestedField(new Date(now), undefined)).toBe('2026-11-20T12:00');
    expect(suggestedField(new Date(now), '2026-11-24T09:30')).toBe('2026-11-24T10:00');
    expect(suggestedField(new Date(now), '')).toBe('2026-11-20T12:00');
  });

  it('all times, each once, in order; one that is wrong is none', () => {
    const [early, late] = ['2026-11-21T08:00', '2026-11-21T10:00'];
    expect(instantsOf([late, early, late], now)).toEqual([instantOf(early), instantOf(late)]);
    expect(instantsOf([late, ''], now)).toBeNull();
    expect(instantsOf([], now)).toBeNull();
  });

  it('counts down in the size that one thinks in', () => {
    expect(untilOf(-5)).toEqual({ unit: 'now' });
    expect(untilOf(61_000)).toEqual({ unit: 'minutes', minutes: 2 });
    expect(untilOf(200 * 60_000)).toEqual({ unit: 'hours', hours: 3, minutes: 20 });
    expect(untilOf(3 * 24 * 3_600_000)).toEqual({ unit: 'days', days: 3 });
  });
});
