import type { Anchor } from './anchor.ts';
import type { Fit } from './follow.ts';
import { type Homography, invert, multiply } from './matrix.ts';
import { plausible, visibleShare } from './region.ts';
import { LEAST_SUPPORT, type SearchContext, samePlace } from './search.ts';

/** More look-alikes than that are not told apart. */
const MOST_TWINS = 6;

/** Looks where a look-alike would have to be if the anchor were at `pose`: 1 it is there, -1 it is not, 0 out of view. */
function look(c: SearchContext, a: Anchor, pose: Homography): -1 | 0 | 1 {
  if (!plausible(pose, a.region) || visibleShare(pose, a.region, c.width, c.height) < 0.3) return 0;
  const fit = c.follower.near(a.set, pose);
  if (fit && fit.score >= 0.6 && samePlace(fit.pose, pose, a)) return 1;
  return !fit || fit.score < 0.4 ? -1 : 0;
}

/** Which of several look-alikes a found pose is. */
export type Identity = 'original' | 'copy' | 'undecided';

export function identity(c: SearchContext, a: Anchor, pose: Homography): Identity {
  if (a.twins.length === 0) return 'original';
  let evidence = 0;
  for (const t of a.twins) evidence += look(c, a, multiply(pose, t));
  return evidence > 0 ? 'original' : evidence < 0 ? 'copy' : 'undecided';
}

/** A place that was found, and whether it may be a look-alike. */
export interface Place {
  readonly fit: Fit;
  readonly ambiguous: boolean;
}

/** Chooses among the places that were found; with look-alikes known, the one whose surroundings are the anchor's. */
export function choose(c: SearchContext, a: Anchor, found: readonly Fit[]): Place | undefined {
  let doubtful: Fit | undefined;
  for (const fit of found) {
    const who = identity(c, a, fit.pose);
    if (who === 'original') return { fit, ambiguous: false };
    if (who === 'copy') {
      const real = throughCopy(c, a, fit.pose);
      if (real) return { fit: real, ambiguous: false };
    } else doubtful ??= fit;
  }
  return doubtful && { fit: doubtful, ambiguous: true };
}

/** The original's pose from that of a look-alike, when the original is in view there. */
function throughCopy(c: SearchContext, a: Anchor, pose: Homography): Fit | undefined {
  for (const t of a.twins) {
    const back = invert(t);
    const there = back && multiply(pose, back);
    if (!there || !plausible(there, a.region) || visibleShare(there, a.region, c.width, c.height) < 0.2) continue;
    const fit = c.follower.near(a.set, there);
    if (fit && fit.score >= LEAST_SUPPORT && samePlace(fit.pose, there, a)) return fit;
  }
  return undefined;
}

/** Remembers look-alikes: other places where the anchor is found while its true pose is known. */
export function learnTwins(a: Anchor, pose: Homography, found: readonly Fit[]): void {
  const back = invert(pose);
  if (!back) return;
  for (const f of found) {
    if (f.score < 1 || f.step.inlierZ < 0.75 || samePlace(f.pose, pose, a)) continue;
    const t = multiply(back, f.pose);
    if (!a.twins.some((k) => samePlace(k, t, a)) && a.twins.length < MOST_TWINS) a.twins.push(t);
  }
}
