import { at, type Core } from './core.ts';
import { apply, areaScale, type Homography } from './matrix.ts';
import { centre, plausible, type Quad } from './region.ts';
import { type Step, support } from './support.ts';

/** A set of anchored patches that move as one plane, in the module's memory. */
export interface PointSet {
  readonly pSource: number;
  readonly pPoints: number;
  readonly pSlots: number;
  readonly count: number;
  readonly region: Quad;
}

export interface Fit {
  readonly pose: Homography;
  /** The patches it was found with. */
  readonly set: PointSet;
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
  /** Patches aligned in this frame so far, on whatever level: nearly all time goes there, and it is the same on every machine. */
  private aligned = 0;

  private readonly share: () => number;

  /** pFrame: the pyramid that is looked at. share: part of the patches that is used (0..1). */
  constructor(core: Core, pFrame: () => number, share: () => number) {
    this.core = core;
    this.share = share;
    this.pFrame = pFrame;
    this.pPose = core.call.alloc(80);
    this.pResult = core.call.alloc(48);
  }

  get work(): number {
    return this.aligned;
  }

  /** A new frame begins. */
  begin(): void {
    this.aligned = 0;
  }

  /** Aligns the set's patches at one level from the expected pose and returns the corrected pose. */
  step(set: PointSet, pose: Homography, o: StepOptions): Fit {
    const { core } = this;
    this.aligned += set.count;
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
        spread: at(f32, r + 8),
      },
      set,
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

  /** A coarse fit is repeated from where it led: in a blurred frame one round does not get there. */
  settled(fit: Fit | undefined): Fit | undefined {
    if (!fit || fit.level <= this.fineLevel(fit.set, fit.pose)) return fit;
    const again = this.near(fit.set, fit.pose);
    return again && again.score >= fit.score ? again : fit;
  }

  /** Corrects the pose level by level; the best supported level says how sure it is, the finest one that still sees well gives the pose. */
  private down(set: PointSet, pose: Homography, fine: number, stages: readonly Stage[]): Fit | undefined {
    const used = { ...set, count: Math.ceil(set.count * this.share()) };
    let best: Fit | undefined;
    let now = pose;
    let score = 0;
    for (const s of stages) {
      const fit = this.step(used, now, optionsOf(s, fine));
      if (fit.step.inliers < LEAST_INLIERS || !plausible(fit.pose, set.region)) {
        if (s.up === 2) continue;
        break;
      }
      const here = support(fit.step, fit.level, s.up);
      if (!best || isSharp(fit, here, score, s.up)) best = fit;
      now = fit.pose;
      // the coarsest level sees the least: it may help, not decide
      score = Math.max(s.up === 1 ? Math.min(score, here + 0.25) : score, here);
    }
    return best && { ...best, score };
  }
}

const LEAST_INLIERS = 5;

function optionsOf(s: Stage, fine: number): StepOptions {
  const level = fine + s.up;
  const k = 2 ** level;
  return {
    level,
    reach: s.reach,
    freedom: s.freedom,
    zMin: s.up === 0 ? 0.6 : 0.5,
    cutFirst: (s.up === 2 ? 6 : 4) * k,
    cut: (s.up === 0 ? 2 : 2.2) * k,
    loose: s.loose,
  };
}

/** Is a level's pose to be preferred to the coarser one's? In a blurred frame the finest level sees too little. */
function isSharp(fit: Fit, here: number, best: number, up: 0 | 1 | 2): boolean {
  const { inliers, rms } = fit.step;
  return up > 0 || (inliers >= 12 && here >= 0.5 && rms < 0.9 * 2 ** fit.level) || here >= 0.8 * best;
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
