import { type Anchor, type AnchorInput, divide, type Layer, makeAnchor, MOST_POINTS, RING_POINTS } from './anchor.ts';
import { Core } from './core.ts';
import { apart, type Fit, Flow, Follower } from './follow.ts';
import { frameFeatures, MOST_FEATURES, type SearchTables, searchTables } from './locate.ts';
import { apply, type Homography, IDENTITY, invert, multiply } from './matrix.ts';
import { Planes, sorter } from './planes.ts';
import { plausible, visibleShare } from './region.ts';
import { choose, identity, learnTwins, places, type SearchContext } from './search.ts';
import type { Scratch } from './views.ts';

export type TrackState = 'tracking' | 'uncertain' | 'lost' | 'ambiguous';

export interface TrackResult {
  readonly id: number;
  readonly state: TrackState;
  readonly pose: Homography | undefined;
  readonly confidence: number;
  readonly map: (x: number, y: number) => readonly [number, number];
}

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
  private pInstead = 0;
  private frame = 0;
  private readonly planes: Planes;
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
    this.planes = new Planes(this.core, this.follower, MOST_POINTS + RING_POINTS);
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
    if (this.pInstead) return this.pInstead;
    return this.flip ? this.pCurrent : this.pPrevious;
  }

  private get context(): SearchContext {
    return { core: this.core, follower: this.follower, tables: this.tables, width: this.width, height: this.height };
  }

  addAnchor(input: AnchorInput): { ok: boolean; id: number; points: number; features: number } {
    const a = makeAnchor(this.core, this.scratch, this.nextId++, input);
    this.anchors.push(a);
    // look-alikes that the anchor picture itself shows
    if (input.width === this.width && input.height === this.height) {
      this.pInstead = a.set.pSource;
      learnTwins(a, IDENTITY, places(this.context, a, frameFeatures(this.core, this.tables, this.pFrame)));
      this.pInstead = 0;
    }
    return { ok: true, id: a.id, points: a.set.count, features: a.db.count };
  }

  process(gray: Uint8Array, _tMs: number): TrackResult[] {
    if (this.anchors.length === 0) return [];
    this.flip = !this.flip;
    this.frame++;
    this.core.upload(this.pFrame, gray, this.width, this.height);
    this.features = -1;
    return this.anchors.map((a) => this.follow(a));
  }

  private follow(a: Anchor): TrackResult {
    const from = a.pose;
    let fit = from && this.carried(a, from);
    a.weak = !fit || fit.score < STRONG ? a.weak + 1 : 0;
    const found = fit && a.weak <= MOST_DOUBT / 2 ? undefined : this.search(a);
    if (found && (!fit || found.fit.score > fit.score + 0.1)) {
      fit = found.fit;
      a.proven = fit.score >= (fit.level > this.follower.fineLevel(a.set, fit.pose) ? 1.15 : 1);
      a.ambiguous = found.ambiguous;
      a.before = undefined;
      a.weak = 0;
    } else if (fit && fit.score >= 1) a.proven = true;
    if (a.weak > MOST_DOUBT) a.proven = false;
    if (a.weak > 3 * MOST_DOUBT) fit = undefined;
    if (!fit) {
      a.proven = false;
      a.before = undefined;
    }
    if (fit && a.ambiguous && fit.score >= 1) this.decide(a, fit);
    a.pose = fit?.pose;
    if (fit) this.followLayers(a, fit, from);
    if (fit && fit.score >= 1 && a.proven && !a.ambiguous) this.learn(a, fit);
    const q = fit?.step;
    const state: TrackState = !fit || !a.proven ? 'lost' : a.ambiguous ? 'ambiguous' : fit.score < 0.5 ? 'uncertain' : 'tracking';
    this.note = q
      ? `${state} ${this.features >= 0 ? 'SEARCH ' : ''}L${fit?.level} seen ${q.seen} good ${q.good} in ${q.inliers} z ${q.meanZ.toFixed(2)} zIn ${q.inlierZ.toFixed(2)} rms ${q.rms.toFixed(2)} score ${fit?.score.toFixed(2)} weak ${a.weak} tw ${a.twins.length} lay ${a.layers.map((l) => `${l.set.count}:${l.score.toFixed(2)}`)}`
      : this.note.startsWith('-')
        ? this.note
        : '-';
    return this.report(a, fit, state);
  }

  /** With look-alikes known: does what is in view by now tell which one this is? */
  private decide(a: Anchor, fit: Fit): void {
    const who = identity(this.context, a, fit.pose);
    if (who === 'original') a.ambiguous = false;
    if (who === 'copy') a.proven = false;
  }

  /** The other planes of the anchor: from their own last pose, moved as the main plane moved. */
  private followLayers(a: Anchor, fit: Fit, from: Homography | undefined): void {
    const back = from && invert(from);
    for (const l of a.layers) {
      const start = back ? multiply(multiply(fit.pose, back), l.pose) : fit.pose;
      let own = this.follower.near(l.set, l.score > 0 && back ? l.pose : start);
      if (!own || own.score < STRONG) own = this.follower.near(l.set, start);
      if (!own || own.score < STRONG) own = this.follower.far(l.set, fit.pose);
      l.score = own && own.score >= WEAK ? own.score : 0;
      l.pose = l.score > 0 && own ? own.pose : start;
    }
  }

  /** What a good frame teaches: a second plane, look-alikes. */
  private learn(a: Anchor, fit: Fit): void {
    const { seen, inliers, rms } = fit.step;
    const off = seen - inliers;
    a.bend = off >= 12 && off > 0.12 * seen ? a.bend + 1 : Math.max(0, a.bend - 1);
    if (a.bend >= 3 && a.layers.length < 2 && this.frame >= a.nextSplit && rms > 0) {
      a.nextSplit = this.frame + 8;
      const parts = this.planes.split(a.set, fit);
      if (parts) divide(this.core, a, parts.labels, parts.poses);
    }
    if (this.frame >= a.nextTwinLook) {
      if (a.nextTwinLook > 0) {
        this.features = this.features < 0 ? frameFeatures(this.core, this.tables, this.pFrame) : this.features;
        learnTwins(a, fit.pose, places(this.context, a, this.features));
      }
      a.nextTwinLook = this.frame + a.twinPause;
      a.twinPause = Math.min(300, a.twinPause * 2);
    }
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

  private search(a: Anchor): { fit: Fit; ambiguous: boolean } | undefined {
    if (this.features < 0) this.features = frameFeatures(this.core, this.tables, this.pFrame);
    const found = places(this.context, a, this.features);
    this.note = `-- ${found.map((h) => h.score.toFixed(1)).join(' ')} tw ${a.twins.length}`;
    return choose(this.context, a, found);
  }

  private report(a: Anchor, fit: Fit | undefined, state: TrackState): TrackResult {
    const gone = !fit || state === 'lost' || visibleShare(fit.pose, a.region, this.width, this.height) < 0.04;
    if (gone || state === 'ambiguous') {
      return { id: a.id, state: gone ? 'lost' : state, pose: undefined, confidence: 0, map: () => [Number.NaN, Number.NaN] };
    }
    const planes: Layer[] = [{ set: a.set, pose: fit.pose, score: fit.score }, ...a.layers.map((l) => ({ ...l }))];
    const poseAt = sorter(this.core, planes);
    const map = (x: number, y: number) => apply(poseAt(x, y) ?? fit.pose, x, y);
    return { id: a.id, state, pose: fit.pose, confidence: Math.min(1, fit.score), map };
  }

  dispose(): void {
    this.anchors.length = 0;
  }
}
