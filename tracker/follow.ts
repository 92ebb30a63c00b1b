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
  readonly inlierZ: number;
  readonly weightIn: number;
  readonly weightSeen: number;
}

export interface Fit {
  readonly pose: Homography;
  readonly step: Step;
  /** Finest pyramid level that took part. */
  readonly level: number;
  /** Best support of any level: over 1 = certain by itself. */
  readonly score: number;
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
        inlierZ: at(f32, r + 5),
        weightIn: at(f32, r + 6),
        weightSeen: at(f32, r + 7),
      },
      level: o.level,
      score: 0,
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
    return this.down(set, pose, this.fineLevel(set, pose), [{ up: 1, reach: 5, freedom: 8, loose: 0.05 }, FINEST]);
  }

  /** Follows from a coarse guess: tens of px off, or an affine map from matches. */
  far(set: PointSet, pose: Homography): Fit | undefined {
    const [cx, cy] = centre(set.region);
    const size = Math.sqrt(Math.abs(areaScale(pose, cx, cy)));
    const stages = size > 0.6 ? [COARSEST, COARSE, FINEST] : [COARSE, FINEST];
    return this.down(set, pose, this.fineLevel(set, pose), stages);
  }

  /** Corrects the pose level by level; the best supported level says how sure it is, the finest one that still sees well gives the pose. */
  private down(set: PointSet, pose: Homography, fine: number, stages: readonly Stage[]): Fit | undefined {
    let best: Fit | undefined;
    let now = pose;
    let score = 0;
    for (const s of stages) {
      const level = fine + s.up;
      const k = 2 ** level;
      const fit = this.step(set, now, {
        level,
        reach: s.reach,
        freedom: s.freedom,
        zMin: s.up === 0 ? 0.6 : 0.5,
        cutFirst: (s.up === 2 ? 6 : 4) * k,
        cut: (s.up === 0 ? 2 : 2.2) * k,
        loose: s.loose,
      });
      const { inliers, rms } = fit.step;
      if (inliers < 5 || !plausible(fit.pose, set.region)) {
        if (s.up === 2) continue;
        break;
      }
      const here = support(fit.step, level, s.up);
      const sharp = s.up > 0 || (inliers >= 12 && here >= 0.5 && rms < 0.9 * k) || here >= 0.8 * score;
      if (!best || sharp) best = { ...fit, score: 0 };
      now = fit.pose;
      if (s.up === 1) score = Math.min(score, here + 0.25); // the coarsest level sees the least: it may help, not decide
      score = Math.max(score, here);
    }
    return best && { ...best, score };
  }
}

interface Stage {
  /** Levels above the finest that is used. */
  readonly up: 0 | 1 | 2;
  readonly reach: number;
  readonly freedom: 6 | 8;
  readonly loose: number;
}
const COARSEST: Stage = { up: 2, reach: 8, freedom: 6, loose: 0.1 };
const COARSE: Stage = { up: 1, reach: 7, freedom: 8, loose: 0.1 };
const FINEST: Stage = { up: 0, reach: 3.5, freedom: 8, loose: 0.03 };

/** Per level above the finest: the share of agreeing patches that wrong places reach, the ZNCC with which patches agree by chance, and the
 *  highest score a wrong place got. Measured at wrong places on all kinds of texture and light; the worst is a printed grid, one cell off. */
const CHANCE = [
  { share: 0.52, z: 0.66, most: 0.88, few: 14 },
  { share: 0.6, z: 0.7, most: 0.72, few: 24 },
  { share: 0.68, z: 0.66, most: 0.62, few: 30 },
] as const;

/** How well the visible patches support a pose; over 1 = more than any wrong pose was seen to reach. Few but excellent patches (an object
 *  half covered by a hand) count as much as many mediocre ones. */
export function support(s: Step, level: number, up: 0 | 1 | 2): number {
  if (s.weightSeen <= 0) return 0;
  const { share, z, most, few } = CHANCE[up];
  const tight = Math.max(0.3, Math.min(1, 1.5 - (1.4 * s.rms) / 2 ** level));
  const quality = 0.5 + Math.max(0, Math.min(1, (s.inlierZ - z) / 0.25)) * tight;
  return ((s.weightIn / s.weightSeen / share) * quality * Math.min(1, s.inliers / few)) / most;
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
