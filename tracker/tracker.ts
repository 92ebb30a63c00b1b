import { Core } from './core.ts';
import { apart, type Fit, Flow, Follower, type PointSet } from './follow.ts';
import { frameFeatures, guess, MOST_FEATURES, type SearchTables, searchTables } from './locate.ts';
import { type Homography, IDENTITY, invert, multiply } from './matrix.ts';
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
  /** Frames since the pose was last well supported. */
  weak: number;
  /** The pose, or the one it was carried on from, was certain. */
  proven: boolean;
}

export interface AnchorInput {
  readonly gray: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly region: Quad;
}

const MOST_POINTS = 80;
const RING_POINTS = 40;
/** Frames for which a pose is carried on by Lucas-Kanade alone (0.3 s at 30 frames/s). */
const MOST_DOUBT = 10;
/** Support (see `support`) that is enough while following, and the least that is followed at all. */
const STRONG = 0.75;
const WEAK = 0.5;
/** Distance from the expected place, frame px, beyond which a fit is compared with what Lucas-Kanade says. */
const MOST_JUMP = 25;

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
  private features = -1;
  private readonly flow: Flow;
  debug: unknown = undefined;
  note = '';

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
    this.flow = new Flow(this.core, this.follower, MOST_POINTS);
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
    this.anchors.push({ id, set, db, region: a.region, pose: undefined, before: undefined, weak: 0, proven: false });
    return { ok: true, id, points: places.length, features: db.count };
  }

  process(gray: Uint8Array, _tMs: number): TrackResult[] {
    if (this.anchors.length === 0) return [];
    this.flip = !this.flip;
    this.core.upload(this.pFrame, gray, this.width, this.height);
    this.features = -1;
    return this.anchors.map((a) => this.follow(a));
  }

  private follow(a: Anchor): TrackResult {
    let fit = a.pose && this.carried(a, a.pose);
    const weak = !fit || fit.score < STRONG;
    a.weak = weak ? a.weak + 1 : 0;
    const found = fit && a.weak <= MOST_DOUBT / 2 ? undefined : this.search(a);
    {
      if (found && (!fit || found.score > fit.score + 0.1)) {
        fit = found;
        a.proven = found.score >= (found.level > this.follower.fineLevel(a.set, found.pose) ? 1.15 : 1);
        a.before = undefined;
        a.weak = 0;
      }
    }
    if (a.weak > MOST_DOUBT) a.proven = false;
    if (a.weak > 3 * MOST_DOUBT) fit = undefined;
    if (fit && fit !== found && fit.score >= 1) a.proven = true;
    if (!fit) {
      a.proven = false;
      a.before = undefined;
    }
    a.pose = fit?.pose;
    const q = fit?.step;
    const state: TrackState = !fit || !a.proven ? 'lost' : fit.score < 0.5 ? 'uncertain' : 'tracking';
    this.note = q
      ? `${state} ${this.features >= 0 ? 'SEARCH ' : ''}L${fit?.level} seen ${q.seen} good ${q.good} in ${q.inliers} z ${q.meanZ.toFixed(2)} zIn ${q.inlierZ.toFixed(2)} rms ${q.rms.toFixed(2)} score ${fit?.score.toFixed(2)} weak ${a.weak} vis ${visibleShare(fit?.pose ?? IDENTITY, a.region, this.width, this.height).toFixed(2)}`
      : this.note.startsWith('-')
        ? this.note
        : '-';
    return this.report(a, fit, state);
  }

  /** The pose in this frame from the one in the last: by the anchor's own patches, else by Lucas-Kanade from the last frame. */
  private carried(a: Anchor, from: Homography): Fit | undefined {
    const back = a.before && invert(a.before);
    const ahead = back ? multiply(multiply(from, back), from) : from;
    const start = plausible(ahead, a.region) ? ahead : from;
    a.before = from;
    let best = this.follower.near(a.set, start);
    if (best && best.score >= STRONG && apart(best.pose, start, a.region) < MOST_JUMP) return best;
    const flow = this.flow.run(a.set, from, this.flip ? this.pPrevious : this.pCurrent, this.width, this.height);
    for (const fit of [flow && this.follower.near(a.set, flow.pose), this.follower.far(a.set, flow?.pose ?? from)]) {
      if (fit && (!best || fit.score > best.score)) best = fit;
    }
    if (best && best.score >= WEAK) return best;
    // nothing of the anchor is recognised: carried on blindly for a moment
    if (flow && flow.step.inliers >= 0.6 * flow.step.seen && flow.step.inliers >= 12 && a.weak < MOST_DOUBT) {
      return { ...flow, score: 0 };
    }
    return undefined;
  }

  private search(a: Anchor): Fit | undefined {
    if (this.features < 0) this.features = frameFeatures(this.core, this.tables, this.pFrame);
    const list = guess(this.core, this.tables, this.features, a.db, a.region);
    let best: Fit | undefined;
    let most = 0;
    const strongest = list[0]?.votes ?? 0;
    for (const h of list) {
      if (h.votes < 0.3 * strongest || !plausible(h.pose, a.region)) continue;
      let fit = this.follower.far(a.set, h.pose);
      if (!fit) continue;
      fit = this.follower.near(a.set, fit.pose);
      if (!fit) continue;
      if (fit.score < (h.votes > 20 ? 0.6 : 0.75) || fit.score <= most) continue;
      best = fit;
      most = fit.score;
    }
    this.debug = { features: this.features, list, best };
    this.note = `-- ${list.map((h) => h.votes.toFixed(1)).join(' ')}`;
    return best;
  }

  private report(a: Anchor, fit: Fit | undefined, state: TrackState): TrackResult {
    if (!fit || visibleShare(fit.pose, a.region, this.width, this.height) < 0.04)
      return { id: a.id, state: 'lost', pose: undefined, confidence: 0 };
    if (state === 'lost') return { id: a.id, state, pose: undefined, confidence: 0 };
    return { id: a.id, state, pose: fit.pose, confidence: fit.step.meanZ };
  }

  dispose(): void {
    this.anchors.length = 0;
  }
}
