import { Core } from './core.ts';
import { type Fit, Follower, type PointSet } from './follow.ts';
import { frameFeatures, guess, MOST_FEATURES, type SearchTables, searchTables } from './locate.ts';
import { type Homography, invert, multiply } from './matrix.ts';
import { choosePoints, LEVELS, POINT_FLOATS, SLOT_BYTES } from './points.ts';
import { plausible, type Quad, visibleShare } from './region.ts';
import { buildDatabase, type Database, type Scratch } from './views.ts';

export type TrackState = 'tracking' | 'uncertain' | 'lost' | 'ambiguous';

export interface TrackResult {
  readonly id: number;
  readonly state: TrackState;
  readonly pose: Homography | undefined;
  readonly confidence: number;
}

interface Anchor {
  readonly id: number;
  readonly set: PointSet;
  readonly db: Database;
  readonly region: Quad;
  pose: Homography | undefined;
  before: Homography | undefined;
}

export interface AnchorInput {
  readonly gray: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly region: Quad;
}

const MOST_POINTS = 80;
const RING_POINTS = 40;

export class Tracker {
  private readonly core: Core;
  private readonly width: number;
  private readonly height: number;
  private readonly pPrevious: number;
  private readonly pCurrent: number;
  private readonly follower: Follower;
  private readonly tables: SearchTables;
  private readonly scratch: Scratch;
  private readonly anchors: Anchor[] = [];
  private nextId = 1;
  private flip = false;
  debug: unknown = undefined;

  constructor(module: WebAssembly.Module, width: number, height: number) {
    this.core = new Core(module);
    const { call } = this.core;
    this.width = width;
    this.height = height;
    const w = Math.max(width, 640);
    const h = Math.max(height, 360);
    call.initFeatures(w, h);
    this.pPrevious = call.pyramid(width, height, 0);
    this.pCurrent = call.pyramid(width, height, 0);
    this.follower = new Follower(this.core, () => this.pFrame);
    this.tables = searchTables(this.core);
    this.scratch = {
      pView: call.pyramid(w, h, 0),
      width: w,
      height: h,
      pRecords: this.tables.pRecords,
      pDescriptors: this.tables.pDescriptors,
      most: MOST_FEATURES,
    };
  }

  private get pFrame(): number {
    return this.flip ? this.pCurrent : this.pPrevious;
  }

  addAnchor(a: AnchorInput): { ok: boolean; id: number; points: number; features: number } {
    const { core } = this;
    const pSource = core.call.pyramid(a.width, a.height, 0);
    core.upload(pSource, a.gray, a.width, a.height);
    const pSlots = core.call.alloc((MOST_POINTS + RING_POINTS) * LEVELS * SLOT_BYTES);
    const pPoints = core.call.alloc((MOST_POINTS + RING_POINTS) * POINT_FLOATS * 4);
    const places = choosePoints(core, pSlots, pSource, a.width, a.height, a.region, {
      most: MOST_POINTS,
      around: RING_POINTS,
      margin: 0.25,
    });
    const { f32 } = core;
    places.forEach((p, i) => {
      f32.set([p.x, p.y, p.inside ? 1 : 0.5, i, 0, 0, 0, 0], pPoints / 4 + i * POINT_FLOATS);
    });
    const set: PointSet = { pSource, pPoints, pSlots, count: places.length, region: a.region };
    const db = buildDatabase(core, this.scratch, pSource, a.region, 1.3);
    const id = this.nextId++;
    this.anchors.push({ id, set, db, region: a.region, pose: undefined, before: undefined });
    return { ok: true, id, points: places.length, features: db.count };
  }

  process(gray: Uint8Array, _tMs: number): TrackResult[] {
    if (this.anchors.length === 0) return [];
    this.flip = !this.flip;
    this.core.upload(this.pFrame, gray, this.width, this.height);
    let features = -1;
    const out: TrackResult[] = [];
    for (const a of this.anchors) {
      let fit: Fit | undefined;
      if (a.pose) {
        fit = this.followAnchor(a, a.pose);
      }
      if (!fit) {
        if (features < 0) features = frameFeatures(this.core, this.tables, this.pFrame);
        fit = this.search(a, features);
        a.before = undefined;
      } else a.before = a.pose;
      a.pose = fit?.pose;
      out.push(this.report(a, fit));
    }
    return out;
  }

  private followAnchor(a: Anchor, pose: Homography): Fit | undefined {
    const back = a.before && invert(a.before);
    const predicted = back ? multiply(multiply(pose, back), pose) : pose;
    const start = plausible(predicted, a.region) ? predicted : pose;
    const first = this.follower.near(a.set, start);
    if (first && accepted(first, 0.25)) return first;
    const second = this.follower.far(a.set, pose, 8);
    if (second && accepted(second, 0.25)) return second;
    return undefined;
  }

  private search(a: Anchor, features: number): Fit | undefined {
    const list = guess(this.core, this.tables, features, a.db, a.region);
    let best: Fit | undefined;
    for (const h of list) {
      if (!plausible(h.pose, a.region)) continue;
      let fit = this.follower.far(a.set, h.pose);
      if (!fit) continue;
      fit = this.follower.near(a.set, fit.pose);
      if (!fit || !accepted(fit, 0.4)) continue;
      if (!best || fit.step.weightIn > best.step.weightIn) best = fit;
    }
    this.debug = { features, list, best };
    return best;
  }

  private report(a: Anchor, fit: Fit | undefined): TrackResult {
    if (!fit || visibleShare(fit.pose, a.region, this.width, this.height) < 0.04)
      return { id: a.id, state: 'lost', pose: undefined, confidence: 0 };
    return { id: a.id, state: 'tracking', pose: fit.pose, confidence: fit.step.meanZ };
  }

  dispose(): void {
    this.anchors.length = 0;
  }
}

function accepted(f: Fit, share: number): boolean {
  const { inliers, seen } = f.step;
  return inliers >= 10 && inliers >= share * seen;
}
