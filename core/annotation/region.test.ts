import { describe, expect, it } from 'vitest';
import { framePoint, screenPoint } from '../geometry/points.ts';
import { drawingAt } from './hit.ts';
import { groupByRegion, nextMark, regionOf, regionOnTheWay } from './region.ts';

const picture = { width: 1280, height: 720 };
const at = framePoint(0.5, 0.5);

describe('the region of a drawing', () => {
  it('has its surroundings, is never tiny, and lies within the picture', () => {
    for (let i = 0; i < 500; i++) {
      const places = [0, 1, 2].map((k) => framePoint(((i * 37 + k * 11) % 100) / 100, ((i * 53 + k * 29) % 100) / 100));
      const { left, top, right, bottom } = regionOf(places, picture);
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(Math.max(right, bottom)).toBeLessThanOrEqual(1 + 1e-12);
      expect((right - left) * picture.width).toBeGreaterThanOrEqual(0.18 * 1280 - 1e-6);
      expect((bottom - top) * picture.height).toBeGreaterThanOrEqual(0.18 * 1280 - 1e-6);
      for (const [x, y] of places) {
        expect(x).toBeGreaterThanOrEqual(left - 1e-9);
        expect(x).toBeLessThanOrEqual(right + 1e-9);
        expect(y).toBeGreaterThanOrEqual(top - 1e-9);
        expect(y).toBeLessThanOrEqual(bottom + 1e-9);
      }
    }
  });

  it('widens up to the whole picture', () => {
    const narrow = regionOf([at], picture);
    const wide = regionOf([at], picture, 2);
    expect(wide.right - wide.left).toBeCloseTo(2 * (narrow.right - narrow.left), 9);
    expect(regionOf([at], picture, 20)).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
    expect(regionOnTheWay(at, picture).right).toBeGreaterThan(wide.right);
  });
});

describe('groups', () => {
  const box = (left: number, right: number) => ({ left, top: 0, right, bottom: 1 });
  it('take in what overlaps, also by way of a third', () => {
    const groups = groupByRegion([
      { item: 'a', region: box(0, 0.2) },
      { item: 'b', region: box(0.5, 0.7) },
      { item: 'c', region: box(0.8, 0.9) },
      { item: 'd', region: box(0.15, 0.55) },
    ]);
    expect(groups.map(({ items }) => items.join(''))).toEqual(['c', 'abd']);
    expect(groups[1]?.region).toEqual(box(0, 0.7));
  });
});

describe('marks', () => {
  it('count on from the highest', () => {
    expect(nextMark([])).toBe(1);
    expect(
      nextMark([
        { tool: 'mark', at, number: 4 },
        { tool: 'mark', at, number: 2 },
      ]),
    ).toBe(5);
    expect(nextMark([{ tool: 'mark', at, number: 999 }])).toBe(999);
  });
});

describe('what is under the finger', () => {
  const line = { id: 'line', points: [screenPoint(0, 0), screenPoint(100, 0)], around: 0 };
  const mark = { id: 'mark', points: [screenPoint(50, 60)], around: 16 };
  it('is the nearest within reach, the newest of several', () => {
    expect(drawingAt(screenPoint(40, 10), [line, mark], 24)).toBe('line');
    expect(drawingAt(screenPoint(50, 40), [line, mark], 24)).toBe('mark');
    expect(drawingAt(screenPoint(50, 30), [line], 24)).toBeNull();
    expect(drawingAt(screenPoint(50, 0), [line, { ...line, id: 'newer' }], 24)).toBe('newer');
  });
});
