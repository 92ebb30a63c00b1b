import type { Layer } from './anchor.ts';
import { at, type Core } from './core.ts';
import type { Fit, Follower, PointSet } from './follow.ts';
import { apply, type Homography } from './matrix.ts';
import { POINT_FLOATS } from './points.ts';
import { bounds } from './region.ts';

interface Seed {
  readonly pose: Homography;
  /** Residual per point, px; Infinity where the patch was not found. */
  readonly residuals: readonly number[];
}

/** A patch belongs to a plane when it lies this close to where the plane puts it, frame px. */
const ON_PLANE = 1.3;
/** ... and certainly does not when it lies that far off. */
const OFF_PLANE = 2.2;
/** Planes are areas: more than this share of patches amid the other plane's means that it is noise and not a plane. */
const MOST_ODD = 0.12;
/** A second plane has to explain that many more patches, and that share of all. */
const LEAST_GAIN = 10;
const LEAST_SHARE = 0.12;

/** Room for subsets of an anchor's points. */
export class Planes {
  private readonly core: Core;
  private readonly follower: Follower;
  private readonly pSubset: number;
  private readonly pAll: number;

  constructor(core: Core, follower: Follower, most: number) {
    this.core = core;
    this.follower = follower;
    this.pSubset = core.call.alloc(most * POINT_FLOATS * 4);
    this.pAll = core.call.alloc(most * POINT_FLOATS * 4);
  }

  /** Tries whether two planes explain a set's patches better than one. Returns the point indices and poses of both, or undefined. */
  split(set: PointSet, fit: Fit): { poses: readonly [Homography, Homography]; labels: number[] } | undefined {
    const seeds = this.seeds(set, fit);
    const single = this.residuals(set, fit.pose);
    const alone = Math.max(...[single, ...seeds.map((s) => s.residuals)].map(explained));
    let best: { a: Seed; b: Seed; n: number } | undefined;
    for (const [i, a] of seeds.entries()) {
      for (const b of seeds.slice(i + 1)) {
        const n = a.residuals.filter((r, k) => Math.min(r, b.residuals[k] ?? Infinity) < ON_PLANE).length;
        if (!best || n > best.n) best = { a, b, n };
      }
    }
    if (!best || best.n < alone + Math.max(LEAST_GAIN, LEAST_SHARE * set.count)) return undefined;
    const clear = distinct(best.a, best.b);
    if (Math.min(count(clear, -1), count(clear, 1)) < LEAST_GAIN) return undefined;
    const { f32 } = this.core;
    const vote = clear.map((_, i) => agreeing(f32, set.pPoints / 4, clear, i));
    const odd = clear.filter((c, i) => c !== 0 && c * (vote[i] ?? 0) < 0).length;
    if (odd > MOST_ODD * (count(clear, -1) + count(clear, 1))) return undefined;
    const labels = vote.map((v) => (v <= 0 ? 0 : 1));
    const ones = count(labels, 1);
    if (ones < LEAST_GAIN || labels.length - ones < LEAST_GAIN) return undefined;
    return { poses: [best.a.pose, best.b.pose], labels };
  }

  /** Poses grown from six places of the region outwards. */
  private seeds(set: PointSet, fit: Fit): Seed[] {
    const box = bounds(set.region);
    const seeds: Seed[] = [];
    for (const [u, v] of [
      [0.12, 0.3],
      [0.12, 0.7],
      [0.5, 0.15],
      [0.5, 0.85],
      [0.88, 0.3],
      [0.88, 0.7],
    ] as const) {
      const local = this.nearest(set, box.x0 + u * (box.x1 - box.x0), box.y0 + v * (box.y1 - box.y0), 16);
      const level = this.follower.fineLevel(set, fit.pose);
      const k = 2 ** level;
      const coarse = {
        level: level + 1,
        reach: 6,
        freedom: 6,
        zMin: 0.6,
        cutFirst: 10 * k,
        cut: 3 * k,
        loose: 0.05,
      } as const;
      const fine = { level, reach: 4, freedom: 8, zMin: 0.6, cutFirst: 4 * k, cut: 1.5 * k, loose: 0.02 } as const;
      const far = this.follower.step(local, fit.pose, {
        ...coarse,
        level: level + 2,
        freedom: 2,
        cutFirst: 30 * k,
        cut: 12 * k,
      });
      const begin = far.step.inliers >= 8 ? far.pose : fit.pose;
      const a = this.follower.step(local, begin, coarse);
      if (a.step.inliers < 8) continue;
      const b = this.follower.step(local, a.pose, { ...fine, freedom: 6 });
      if (b.step.inliers < 8) continue;
      const c = this.follower.step(this.copy(set), b.pose, { ...fine, cutFirst: 2 * k });
      if (c.step.inliers < 10) continue;
      seeds.push({ pose: c.pose, residuals: this.residuals(set, c.pose) });
    }
    return seeds;
  }

  /** How far each patch of the set lies from where the pose puts it. */
  private residuals(set: PointSet, pose: Homography): number[] {
    const { core } = this;
    const k = 2 ** this.follower.fineLevel(set, pose);
    const all = this.copy(set);
    this.follower.step(all, pose, {
      level: this.follower.fineLevel(set, pose),
      reach: 4,
      freedom: 2,
      zMin: 2,
      cutFirst: k,
      cut: k,
      loose: 0,
    });
    const { f32 } = core;
    const answer = core.call.answerTable() / 4;
    return Array.from({ length: set.count }, (_, i) => {
      const p = all.pPoints / 4 + i * POINT_FLOATS;
      if (at(f32, p + 6) < 0 || at(f32, answer + i * 8 + 2) < 0.6) return Infinity;
      const [x, y] = apply(pose, at(f32, p), at(f32, p + 1));
      return Math.hypot(at(f32, answer + i * 8) - x, at(f32, answer + i * 8 + 1) - y);
    });
  }

  private copy(set: PointSet): PointSet {
    const { f32 } = this.core;
    const from = set.pPoints / 4;
    f32.copyWithin(this.pAll / 4, from, from + set.count * POINT_FLOATS);
    return { ...set, pPoints: this.pAll };
  }

  private nearest(set: PointSet, x: number, y: number, n: number): PointSet {
    const { f32 } = this.core;
    const from = set.pPoints / 4;
    const order = Array.from({ length: set.count }, (_, i) => ({
      i,
      d: Math.hypot(at(f32, from + i * POINT_FLOATS) - x, at(f32, from + i * POINT_FLOATS + 1) - y),
    })).sort((a, b) => a.d - b.d);
    const taken = order.slice(0, n);
    taken.forEach(({ i }, k) => {
      const p = from + i * POINT_FLOATS;
      f32.copyWithin(this.pSubset / 4 + k * POINT_FLOATS, p, p + POINT_FLOATS);
    });
    return { ...set, pPoints: this.pSubset, count: taken.length };
  }
}

/** -1: the patch lies on plane a and clearly not on b; 1: the other way round; 0: cannot tell. */
function distinct(a: Seed, b: Seed): number[] {
  return a.residuals.map((r, i) => {
    const q = b.residuals[i] ?? Number.POSITIVE_INFINITY;
    if (r < ON_PLANE && q > OFF_PLANE) return -1;
    return q < ON_PLANE && r > OFF_PLANE ? 1 : 0;
  });
}

const count = (list: readonly number[], value: number): number => list.filter((v) => v === value).length;

/** Signed vote of the clear points around point i. */
function agreeing(f32: Float32Array, from: number, clear: readonly number[], i: number): number {
  const x = at(f32, from + i * POINT_FLOATS);
  const y = at(f32, from + i * POINT_FLOATS + 1);
  return clear.reduce((sum, c, k) => {
    if (c === 0 || k === i) return sum;
    const d = Math.hypot(at(f32, from + k * POINT_FLOATS) - x, at(f32, from + k * POINT_FLOATS + 1) - y);
    return sum + c / (20 + d * d);
  }, 0);
}

const explained = (residuals: readonly number[]): number => residuals.filter((r) => r < ON_PLANE).length;

/** Decides for anchor positions which of the planes they lie on. Two planes that meet in an edge are told apart by the edge (there, and only
 *  there, both poses agree); others by the nearest patches. */
export function sorter(core: Core, layers: readonly Layer[]): (x: number, y: number) => Homography | undefined {
  const [a, b] = layers;
  if (!a || !b) return () => a?.pose;
  const edge = layers.length === 2 ? sideOfEdge(core, a, b) : undefined;
  if (edge) return (x, y) => (edge(x, y) > 0 ? b.pose : a.pose);
  return (x, y) => nearestLayer(core, layers, x, y)?.pose;
}

const LEAST_TRUST = 0.6;
const LEAST_SORTED = 0.93;

/** A function whose sign tells plane b (positive) from plane a, when nearly all patches agree with it. */
function sideOfEdge(core: Core, a: Layer, b: Layer): ((x: number, y: number) => number) | undefined {
  const { f32 } = core;
  const trusted = [a, b].flatMap((layer, label) =>
    Array.from({ length: layer.set.count }, (_, i) => layer.set.pPoints / 4 + i * POINT_FLOATS)
      .filter((p) => at(f32, p + 7) > LEAST_TRUST)
      .map((p) => ({ label, ...parting(a, b, at(f32, p), at(f32, p + 1)) })),
  );
  // direction in which the planes part, pointing to where plane b's patches are
  let nx = 0;
  let ny = 0;
  for (const t of trusted) {
    const sign = t.label === 1 ? 1 : -1;
    nx += sign * t.dx;
    ny += sign * t.dy;
  }
  const right = trusted.filter((t) => t.dx * nx + t.dy * ny > 0 === (t.label === 1)).length;
  if (trusted.length < 10 || right < LEAST_SORTED * trusted.length) return undefined;
  return (x, y) => {
    const { dx, dy } = parting(a, b, x, y);
    return dx * nx + dy * ny;
  };
}

/** From where plane a puts an anchor position to where plane b puts it, frame px. */
function parting(a: Layer, b: Layer, x: number, y: number): { dx: number; dy: number } {
  const [ax, ay] = apply(a.pose, x, y);
  const [bx, by] = apply(b.pose, x, y);
  return { dx: bx - ax, dy: by - ay };
}

/** The nearest points vote, each as far as it has proved right. */
function nearestLayer(core: Core, layers: readonly Layer[], x: number, y: number): Layer | undefined {
  const { f32 } = core;
  let best: Layer | undefined;
  let most = 0;
  for (const layer of layers) {
    let sum = 0;
    for (let i = 0; i < layer.set.count; i++) {
      const p = layer.set.pPoints / 4 + i * POINT_FLOATS;
      const d = (at(f32, p) - x) ** 2 + (at(f32, p + 1) - y) ** 2;
      sum += at(f32, p + 7) ** 2 / (9 + d * d * 0.01);
    }
    if (sum > most) {
      most = sum;
      best = layer;
    }
  }
  return best;
}
