import { at, type Core } from './core.ts';
import type { Fit, Follower, PointSet } from './follow.ts';
import { apply, type Homography, IDENTITY, multiply } from './matrix.ts';
import { LEVELS, POINT_FLOATS, SLOT_BYTES } from './points.ts';
import { mapped, plausible } from './region.ts';

/** Where a template slot keeps the address of its picture (core/patch.as.ts); 0 = empty. */
const SLOT_SOURCE = 1588;
const LEAST_PATCHES = 8;

/** Follows patches from the previous frame into the current one (Lucas-Kanade): for frames in which the anchor's own look is gone. */
export class Flow {
  private readonly core: Core;
  private readonly follower: Follower;
  private readonly pPoints: number;
  private readonly pSlots: number;
  private readonly most: number;

  constructor(core: Core, follower: Follower, most: number) {
    this.core = core;
    this.follower = follower;
    this.most = most;
    this.pPoints = core.call.alloc(most * POINT_FLOATS * 4);
    this.pSlots = core.call.alloc(most * LEVELS * SLOT_BYTES);
  }

  /** Pose in the current frame from the pose in the previous one; the fit's numbers are those of the frame-to-frame step. */
  run(set: PointSet, pose: Homography, pPrevious: number, width: number, height: number): Fit | undefined {
    const count = this.place(set, pose, width, height);
    if (count < LEAST_PATCHES) return undefined;
    const { pPoints, pSlots } = this;
    const flow: PointSet = { pSource: pPrevious, pPoints, pSlots, count, region: mapped(pose, set.region) };
    let h: Homography = IDENTITY;
    let last: Fit | undefined;
    for (const level of [3, 2, 1, 0]) {
      const k = 2 ** level;
      last = this.follower.step(flow, h, {
        level,
        reach: level === 3 ? 7 : 5,
        freedom: level > 1 ? 6 : 8,
        zMin: 0.7,
        cutFirst: 4 * k,
        cut: level === 0 ? 2 : 1.5 * k,
        loose: 0.05,
      });
      if (last.step.inliers >= 5 && plausible(last.pose, flow.region)) h = last.pose;
    }
    if (!last || last.step.inliers < LEAST_PATCHES) return undefined;
    const now = multiply(h, pose);
    return plausible(now, set.region) ? { ...last, pose: now } : undefined;
  }

  /** Puts the set's patches where they were in the previous frame; returns how many were inside it. */
  private place(set: PointSet, pose: Homography, width: number, height: number): number {
    const { f32 } = this.core;
    let n = 0;
    for (let i = 0; i < set.count && n < this.most; i++) {
      const p = set.pPoints / 4 + i * POINT_FLOATS;
      const [x, y] = apply(pose, at(f32, p), at(f32, p + 1));
      if (!(x > 8 && y > 8 && x < width - 9 && y < height - 9)) continue;
      f32.set([x, y, at(f32, p + 2), n, 0, 0, 0, 0], this.pPoints / 4 + n * POINT_FLOATS);
      // the picture behind the address has changed: no template may be reused
      for (let l = 0; l < LEVELS; l++) f32[(this.pSlots + (n * LEVELS + l) * SLOT_BYTES + SLOT_SOURCE) / 4] = 0;
      n++;
    }
    return n;
  }
}
