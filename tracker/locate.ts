import { at, type Core } from './core.ts';
import type { Database } from './database.ts';
import type { Homography } from './matrix.ts';
import { centre, type Quad, signedArea } from './region.ts';

/** Limits of one search. */
export const MOST_FEATURES = 1000;
const MOST_MATCHES = 2048;
/** Samples a side of a region that is only glanced at (core/glance.as.ts). */
const GLANCE_SAMPLES = 10;
const AFFINE_BYTES = 48;
const MOST_PLACES = 96;

export interface SearchTables {
  readonly pRecords: number;
  readonly pDescriptors: number;
  readonly pBest: number;
  readonly pMatches: number;
  readonly pOut: number;
}

export function searchTables(core: Core): SearchTables {
  return {
    pRecords: core.call.alloc((MOST_FEATURES + 8) * 24),
    pDescriptors: core.call.alloc((MOST_FEATURES + 8) * 128),
    pBest: core.call.alloc((MOST_FEATURES + 8) * 12),
    pMatches: core.call.alloc(MOST_MATCHES * 32),
    pOut: core.call.alloc(MOST_PLACES * 64),
  };
}

/** Features of the frame; shared by all anchors that are searched for in it. */
export function frameFeatures(core: Core, t: SearchTables, pFrame: number, most: number): number {
  return core.call.findFeatures(pFrame, 6, 16, 60, Math.min(most, MOST_FEATURES), t.pRecords, t.pDescriptors);
}

export interface Hypothesis {
  readonly pose: Homography;
  readonly votes: number;
  /** How alike the region and this place are at one coarse glance: 1 the same, 0 nothing in common, -1 not to be seen. */
  readonly likeness: number;
}

/** What is searched for: the described features of a region, and the picture it is part of. */
export interface Sought {
  readonly db: Database;
  readonly region: Quad;
  readonly pSource: number;
}

/** Affine guesses where the anchor could be, the one with most votes first. */
export function guess(core: Core, t: SearchTables, features: number, pFrame: number, sought: Sought): Hypothesis[] {
  const { db, region } = sought;
  core.call.matchFeatures(features, t.pRecords, t.pDescriptors, db.pPlaces, db.pDescriptors, db.pRanges, 12, t.pBest);
  const { f32 } = core;
  let n = 0;
  for (let i = 0; i < features && n < MOST_MATCHES; i++) {
    const index = at(f32, t.pBest / 4 + i * 3);
    const best = at(f32, t.pBest / 4 + i * 3 + 1);
    const second = Math.max(0, at(f32, t.pBest / 4 + i * 3 + 2));
    if (index < 0 || best < 0.8) continue;
    const ratio = Math.sqrt((1 - Math.min(1, best)) / Math.max(1e-6, 1 - Math.min(1, second)));
    const weight = Math.min(1, Math.max(0.1, (1.02 - ratio) * 3)) * Math.min(1, (best - 0.78) * 8);
    const m = t.pMatches / 4 + n * 8;
    const p = db.pPlaces / 4 + index * 4;
    const r = t.pRecords / 4 + i * 6;
    f32[m] = at(f32, p);
    f32[m + 1] = at(f32, p + 1);
    f32[m + 2] = at(f32, r);
    f32[m + 3] = at(f32, r + 1);
    f32[m + 4] = weight;
    f32[m + 5] = index;
    f32[m + 6] = i;
    n++;
  }
  const [cx, cy] = centre(region);
  const radius = Math.max(30, Math.sqrt(Math.abs(signedArea(region))) / 2);
  const found = core.call.hypothesise(n, t.pMatches, t.pRecords, db.pMaps, cx, cy, radius, MOST_PLACES, t.pOut);
  const { f64 } = core;
  const list: Hypothesis[] = [];
  for (let i = 0; i < found; i++) {
    const o = t.pOut / 8 + i * 8;
    const pose = [
      at(f64, o),
      at(f64, o + 1),
      at(f64, o + 2),
      at(f64, o + 3),
      at(f64, o + 4),
      at(f64, o + 5),
      0,
      0,
      1,
    ] as const;
    list.push({ pose, votes: at(f64, o + 6), likeness: glance(core, pFrame, sought, o * 8) });
  }
  return list.sort((a, b) => b.votes - a.votes);
}

type Looked = Pick<Sought, 'region' | 'pSource'>;

/** How alike the region and the place are to which an affine map takes it (see Hypothesis). */
export function glanceAt(core: Core, pFrame: number, looked: Looked, affine: Homography): number {
  const pMap = core.take(AFFINE_BYTES);
  core.f64.set(affine.slice(0, 6), pMap / 8);
  const likeness = glance(core, pFrame, looked, pMap);
  core.give(pMap, AFFINE_BYTES);
  return likeness;
}

/** Looks once at where the affine map at `pMap` puts the region. */
function glance(core: Core, pFrame: number, { region, pSource }: Looked, pMap: number): number {
  const [cx, cy] = centre(region);
  const [x0, y0, x1, y1, x2, y2, x3, y3] = region;
  const step = (a: number, b: number, c: number, d: number): number => (b - a + c - d) / (2 * GLANCE_SAMPLES);
  const across = [step(x0, x1, x2, x3), step(y0, y1, y2, y3)] as const;
  const down = [step(x0, x3, x2, x1), step(y0, y3, y2, y1)] as const;
  return core.call.glance(pSource, pFrame, pMap, cx, cy, ...across, ...down);
}
