import {
  type Anchor,
  describeNext,
  freeAnchor,
  MOST_POINTS,
  makeAnchor,
  type Picture,
  patchesOf,
  promote,
  RING_POINTS,
} from './anchor.ts';
import { type Carrier, carry, carryLayers, changePlane, MOST_BLIND_MS, STRONG, WEAK } from './carry.ts';
import { Core } from './core.ts';
import { Flow } from './flow.ts';
import { type Fit, Follower } from './follow.ts';
import { learn } from './learn.ts';
import { frameFeatures, MOST_FEATURES, type SearchTables, searchTables } from './locate.ts';
import { type Homography, IDENTITY } from './matrix.ts';
import { Pace } from './pace.ts';
import { Planes } from './planes.ts';
import { LEVELS, SLOT_BYTES } from './points.ts';
import { type AddResult, checkedRegion, quality, type RegionInput, rejected, widened } from './quality.ts';
import { report, type TrackResult, type TrackState } from './result.ts';
import { places, type SearchContext } from './search.ts';
import { choose, identity, learnTwins, type Place } from './twins.ts';
import type { Scratch } from './views.ts';

/** Support from which a place found by searching is shown at once; when only coarse levels see it, more. */
const PROVEN = 1;
const PROVEN_COARSE = 1.3;
/** A pose without good support is given up after that time, ms. */
const MOST_WEAK_MS = 1000;
/** A found place replaces a followed one when it is better by so much. */
const BETTER = 0.1;
/** What has been away for that long, ms, is searched for ten times a second: every third frame of a full stream, every frame of a thin one. */
const PATIENT_MS = 4000;
const PATIENT_PAUSE_MS = 85;
/** Lost anchors searched for in one frame: the others wait for the next. */
const SEARCHES = 2;
/** A gap between frames longer than that many ms ends the expectation of steady motion. */
const LONGEST_GAP_MS = 150;

export interface TrackerSettings {
  readonly width: number;
  readonly height: number;
  readonly budgetMs: number | undefined;
  readonly prepare: 'at-once' | 'in-background';
  readonly now: () => number;
}

export class Tracker {
  private readonly core: Core;
  private readonly s: TrackerSettings;
  private readonly pFrames: readonly [number, number];
  private readonly follower: Follower;
  private readonly flow: Flow;
  private readonly planes: Planes;
  private readonly tables: SearchTables;
  private readonly scratch: Scratch;
  private readonly pace: Pace;
  private readonly pSlot: number;
  private readonly anchors: Anchor[] = [];
  private nextId = 1;
  private frame = 0;
  private lastMs = Number.NaN;
  private features = -1;
  private searches = 0;
  /** Set while the anchor picture itself is searched instead of a frame. */
  private pInstead = 0;

  constructor(module: WebAssembly.Module, settings: TrackerSettings) {
    this.core = new Core(module);
    this.s = settings;
    const { call } = this.core;
    const { width, height } = settings;
    const w = Math.max(width, 640);
    const h = Math.max(height, 480);
    call.initFeatures(w, h);
    this.pFrames = [call.pyramid(width, height, 0), call.pyramid(width, height, 0)];
    this.pace = new Pace(settings.budgetMs);
    this.follower = new Follower(
      this.core,
      () => this.pFrame,
      () => this.pace.detail.patches,
    );
    this.flow = new Flow(this.core, this.follower, MOST_POINTS);
    this.planes = new Planes(this.core, this.follower, MOST_POINTS + RING_POINTS);
    this.tables = searchTables(this.core);
    this.pSlot = call.alloc(LEVELS * SLOT_BYTES);
    const { pRecords, pDescriptors } = this.tables;
    this.scratch = { pView: call.pyramid(w, h, 0), width: w, height: h, pRecords, pDescriptors, most: MOST_FEATURES };
  }

  private get pFrame(): number {
    return this.pInstead || this.pFrames[this.frame & 1 ? 1 : 0];
  }
  private get context(): SearchContext {
    return { core: this.core, follower: this.follower, tables: this.tables, pFrame: this.pFrame, ...this.s };
  }
  private get carrier(): Carrier {
    return { follower: this.follower, flow: this.flow, pPrevious: this.pFrames[this.frame & 1 ? 0 : 1], ...this.s };
  }

  /** How the tracker copes: mean time of a call (ms), the patches it aligned in the last frame, and the rate at which it wants frames. */
  get load(): { readonly averageMs: number; readonly work: number; readonly framesPerSecond: number } {
    const { averageMs, detail } = this.pace;
    return { averageMs, work: this.follower.work, framesPerSecond: detail.framesPerSecond };
  }

  /** Adds something to follow. `where`: the quad or the stroke points that were drawn, in px of the picture. Takes about 20 ms (60 ms when
   *  prepared at once). A poor region (too little to hold on to) is followed all the same; `suggested` is a wider one that is good. */
  addAnchor(picture: Picture, where: RegionInput): AddResult {
    const reason = rejected(picture, this.anchors.length);
    if (reason) return { ok: false, reason };
    const region = checkedRegion(where, picture);
    if (!region) return { ok: false, reason: 'bad-region' };
    const { anchor: a, patches } = makeAnchor(this.core, this.scratch, this.nextId++, picture, region);
    const holds = quality(patches);
    const suggested =
      holds === 'good'
        ? undefined
        : widened(region, picture, (r) => quality(patchesOf(this.core, this.pSlot, a.set.pSource, picture, r)));
    this.anchors.push(a);
    if (picture.width === this.s.width && picture.height === this.s.height) this.lookThrough(a);
    if (this.s.prepare === 'at-once') while (describeNext(this.core, this.scratch, a));
    return { ok: true, id: a.id, region, quality: holds, ...(suggested ? { suggested } : {}) };
  }

  /** Look-alikes that the anchor picture itself shows. */
  private lookThrough(a: Anchor): void {
    this.pInstead = a.set.pSource;
    this.follower.begin();
    learnTwins(
      a,
      IDENTITY,
      places(this.context, a, frameFeatures(this.core, this.tables, this.pFrame, MOST_FEATURES), true),
    );
    this.pInstead = 0;
  }

  /** Stops following; false when there is no such anchor. */
  removeAnchor(id: number): boolean {
    const i = this.anchors.findIndex((a) => a.id === id);
    const [a] = i < 0 ? [] : this.anchors.splice(i, 1);
    if (a) freeAnchor(this.core, a);
    return a !== undefined;
  }

  /** Looks at one frame (8-bit luma, width x height as given at creation, row-major; not kept). tMs: its time, any origin. Costs nothing
   *  without anchors. A frame of the wrong size gives no results. */
  process(gray: Uint8Array, tMs: number): TrackResult[] {
    const { width, height, now } = this.s;
    if (this.anchors.length === 0 || gray.length !== width * height) return [];
    const begin = now();
    const gap = tMs - this.lastMs;
    this.lastMs = tMs;
    this.frame++;
    this.features = -1;
    this.searches = 0;
    this.follower.begin();
    this.core.upload(this.pFrame, gray, width, height);
    const out = this.anchors.map((a) => this.follow(a, gap));
    this.prepareNext();
    // whoever could not be searched for goes first next time
    const first = this.anchors.findIndex((a) => !a.pose);
    if (this.searches >= SEARCHES && first >= 0) this.anchors.push(...this.anchors.splice(0, first + 1));
    this.pace.note({ ms: now() - begin, gapMs: gap, searched: this.searches > 0 });
    return out;
  }

  /** One view of one anchor per frame; in frames that were searched, which are dear, only in every second. */
  private prepareNext(): void {
    const waiting = this.anchors.find((a) => a.views.length > 0);
    if (waiting && (this.features < 0 || this.frame % 2 === 0)) describeNext(this.core, this.scratch, waiting);
  }

  private follow(a: Anchor, gap: number): TrackResult {
    const step = gap > 0 && gap < MOST_WEAK_MS ? gap : 33;
    // just found: how it moves is not known yet, so a doubtful place is not trusted for a moment
    const patience = a.proven && a.before ? MOST_BLIND_MS / 2 : 0;
    const carried = a.pose && this.carried(a, a.pose, step < LONGEST_GAP_MS);
    const from = a.pose;
    a.before = from;
    a.weakMs = carried && carried.score >= STRONG ? 0 : a.weakMs + step;
    const found = carried && a.weakMs <= patience ? undefined : this.search(a);
    const replaced = found !== undefined && (!carried || found.fit.score > carried.score + BETTER);
    const fit = replaced ? this.adopt(a, found) : carried;
    if (!replaced && fit && this.proves(fit)) a.proven = true;
    if (a.weakMs > MOST_BLIND_MS) a.proven = false;
    if (!fit || a.weakMs > MOST_WEAK_MS) {
      this.lose(a);
      return this.told(a, undefined);
    }
    if (a.ambiguous && fit.score >= PROVEN) this.decide(a, fit);
    a.pose = fit.pose;
    carryLayers(this.carrier, a, fit.pose, replaced ? undefined : from);
    return this.told(a, fit);
  }

  /** From the last frame, on the main plane or else on another, which then is the main one. */
  private carried(a: Anchor, last: Homography, steady: boolean): Fit | undefined {
    const fit = carry(this.carrier, a, last, steady);
    return fit && fit.score >= WEAK ? fit : (changePlane(this.carrier, a) ?? fit);
  }

  /** Is the fit certain by itself? What only coarse levels see has to be seen better. */
  private proves(fit: Fit): boolean {
    return fit.score >= (fit.level > this.follower.fineLevel(fit.set, fit.pose) ? PROVEN_COARSE : PROVEN);
  }

  /** Goes on from a place that was found by searching. */
  private adopt(a: Anchor, { fit, ambiguous }: Place): Fit {
    a.proven = this.proves(fit);
    a.ambiguous = ambiguous;
    const other = a.layers.find((l) => l.set.pPoints === fit.set.pPoints);
    if (other) promote(a, other);
    a.before = undefined;
    a.weakMs = 0;
    return fit;
  }

  private told(a: Anchor, fit: Fit | undefined): TrackResult {
    const { width, height } = this.s;
    if (a.pose && a.proven) a.seen = a.pose;
    const r = report(this.core, a, stateOf(a, fit), fit?.score ?? 0, width, height);
    if (fit && fit.score >= PROVEN && a.proven && !a.ambiguous) {
      const { core, context, scratch, planes, frame } = this;
      const busy = this.searches > 0;
      learn({ core, context, scratch, planes, frame, busy, features: () => this.frameFeatures() }, a, fit);
    }
    return r;
  }

  private lose(a: Anchor): void {
    a.pose = undefined;
    a.before = undefined;
    a.proven = false;
  }

  private frameFeatures(): number {
    if (this.features < 0) this.features = frameFeatures(this.core, this.tables, this.pFrame, MOST_FEATURES);
    return this.features;
  }

  /** With look-alikes known: does what is in view by now tell which one this is? */
  private decide(a: Anchor, fit: Fit): void {
    const who = identity(this.context, a, fit.pose);
    if (who === 'original') a.ambiguous = false;
    if (who === 'copy') a.proven = false;
  }

  private search(a: Anchor): Place | undefined {
    const pause = a.weakMs > PATIENT_MS ? PATIENT_PAUSE_MS : this.pace.searchPauseMs;
    if (this.searches >= SEARCHES || this.lastMs - a.searchedAtMs < pause) return undefined;
    this.searches++;
    a.searchedAtMs = this.lastMs;
    return choose(this.context, a, places(this.context, a, this.frameFeatures(), false));
  }

  /** Forgets all anchors. The module's memory goes with the tracker itself. */
  dispose(): void {
    while (this.anchors[0]) this.removeAnchor(this.anchors[0].id);
  }
}

function stateOf(a: Anchor, fit: Fit | undefined): TrackState {
  if (!fit || !a.proven) return 'lost';
  if (a.ambiguous) return 'ambiguous';
  return fit.score < WEAK ? 'uncertain' : 'tracking';
}
