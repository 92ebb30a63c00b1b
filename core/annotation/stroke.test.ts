import { describe, expect, it } from 'vitest';
import { annotationLimits } from '#contract/annotation/limits.ts';
import { framePoint } from '../geometry/points.ts';
import { outlineOf } from './outline.ts';
import { distancePx, simplify, simplifyTo } from './simplify.ts';
import { apartPx, closeStroke, extendStroke, openStroke, placeBatch } from './stroke.ts';

const picture = { width: 1280, height: 720 };

/** A curl of many points, as a hand draws one. */
const curl = (many: number, seed = 1) =>
  Array.from({ length: many }, (_, i) => {
    const turn = (i / many) * 4 * Math.PI + seed;
    const radius = 0.1 + 0.2 * (i / many);
    return framePoint(0.5 + radius * Math.cos(turn), 0.5 + radius * Math.sin(turn * 1.3));
  });

describe('simplify', () => {
  it('leaves no point further from the line than it may', () => {
    for (const tolerance of [0.3, 0.6, 2, 10]) {
      for (const seed of [1, 2, 3]) {
        const points = curl(900, seed);
        const kept = simplify(points, picture, tolerance);
        expect(kept.length).toBeLessThan(points.length / 4);
        expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
        const indexes = kept.map((at) => points.indexOf(at));
        points.forEach((at, i) => {
          const after = indexes.findIndex((index) => index >= i);
          const [from, to] = [kept[Math.max(0, after - 1)]!, kept[after]!];
          expect(distancePx(at, from, to, picture)).toBeLessThanOrEqual(tolerance + 1e-9);
        });
      }
    }
  });

  it('keeps a straight line as its two ends, and a point as itself', () => {
    const line = Array.from({ length: 500 }, (_, i) => framePoint(i / 499, i / 998));
    expect(simplify(line, picture, 0.6)).toHaveLength(2);
    expect(simplify([framePoint(0.2, 0.2)], picture, 0.6)).toHaveLength(1);
    expect(simplify([], picture, 0.6)).toHaveLength(0);
  });

  it('never gives more points than are allowed, however wild the line', () => {
    const wild = Array.from({ length: 20_000 }, (_, i) => framePoint((i * 0.618) % 1, (i * 0.414) % 1));
    const kept = simplifyTo(wild, picture, 0.5, 2_000);
    expect(kept.length).toBeLessThanOrEqual(2_000);
    expect(kept[0]).toEqual(wild[0]);
  });
});

describe('stroke', () => {
  it('takes the points of coalesced events and leaves out those of a resting hand', () => {
    let stroke = openStroke(framePoint(0.5, 0.5));
    stroke = extendStroke(stroke, [framePoint(0.5001, 0.5), framePoint(0.52, 0.5), framePoint(0.54, 0.5)], picture);
    expect(stroke.points).toHaveLength(3);
    expect(extendStroke(stroke, [framePoint(0.54, 0.5)], picture)).toBe(stroke);
  });

  it('ends at its limit', () => {
    let stroke = openStroke(framePoint(0, 0));
    const more = Array.from({ length: 3_000 }, (_, i) => framePoint((i % 50) / 50 + 0.01, (i % 7) / 7));
    stroke = extendStroke(stroke, more, picture);
    expect(stroke.full).toBe(true);
    expect(stroke.points).toHaveLength(annotationLimits.pointsPerDrawing);
    expect(extendStroke(stroke, more, picture)).toBe(stroke);
    expect(closeStroke(stroke, picture).length).toBeLessThanOrEqual(annotationLimits.pointsPerDrawing);
  });

  it('is the same whatever order its batches come in, and whichever is lost after another repeats it', () => {
    const points = curl(60);
    const batches = [0, 10, 20, 30, 40, 50].map((from) => ({ from, points: points.slice(from, from + 10) }));
    const inOrder = batches.reduce<readonly (typeof points)[0][]>((sum, b) => placeBatch(sum, b.from, b.points), []);
    expect(inOrder).toEqual(points);
    const swapped = [batches[0]!, batches[2]!, batches[1]!, batches[5]!, batches[3]!, batches[4]!].reduce<
      readonly (typeof points)[0][]
    >((sum, b) => placeBatch(sum, b.from, b.points), []);
    expect(swapped).toEqual(points);
  });

  it('bridges a lost batch with a line, and refuses to grow over the limit', () => {
    const points = curl(30);
    const holed = placeBatch(placeBatch([], 0, points.slice(0, 10)), 20, points.slice(20));
    expect(holed).toHaveLength(30);
    expect(distancePx(holed[14]!, points[9]!, points[20]!, picture)).toBeLessThan(1);
    expect(placeBatch(points, 2_000, points)).toBe(points);
    expect(placeBatch(points, 1_995, points)).toHaveLength(2_000);
  });
});

describe('outline', () => {
  it('is cut into short pieces through every point', () => {
    const places = outlineOf({ tool: 'rectangle', from: framePoint(0.2, 0.2), to: framePoint(0.8, 0.6) }, picture);
    places.forEach((at, i) => {
      if (i > 0) expect(apartPx(places[i - 1]!, at, picture)).toBeLessThan(28.5);
    });
    expect(places[0]).toEqual(places.at(-1));
    expect(places).toContainEqual(framePoint(0.8, 0.2));
  });

  it('has a bound, also for the longest stroke', () => {
    const wild = Array.from({ length: 2_000 }, (_, i) => framePoint(i % 2, (i % 3) / 2));
    expect(outlineOf({ tool: 'pen', points: wild }, picture).length).toBeLessThan(4_500);
  });

  it('goes once around an ellipse, within its box', () => {
    const places = outlineOf({ tool: 'ellipse', from: framePoint(0.6, 0.7), to: framePoint(0.2, 0.1) }, picture);
    const xs = places.map(([x]) => x);
    expect(Math.min(...xs)).toBeCloseTo(0.2, 3);
    expect(Math.max(...xs)).toBeCloseTo(0.6, 3);
  });
});
