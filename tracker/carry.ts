import { type Anchor, promote } from './anchor.ts';
import type { Flow } from './flow.ts';
import { apart, type Fit, type Follower } from './follow.ts';
import { type Homography, invert, multiply } from './matrix.ts';
import { plausible } from './region.ts';

/** Support that is enough while following, and the least that is followed at all. */
export const STRONG = 0.75;
export const WEAK = 0.5;
/** Repetitive texture reaches more on coarse levels. */
const WEAK_COARSE = 0.7;
/** Time for which a pose is carried on by Lucas-Kanade alone, ms. */
export const MOST_BLIND_MS = 330;
/** Distance from the expected place, frame px, beyond which a fit is compared with what Lucas-Kanade says. */
const MOST_JUMP = 25;
/** Lucas-Kanade alone is believed when that share of at least so many patches moves as one plane. */
const FLOW_SHARE = 0.6;
const FLOW_PATCHES = 12;

export interface Carrier {
  readonly follower: Follower;
  readonly flow: Flow;
  readonly pPrevious: number;
  readonly width: number;
  readonly height: number;
}

/** Where the anchor should be if it moves on as it did (constant velocity on the frame). */
function ahead(a: Anchor, from: Homography): Homography {
  const back = a.before && invert(a.before);
  const expected = back ? multiply(multiply(from, back), from) : from;
  return plausible(expected, a.region) ? expected : from;
}

const leastOf = (c: Carrier, fit: Fit): number =>
  fit.level > c.follower.fineLevel(fit.set, fit.pose) ? WEAK_COARSE : WEAK;

/** The pose in this frame from the one in the last: by the anchor's own patches, else by Lucas-Kanade from the last frame. A score of 0 says
 *  that nothing of the anchor was recognised. */
export function carry(c: Carrier, a: Anchor, from: Homography, steady: boolean): Fit | undefined {
  const start = steady ? ahead(a, from) : from;
  let best = c.follower.settled(c.follower.near(a.set, start));
  if (best && best.score >= STRONG && apart(best.pose, start, a.region) < MOST_JUMP) return best;
  const flow = c.flow.run(a.set, from, c.pPrevious, c.width, c.height);
  for (const fit of [flow && c.follower.near(a.set, flow.pose), c.follower.far(a.set, flow?.pose ?? from)]) {
    const better = c.follower.settled(fit);
    if (better && (!best || better.score > best.score)) best = better;
  }
  if (best && best.score >= leastOf(c, best)) return best;
  const { inliers, seen } = flow?.step ?? { inliers: 0, seen: 1 };
  const believed = flow && inliers >= FLOW_SHARE * seen && inliers >= FLOW_PATCHES && a.weakMs < MOST_BLIND_MS;
  return believed ? { ...flow, score: 0 } : undefined;
}

/** When the main plane is not seen any more (turned away, covered) but another is, that one becomes the main plane. */
export function changePlane(c: Carrier, a: Anchor): Fit | undefined {
  for (const l of a.layers) {
    const fit = l.score > 0 ? c.follower.near(l.set, l.pose) : undefined;
    if (!fit || fit.score < STRONG) continue;
    promote(a, l);
    return fit;
  }
  return undefined;
}

/** The further planes of the anchor: each from its own last pose, else moved as the main plane moved. */
export function carryLayers(c: Carrier, a: Anchor, now: Homography, from: Homography | undefined): void {
  const back = from && invert(from);
  for (const l of a.layers) {
    const moved = back ? multiply(multiply(now, back), l.pose) : now;
    const tries = [
      () => (l.score > 0 && back ? c.follower.near(l.set, l.pose) : undefined),
      () => c.follower.near(l.set, moved),
      () => c.follower.far(l.set, now),
    ];
    let own: Fit | undefined;
    for (const attempt of tries) {
      own = attempt() ?? own;
      if (own && own.score >= STRONG) break;
    }
    l.score = own && own.score >= WEAK ? own.score : 0;
    l.pose = own && l.score > 0 ? own.pose : moved;
  }
}
