import type { Anchor } from './anchor.ts';
import type { Core } from './core.ts';
import { apart, type Fit, type Follower } from './follow.ts';
import { guess, type Hypothesis, type SearchTables } from './locate.ts';
import { type Homography, invert, multiply } from './matrix.ts';
import { mapped, plausible, visibleShare } from './region.ts';

export interface SearchContext {
  readonly core: Core;
  readonly follower: Follower;
  readonly tables: SearchTables;
  readonly width: number;
  readonly height: number;
}

/** Support a hypothesis needs, and what is enough when very many features agree besides. */
const LEAST_SUPPORT = 0.75;
const LEAST_SUPPORT_MANY = 0.6;
const MANY_VOTES = 20;

/** Places where the anchor's patches are found, best first. */
export function places(c: SearchContext, a: Anchor, features: number): Fit[] {
  const list = guess(c.core, c.tables, features, a.db, a.region);
  const strongest = list[0]?.votes ?? 0;
  const found: Fit[] = [];
  for (const h of list) {
    if (h.votes < 0.25 * strongest && h.votes < 6) continue;
    const fit = confirm(c, a, h);
    if (fit && !found.some((f) => samePlace(f.pose, fit.pose, a))) found.push(fit);
  }
  return found.sort((p, q) => q.score - p.score);
}

function confirm(c: SearchContext, a: Anchor, h: Hypothesis): Fit | undefined {
  if (!plausible(h.pose, a.region)) return undefined;
  for (const set of [a.set, ...a.layers.map((l) => l.set)]) {
    const first = c.follower.far(set, h.pose);
    const fit = first && c.follower.near(set, first.pose);
    if (fit && fit.score >= (h.votes > MANY_VOTES ? LEAST_SUPPORT_MANY : LEAST_SUPPORT)) return fit;
  }
  return undefined;
}

/** The two poses put the region nearer to each other than half its size. */
export function samePlace(p: Homography, q: Homography, a: Anchor): boolean {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = mapped(p, a.region);
  return apart(p, q, a.region) < 0.25 * (Math.hypot(x2 - x0, y2 - y0) + Math.hypot(x3 - x1, y3 - y1));
}

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

/** Chooses among the places that were found; with look-alikes known, the one whose surroundings are the anchor's. */
export function choose(c: SearchContext, a: Anchor, found: readonly Fit[]): { fit: Fit; ambiguous: boolean } | undefined {
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
    if (!a.twins.some((k) => samePlace(k, t, a)) && a.twins.length < 6) a.twins.push(t);
  }
}
