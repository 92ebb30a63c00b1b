import type { Anchor } from './anchor.ts';
import type { Core } from './core.ts';
import { type AnchorPoint, apply, type FramePoint, framePoint, type Homography } from './matrix.ts';
import { sorter } from './planes.ts';
import { centre, visibleShare } from './region.ts';

/** The anchor is in the picture. */
export interface Shown {
  readonly id: number;
  /** `tracking`: draw it. `uncertain`: fade it; it is carried on from the last frame for a moment (hand in front, blur). */
  readonly state: 'tracking' | 'uncertain';
  /** Anchor px -> frame px on the main plane. */
  readonly pose: Homography;
  /** 0..1; 1 = more support than any wrong place was seen to have. */
  readonly confidence: number;
  /** Share of the region inside the frame, 0..1. */
  readonly visible: number;
  /** How many planes the region was found to have. */
  readonly planes: number;
  /** Where a place of the anchor picture is in the frame, on whichever plane it lies. Valid until the next call of the tracker. */
  readonly map: (p: AnchorPoint) => FramePoint;
}

/** Draw nothing. */
export interface Hidden {
  readonly id: number;
  /** `lost`: not in the picture, or not found. `ambiguous`: found, but it may be a look-alike. */
  readonly state: 'lost' | 'ambiguous';
  /** Where the region's middle was when it was last known (may lie outside the frame: that is the side to which it left). */
  readonly lastSeen: FramePoint | undefined;
}

export type TrackResult = Shown | Hidden;
export type TrackState = TrackResult['state'];

/** Less of the region than this in the frame counts as out of view. */
const LEAST_VISIBLE = 0.04;

export function report(
  core: Core,
  a: Anchor,
  state: TrackState,
  confidence: number,
  width: number,
  height: number,
): TrackResult {
  const { pose } = a;
  const visible = pose ? visibleShare(pose, a.region, width, height) : 0;
  if (!pose || visible < LEAST_VISIBLE || state === 'lost' || state === 'ambiguous') {
    const [cx, cy] = centre(a.region);
    const seen = a.seen && apply(a.seen, cx, cy);
    const hidden = state === 'ambiguous' && visible >= LEAST_VISIBLE ? state : 'lost';
    return { id: a.id, state: hidden, lastSeen: seen && framePoint(seen[0], seen[1]) };
  }
  const layers = [{ set: a.set, pose, score: confidence }, ...a.layers.map((l) => ({ ...l }))];
  const poseAt = sorter(core, layers);
  const map = (p: AnchorPoint): FramePoint => {
    const [x, y] = apply(poseAt(p.x, p.y) ?? pose, p.x, p.y);
    return framePoint(x, y);
  };
  return { id: a.id, state, pose, confidence: Math.min(1, confidence), visible, planes: layers.length, map };
}
