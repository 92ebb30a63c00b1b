import type { Core } from './core.ts';
import type { PointSet } from './follow.ts';
import type { Homography } from './matrix.ts';
import { choosePoints, LEVELS, POINT_FLOATS, SLOT_BYTES } from './points.ts';
import type { Quad } from './region.ts';
import { buildDatabase, type Database, type Scratch } from './views.ts';

/** Patches inside the region and around it. */
export const MOST_POINTS = 80;
export const RING_POINTS = 40;
/** The ring's width as a share of the region's size, and how much its patches count against those inside. */
const RING_MARGIN = 0.25;
const RING_WEIGHT = 0.5;

export interface AnchorInput {
  /** 8-bit luma of the picture that was drawn on, row-major, no padding. */
  readonly gray: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** What was drawn on, in px of that picture. */
  readonly region: Quad;
}

/** A further plane that part of the region lies on. */
export interface Layer {
  readonly set: PointSet;
  pose: Homography;
  score: number;
}

export interface Anchor {
  readonly id: number;
  readonly region: Quad;
  readonly db: Database;
  /** Homographies of the anchor picture onto itself: where a look-alike of the region is. */
  readonly twins: Homography[];
  /** Main plane. */
  set: PointSet;
  readonly layers: Layer[];
  pose: Homography | undefined;
  before: Homography | undefined;
  /** Frames since the pose was last well supported. */
  weak: number;
  /** The pose, or the one it was carried on from, was certain. */
  proven: boolean;
  /** Look-alikes are known and it is not decided which one this is. */
  ambiguous: boolean;
  /** Frames in a row in which many patches were found beside the main plane. */
  bend: number;
  /** Frame number from which on the next look for a second plane, or for twins, may be. */
  nextSplit: number;
  nextTwinLook: number;
  twinPause: number;
}

/** Puts the picture into the module's memory, picks its patches and describes it. */
export function makeAnchor(core: Core, scratch: Scratch, id: number, a: AnchorInput): Anchor {
  const pSource = core.call.pyramid(a.width, a.height, 0);
  core.upload(pSource, a.gray, a.width, a.height);
  const pSlots = core.call.alloc((MOST_POINTS + RING_POINTS) * LEVELS * SLOT_BYTES);
  const pPoints = core.call.alloc((MOST_POINTS + RING_POINTS) * POINT_FLOATS * 4);
  const places = choosePoints(core, pSlots, pSource, a.width, a.height, a.region, {
    most: MOST_POINTS,
    around: RING_POINTS,
    margin: RING_MARGIN,
  });
  const { f32 } = core;
  places.forEach((p, i) => {
    f32.set([p.x, p.y, p.inside ? 1 : RING_WEIGHT, i, 0, 0, 0, 0.5], pPoints / 4 + i * POINT_FLOATS);
  });
  return {
    id,
    region: a.region,
    db: buildDatabase(core, scratch, pSource, a.region, 1.3),
    twins: [],
    set: { pSource, pPoints, pSlots, count: places.length, region: a.region },
    layers: [],
    pose: undefined,
    before: undefined,
    weak: 0,
    proven: false,
    ambiguous: false,
    bend: 0,
    nextSplit: 0,
    nextTwinLook: 0,
    twinPause: 15,
  };
}

/** Gives the points with label 1 to a new layer; the main set keeps the others. */
export function divide(core: Core, a: Anchor, labels: readonly number[], poses: readonly [Homography, Homography]): void {
  const from = a.set.pPoints / 4;
  const sets = [0, 1].map((label): PointSet => {
    const mine = labels.flatMap((l, i) => (l === label ? [i] : []));
    const pPoints = core.call.alloc(mine.length * POINT_FLOATS * 4);
    const { f32 } = core;
    mine.forEach((i, k) => {
      const p = from + i * POINT_FLOATS;
      f32.copyWithin(pPoints / 4 + k * POINT_FLOATS, p, p + POINT_FLOATS);
    });
    return { ...a.set, pPoints, count: mine.length };
  });
  const [first, second] = sets;
  if (!first || !second) return;
  const [large, small] = first.count >= second.count ? [0, 1] : [1, 0];
  a.set = large === 0 ? first : second;
  a.layers.push({ set: large === 0 ? second : first, pose: poses[small] ?? poses[1], score: 1 });
  a.pose = poses[large] ?? poses[0];
}
