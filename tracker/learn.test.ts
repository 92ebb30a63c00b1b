import { describe, expect, test } from 'vitest';
import { difference } from './learn.ts';

const turned = (
  a: number,
  [p, q, r, s]: readonly [number, number, number, number],
): readonly [number, number, number, number] => {
  const [c, n] = [Math.cos(a), Math.sin(a)];
  return [c * p - n * r, c * q - n * s, n * p + c * r, n * q + c * s];
};
const FRONT = [1, 0, 0, 1] as const;

describe('the difference between two looks at a place', () => {
  test('is nothing for turns about the line of sight', () => {
    for (const a of [0, 0.3, 1.5, -2.9]) {
      const d = difference(turned(a, FRONT), FRONT);
      expect(d.scale).toBeCloseTo(1, 9);
      expect(d.tilt).toBeCloseTo(1, 6);
    }
  });

  test('tells size and squeeze apart, in whatever direction they are', () => {
    for (const a of [0, 0.7, 2]) {
      const near = difference(turned(a, [2, 0, 0, 2]), FRONT);
      expect(near.scale).toBeCloseTo(2, 9);
      expect(near.tilt).toBeCloseTo(1, 6);
      const steep = difference(turned(a, [0.25, 0, 0, 1]), FRONT);
      expect(steep.scale).toBeCloseTo(0.5, 9);
      expect(steep.tilt).toBeCloseTo(4, 9);
    }
  });

  test('is the same from both sides but for the size, which turns round', () => {
    const a = [0.8, 0.3, -0.2, 1.1] as const;
    const b = [1.5, -0.4, 0.6, 0.9] as const;
    const there = difference(a, b);
    const back = difference(b, a);
    expect(there.scale * back.scale).toBeCloseTo(1, 9);
    expect(there.tilt).toBeCloseTo(back.tilt, 9);
  });
});
