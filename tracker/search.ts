import type { Anchor } from './anchor.ts';
import type { Core } from './core.ts';
import { apart, type Fit, type Follower } from './follow.ts';
import { guess, type Hypothesis, type SearchTables } from './locate.ts';
import type { Homography } from './matrix.ts';
import { mapped, plausible } from './region.ts';

export interface SearchContext {
  readonly core: Core;
  readonly follower: Follower;
  readonly tables: SearchTables;
  /** The pyramid that is searched. */
  readonly pFrame: number;
  readonly width: number;
  readonly height: number;
}

/** Support a hypothesis needs, and what is enough when very many features agree besides. */
export const LEAST_SUPPORT = 0.75;
const LEAST_SUPPORT_MANY = 0.6;
const MANY_VOTES = 20;

/** Support with which a search stops looking for anything better. */
const CERTAIN = 1.3;

/** Guesses that are looked at closely: so many of those that look most alike, and of those with most votes (half covered, a thing looks like nothing). */
const SEARCH = { alike: 4, voted: 3 } as const;
/** With look-alikes known all of them have to be seen. */
const SEARCH_AMONG_TWINS = { alike: 8, voted: 3 } as const;
/** What else looks like it: only what has the same features counts, not what merely has the same lights and shades. */
const SURVEY = { alike: 0, voted: 8 } as const;
const LEAST_ALIKE = 0.45;

/** Patches aligned in one frame (about 3 us each) after which no further guess is looked at; the first two are in any case. */
const MOST_WORK = 2400;
const LEAST_LOOKS = 2;

/** Which guesses are worth a closer look, best first. */
function promising(
  list: readonly Hypothesis[],
  most: { readonly alike: number; readonly voted: number },
): Hypothesis[] {
  const strongest = list[0]?.votes ?? 0;
  const alike = list
    .filter((h) => h.likeness >= LEAST_ALIKE)
    .sort((p, q) => q.likeness - p.likeness)
    .slice(0, most.alike);
  const voted = list.slice(0, most.voted).filter((h) => h.votes >= 0.25 * strongest || h.votes >= 6);
  return [...new Set([...alike, ...voted])];
}

/** Places where the anchor's patches are found, best first. `all`: also looks on when it has found one for certain. */
export function places(c: SearchContext, a: Anchor, features: number, all: boolean): Fit[] {
  const { db, region } = a;
  const several = all || a.twins.length > 0;
  const most = all ? SURVEY : several ? SEARCH_AMONG_TWINS : SEARCH;
  const list = guess(c.core, c.tables, features, c.pFrame, { db, region, pSource: a.set.pSource });
  const found: Fit[] = [];
  for (const [looks, h] of promising(list, most).entries()) {
    if (looks >= LEAST_LOOKS && c.follower.work >= MOST_WORK) break;
    if (!several && found.some((f) => f.score >= CERTAIN)) break;
    const fit = confirm(c, a, h);
    if (fit && !found.some((f) => samePlace(f.pose, fit.pose, a))) found.push(fit);
  }
  return found.sort((p, q) => q.score - p.score);
}

function confirm(c: SearchContext, a: Anchor, h: Hypothesis): Fit | undefined {
  if (!plausible(h.pose, a.region)) return undefined;
  for (const set of [a.set, ...a.layers.map((l) => l.set)]) {
    // half of the patches is enough to throw a wrong place out
    const half = { ...set, count: Math.max(Math.min(set.count, 30), set.count >> 1) };
    const first = c.follower.far(half, h.pose);
    const fit = first && c.follower.settled(c.follower.near(set, first.pose));
    if (fit && fit.score >= (h.votes > MANY_VOTES ? LEAST_SUPPORT_MANY : LEAST_SUPPORT)) return fit;
  }
  return undefined;
}

/** The two poses put the region nearer to each other than half its size. */
export function samePlace(p: Homography, q: Homography, a: Anchor): boolean {
  const [x0, y0, x1, y1, x2, y2, x3, y3] = mapped(p, a.region);
  return apart(p, q, a.region) < 0.25 * (Math.hypot(x2 - x0, y2 - y0) + Math.hypot(x3 - x1, y3 - y1));
}
