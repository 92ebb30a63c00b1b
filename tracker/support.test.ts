import { describe, expect, test } from 'vitest';
import { type Step, support } from './support.ts';

const GOOD: Step = {
  seen: 80,
  good: 70,
  inliers: 68,
  meanZ: 0.85,
  inlierZ: 0.92,
  rms: 0.2,
  weightIn: 68,
  weightSeen: 80,
  spread: 55,
};
const of = (change: Partial<Step>): number => support({ ...GOOD, ...change }, 0, 0);

describe('support', () => {
  test('a good fit is far over 1, chance agreement on a grid is under it', () => {
    expect(of({})).toBeGreaterThan(2);
    expect(of({ inliers: 39, weightIn: 39, inlierZ: 0.76, rms: 0.85 })).toBeLessThan(1);
  });

  test('half of the region behind a hand is still certain when the rest fits very well', () => {
    expect(of({ inliers: 34, weightIn: 34, inlierZ: 0.95 })).toBeGreaterThan(1);
  });

  test('it falls with every kind of doubt', () => {
    const best = of({});
    for (const worse of [{ inliers: 40, weightIn: 40 }, { inlierZ: 0.7 }, { rms: 1 }, { inliers: 6 }, { spread: 6 }]) {
      expect(of(worse)).toBeLessThan(best);
    }
    expect(of({ weightSeen: 0, seen: 0 })).toBe(0);
  });

  test('the coarser the level, the fewer separate looks the same area has', () => {
    const small = { ...GOOD, spread: 14 };
    expect(support(small, 1, 1)).toBeLessThan(support(small, 0, 0));
  });
});
