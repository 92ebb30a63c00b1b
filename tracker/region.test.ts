import { describe, expect, test } from 'vitest';
import { contains, grown, mapped, plausible, type Quad, rectangle, signedArea, visibleShare } from './region.ts';

const BOX: Quad = rectangle({ x0: 100, y0: 50, x1: 200, y1: 150 });
const TILTED: Quad = [120, 40, 220, 60, 190, 170, 90, 140];

describe('regions', () => {
  test('growing scales the area by the square and keeps the middle', () => {
    for (const f of [0.5, 1.3, 3]) {
      expect(signedArea(grown(TILTED, f)) / signedArea(TILTED)).toBeCloseTo(f * f, 9);
      expect(contains(grown(TILTED, f), 155, 102.5)).toBe(true);
    }
  });

  test('a point inside stays inside under any map that keeps the region whole', () => {
    const h = [0.9, -0.3, 40, 0.25, 1.1, -20, 3e-4, -2e-4, 1] as const;
    expect(plausible(h, TILTED)).toBe(true);
    for (let i = 0; i < 100; i++) {
      const [x, y] = [90 + (i % 10) * 14, 40 + Math.floor(i / 10) * 14];
      const w = h[6] * x + h[7] * y + h[8];
      const [u, v] = [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
      expect(contains(mapped(h, TILTED), u, v)).toBe(contains(TILTED, x, y));
    }
  });

  test('the sense of the corners does not matter', () => {
    const [a, b, c, d, e, f, g, h] = TILTED;
    expect(contains([g, h, e, f, c, d, a, b], 150, 100)).toBe(true);
    expect(contains([g, h, e, f, c, d, a, b], 10, 100)).toBe(false);
  });

  test('mirrored, folded, behind the camera or absurdly small is not plausible', () => {
    expect(plausible([1, 0, 0, 0, 1, 0, 0, 0, 1], BOX)).toBe(true);
    expect(plausible([-1, 0, 300, 0, 1, 0, 0, 0, 1], BOX)).toBe(false);
    expect(plausible([1, 0, 0, 0, 1, 0, -0.006, 0, 1], BOX)).toBe(false);
    expect(plausible([0.05, 0, 0, 0, 0.05, 0, 0, 0, 1], BOX)).toBe(false);
    expect(plausible([Number.NaN, 0, 0, 0, 1, 0, 0, 0, 1], BOX)).toBe(false);
  });

  test('the visible share falls to half at the edge and to nothing outside', () => {
    const at = (x: number) => visibleShare([1, 0, x, 0, 1, 0, 0, 0, 1], BOX, 640, 360);
    expect(at(0)).toBe(1);
    expect(at(-150)).toBe(0.5);
    expect(at(-201)).toBe(0);
    expect(at(600)).toBe(0);
  });
});
