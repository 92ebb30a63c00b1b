import { describe, expect, test } from 'vitest';
import { apply, areaScale, type Homography, IDENTITY, invert, multiply } from './matrix.ts';

/** Deterministic numbers in -1..1. */
function numbers(seed: number): () => number {
  let s = seed;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2147483648 - 1;
  };
}

/** A homography like a camera's: turned, scaled 0.3 to 3, tilted. */
function random(seed: number): Homography {
  const n = numbers(seed * 7919 + 1);
  const [angle, scale] = [n() * Math.PI, 3 ** n()];
  const [c, s] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  return [c, -s * (1 + 0.2 * n()), 300 * n(), s, c * (1 + 0.2 * n()), 200 * n(), n() * 4e-4, n() * 4e-4, 1];
}
const SEEDS = Array.from({ length: 60 }, (_, i) => i);

describe('homographies', () => {
  test('the inverse takes every point back', () => {
    for (const seed of SEEDS) {
      const h = random(seed);
      const back = invert(h);
      expect(back).toBeDefined();
      if (!back) continue;
      const [x, y] = apply(back, ...apply(h, 123, 87));
      expect(x).toBeCloseTo(123, 6);
      expect(y).toBeCloseTo(87, 6);
    }
  });

  test('a product is one map after the other, and products associate', () => {
    for (const seed of SEEDS) {
      const [a, b, c] = [random(seed), random(seed + 100), random(seed + 200)];
      const [x, y] = apply(multiply(a, b), 40, 60);
      const [u, v] = apply(a, ...apply(b, 40, 60));
      expect(Math.hypot(x - u, y - v)).toBeLessThan(1e-6 * (1 + Math.hypot(u, v)));
      const [p, q] = apply(multiply(multiply(a, b), c), 5, 9);
      const [r, s] = apply(multiply(a, multiply(b, c)), 5, 9);
      expect(Math.hypot(p - r, q - s)).toBeLessThan(1e-6 * (1 + Math.hypot(r, s)));
    }
  });

  test('the area scale is the limit of small triangles', () => {
    for (const seed of SEEDS) {
      const h = random(seed);
      const d = 1e-4;
      const [ax, ay] = apply(h, 50, 70);
      const [bx, by] = apply(h, 50 + d, 70);
      const [cx, cy] = apply(h, 50, 70 + d);
      const area = ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / (d * d);
      expect(areaScale(h, 50, 70) / area).toBeCloseTo(1, 3);
    }
  });

  test('what has no inverse says so', () => {
    expect(invert([1, 2, 3, 2, 4, 6, 0, 0, 1])).toBeUndefined();
    expect(invert(IDENTITY)).toEqual(IDENTITY);
  });
});
