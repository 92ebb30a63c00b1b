import { at, type Core } from './core.ts';
import { apply, areaScale, type Homography, IDENTITY, multiply } from './matrix.ts';
import { LEVELS, POINT_FLOATS, SLOT_BYTES } from './points.ts';
import { centre, mapped, plausible, type Quad } from './region.ts';

/** A set of anchored patches that move as one plane, in the module's memory. */
export interface PointSet {
  readonly pSource: number;
  readonly pPoints: number;
  readonly pSlots: number;
  readonly count: number;
  readonly region: Quad;
}

export interface Step {
  readonly seen: number;
  readonly good: number;
  readonly inliers: number;
  readonly meanZ: number;
  readonly rms: number;
  readonly weightIn: number;
  readonly weightSeen: number;
}

export interface Fit {
  readonly pose: Homography;
  readonly step: Step;
  /** Finest pyramid level that took part. */
  readonly level: number;
}

export interface StepOptions {
  readonly level: number;
  readonly reach: number;
  readonly freedom: 2 | 6 | 8;
  readonly zMin: number;
  readonly cutFirst: number;
  readonly cut: number;
  readonly loose: number;
}

/** Noise of a frame px assumed in the weights, gray levels. */
const NOISE = 3;

export class Follower {
  private readonly core: Core;
  private readonly pFrame: () => number;
  private readonly pPose: number;
  private readonly pResult: number;

  constructor(core: Core, pFrame: () => number) {
    this.core = core;
    this.pFrame = pFrame;
    this.pPose = core.call.alloc(80);
    this.pResult = core.call.alloc(32);
  }

  /** Aligns the set's patches at one level from the expected pose and returns the corrected pose. */
  step(set: PointSet, pose: Homography, o: StepOptions): Fit {
    const { core } = this;
    core.f64.set(pose, this.pPose / 8);
    core.call.stepPose(
      set.pSource,
      this.pFrame(),
      set.pPoints,
      set.count,
      set.pSlots,
      this.pPose,
      o.level,
      10,
      o.reach,
      o.freedom,
      o.zMin,
      o.cutFirst,
      o.cut,
      o.loose,
      NOISE,
      0,
      this.pResult,
    );
    const h = this.pPose / 8;
    const { f64, f32 } = core;
    const r = this.pResult / 4;
    return {
      pose: [
        at(f64, h),
        at(f64, h + 1),
        at(f64, h + 2),
        at(f64, h + 3),
        at(f64, h + 4),
        at(f64, h + 5),
        at(f64, h + 6),
        at(f64, h + 7),
        at(f64, h + 8),
      ],
      step: {
        seen: at(f32, r),
        good: at(f32, r + 1),
        inliers: at(f32, r + 2),
        meanZ: at(f32, r + 3),
        rms: at(f32, r + 4),
        weightIn: at(f32, r + 6),
        weightSeen: at(f32, r + 7),
      },
      level: o.level,
    };
  }

  /** Level at which the region has about the size it has in the anchor. */
  fineLevel(set: PointSet, pose: Homography): number {
    const [cx, cy] = centre(set.region);
    const size = Math.sqrt(Math.abs(areaScale(pose, cx, cy)));
    return size > 2.1 ? 1 : 0; // level 3 is the coarsest, `far` starts two above
  }

  /** Follows from a pose that is right to within a few px. */
  near(set: PointSet, pose: Homography): Fit | undefined {
    const fine = this.fineLevel(set, pose);
    const k = 2 ** fine;
    const a = this.step(set, pose, { level: fine + 1, reach: 5, freedom: 8, zMin: 0.5, cutFirst: 8 * k, cut: 4 * k, loose: 0.05 });
    if (a.step.inliers < 5 || !plausible(a.pose, set.region)) return undefined;
    return this.finish(set, a, fine, 0.03);
  }

  /** Follows from a coarse guess: tens of px off, or an affine map from matches. */
  far(set: PointSet, pose: Homography, reach = 6): Fit | undefined {
    const [cx, cy] = centre(set.region);
    const size = Math.sqrt(Math.abs(areaScale(pose, cx, cy)));
    const fine = this.fineLevel(set, pose);
    const k = 2 ** fine;
    let at = pose;
    if (size > 0.6) {
      const c = this.step(set, at, { level: fine + 2, reach, freedom: 6, zMin: 0.4, cutFirst: 24 * k, cut: 10 * k, loose: 0.1 });
      if (c.step.inliers >= 4 && plausible(c.pose, set.region)) at = c.pose;
    }
    const b = this.step(set, at, { level: fine + 1, reach: 7, freedom: 8, zMin: 0.45, cutFirst: 14 * k, cut: 5 * k, loose: 0.1 });
    if (b.step.inliers < 5 || !plausible(b.pose, set.region)) return undefined;
    return this.finish(set, b, fine, 0.05);
  }

  private finish(set: PointSet, from: Fit, fine: number, loose: number): Fit | undefined {
    const k = 2 ** fine;
    const c = this.step(set, from.pose, { level: fine, reach: 3.5, freedom: 8, zMin: 0.6, cutFirst: 4 * k, cut: 2 * k, loose });
    const best = c.step.inliers >= 8 && c.step.inliers >= 0.4 * from.step.inliers ? c : from;
    return plausible(best.pose, set.region) ? best : undefined;
  }
}

/** How sure a fit is by itself. Chance alone reaches a share of 0.3 on repetitive texture at level 0 and 0.6 at coarser levels, where
 *  patches are larger than the region's details (measured on a grid-like panel with wrong poses). */
export function evidence(f: Fit, fine: number): number {
  const { inliers, seen, meanZ, rms } = f.step;
  if (inliers < 8 || seen === 0) return 0;
  const share = inliers / seen;
  const few = Math.min(1, inliers / 14);
  if (f.level === fine) return share * few;
  const k = 2 ** f.level;
  if (meanZ < 0.55 || rms > 0.8 * k) return 0;
  return Math.max(0, share - 0.35) * few * 0.8;
}

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
    const { f32 } = this.core;
    let n = 0;
    for (let i = 0; i < set.count && n < this.most; i++) {
      const p = set.pPoints / 4 + i * POINT_FLOATS;
      if (at(f32, p + 2) <= 0) continue;
      const [x, y] = apply(pose, at(f32, p), at(f32, p + 1));
      if (!(x > 8 && y > 8 && x < width - 9 && y < height - 9)) continue;
      f32.set([x, y, at(f32, p + 2), n, 0, 0, 0, 0], this.pPoints / 4 + n * POINT_FLOATS);
      // the picture behind the address has changed: no template may be reused
      for (let l = 0; l < LEVELS; l++) f32[(this.pSlots + (n * LEVELS + l) * SLOT_BYTES + 1588) / 4] = 0;
      n++;
    }
    if (n < 8) return undefined;
    const flow: PointSet = { pSource: pPrevious, pPoints: this.pPoints, pSlots: this.pSlots, count: n, region: mapped(pose, set.region) };
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
    if (!last || last.step.inliers < 8) return undefined;
    const now = multiply(h, pose);
    return plausible(now, set.region) ? { ...last, pose: now } : undefined;
  }
}

/** Largest distance, in frame px, between where two poses put the region's corners. */
export function apart(a: Homography, b: Homography, region: Quad): number {
  let most = 0;
  for (let i = 0; i < 8; i += 2) {
    const [ax, ay] = apply(a, region[i] ?? 0, region[i + 1] ?? 0);
    const [bx, by] = apply(b, region[i] ?? 0, region[i + 1] ?? 0);
    most = Math.max(most, Math.hypot(ax - bx, ay - by));
  }
  return most;
}
