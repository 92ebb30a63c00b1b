import type { Core } from './core.ts';
import { Database } from './database.ts';
import type { PointSet } from './follow.ts';
import type { Homography } from './matrix.ts';
import { choosePoints, LEVELS, type PatchPlace, POINT_FLOATS, SLOT_BYTES } from './points.ts';
import type { Quad } from './region.ts';
import { addView, type Scratch, VIEWS } from './views.ts';

/** Patches inside the region and around it. */
export const MOST_POINTS = 80;
export const RING_POINTS = 40;
const ROOM = MOST_POINTS + RING_POINTS;
const SLOTS_BYTES = ROOM * LEVELS * SLOT_BYTES;
const POINTS_BYTES = ROOM * POINT_FLOATS * 4;
/** The ring's width as a share of the region's size, and how much its patches count against those inside. */
const RING_MARGIN = 0.25;
const RING_WEIGHT = 0.5;
const FIRST_TRUST = 0.5;

export interface Picture {
  /** 8-bit luma, row-major, no padding. */
  readonly gray: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A further plane that part of the region lies on. */
export interface Layer {
  set: PointSet;
  pose: Homography;
  /** Support of the pose in the last frame; 0 = carried along with the main plane. */
  score: number;
}

export interface Anchor {
  readonly id: number;
  /** Size of its picture. */
  readonly width: number;
  readonly height: number;
  readonly region: Quad;
  readonly db: Database;
  /** Views that are still to be described. */
  readonly views: (typeof VIEWS)[number][];
  /** Homographies of the anchor picture onto itself: where a look-alike of the region is. */
  readonly twins: Homography[];
  /** Poses in which the region was described from the camera's picture. */
  readonly keyPoses: Homography[];
  /** Main plane. */
  set: PointSet;
  readonly layers: Layer[];
  pose: Homography | undefined;
  before: Homography | undefined;
  /** Where it was when it was last certain. */
  seen: Homography | undefined;
  /** Time since the pose was last well supported, ms. */
  weakMs: number;
  /** Time of the frame in which it was last searched for, ms. */
  searchedAtMs: number;
  /** The pose, or the one it was carried on from, was certain. */
  proven: boolean;
  /** Look-alikes are known and it is not decided which one this is. */
  ambiguous: boolean;
  /** Frames in a row in which many patches were found beside the main plane. */
  bend: number;
  /** Frame number from which on the next look for a second plane, or for look-alikes, may be. */
  nextSplit: number;
  splitPause: number;
  nextTwinLook: number;
  twinPause: number;
}

/** Patches of a picture's region and ring, without making an anchor of it. */
export function patchesOf(core: Core, pSlot: number, pSource: number, p: Picture, region: Quad): PatchPlace[] {
  return choosePoints(core, pSlot, pSource, p.width, p.height, region, {
    most: MOST_POINTS,
    around: RING_POINTS,
    margin: RING_MARGIN,
  });
}

/** Puts the picture into the module's memory, picks its patches and describes it from the front; the other views are left to do. */
export function makeAnchor(
  core: Core,
  scratch: Scratch,
  id: number,
  picture: Picture,
  region: Quad,
): { anchor: Anchor; patches: readonly PatchPlace[] } {
  const pSource = core.takePyramid(picture.width, picture.height);
  core.upload(pSource, picture.gray, picture.width, picture.height);
  const pSlots = core.take(SLOTS_BYTES);
  const pPoints = core.take(POINTS_BYTES);
  core.u8.fill(0, pSlots, pSlots + SLOTS_BYTES);
  const places = patchesOf(core, pSlots, pSource, picture, region);
  const { f32 } = core;
  places.forEach((p, i) => {
    f32.set([p.x, p.y, p.inside ? 1 : RING_WEIGHT, i, 0, 0, 0, FIRST_TRUST], pPoints / 4 + i * POINT_FLOATS);
  });
  const anchor: Anchor = {
    id,
    width: picture.width,
    height: picture.height,
    region,
    db: new Database(core),
    views: [...VIEWS],
    twins: [],
    keyPoses: [],
    set: { pSource, pPoints, pSlots, count: places.length, region },
    layers: [],
    pose: undefined,
    before: undefined,
    seen: undefined,
    weakMs: 0,
    searchedAtMs: Number.NEGATIVE_INFINITY,
    proven: false,
    ambiguous: false,
    bend: 0,
    nextSplit: 0,
    splitPause: 3,
    nextTwinLook: 0,
    twinPause: 15,
  };
  describeNext(core, scratch, anchor);
  return { anchor, patches: places };
}

/** Describes the next of the simulated views; false when all are done. */
export function describeNext(core: Core, scratch: Scratch, a: Anchor): boolean {
  const view = a.views.shift();
  if (!view) return false;
  addView(core, scratch, a.db, a.set.pSource, a.region, view);
  return true;
}

/** Gives all memory of the anchor back. */
export function freeAnchor(core: Core, a: Anchor): void {
  core.givePyramid(a.set.pSource, a.width, a.height);
  core.give(a.set.pSlots, SLOTS_BYTES);
  for (const { set } of [a, ...a.layers]) core.give(set.pPoints, POINTS_BYTES);
  a.db.free();
}

/** Gives the points with label 1 to a new layer; the main set keeps the others, or the other way round: the main plane is the larger one. */
export function divide(
  core: Core,
  a: Anchor,
  labels: readonly number[],
  poses: readonly [Homography, Homography],
): void {
  const from = a.set.pPoints / 4;
  const part = (label: number): PointSet => {
    const mine = labels.flatMap((l, i) => (l === label ? [i] : []));
    const pPoints = core.take(POINTS_BYTES);
    const { f32 } = core;
    mine.forEach((i, k) => {
      const p = from + i * POINT_FLOATS;
      f32.copyWithin(pPoints / 4 + k * POINT_FLOATS, p, p + POINT_FLOATS);
    });
    return { ...a.set, pPoints, count: mine.length };
  };
  const first = { set: part(0), pose: poses[0] };
  const second = { set: part(1), pose: poses[1] };
  const [main, other] = first.set.count >= second.set.count ? [first, second] : [second, first];
  core.give(a.set.pPoints, POINTS_BYTES);
  a.set = main.set;
  a.pose = main.pose;
  a.layers.push({ ...other, score: 1 });
}

/** Makes a further plane the main one. Its pose becomes the anchor's, the old main plane is carried along from where it was. */
export function promote(a: Anchor, l: Layer): void {
  const { set, pose } = a;
  a.set = l.set;
  a.pose = l.pose;
  a.before = undefined;
  l.set = set;
  l.pose = pose ?? l.pose;
  l.score = 0;
}
