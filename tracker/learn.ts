import { type Anchor, divide } from './anchor.ts';
import type { Core } from './core.ts';
import type { Fit } from './follow.ts';
import { type Homography, IDENTITY } from './matrix.ts';
import type { Planes } from './planes.ts';
import { centre } from './region.ts';
import { places, type SearchContext } from './search.ts';
import { learnTwins } from './twins.ts';
import { addKeyView, type Scratch } from './views.ts';

/** A second plane is looked for after that many frames in a row with patches beside the first. */
const BENT_FRAMES = 3;
/** First and longest pause between two tries, frames: a plane that turns away is soon too far off to be found from the first. */
const SPLIT_PAUSE = 3;
const LONGEST_SPLIT_PAUSE = 60;
const SPLIT_PATIENCE = 1.25;
const MOST_LAYERS = 2;
const LEAST_OFF = 12;
const LEAST_OFF_SHARE = 0.12;
/** Look-alikes are looked for at growing intervals, frames. */
const LONGEST_TWIN_PAUSE = 300;
/** A key view is kept when the region is seen that much larger or smaller, or that much more squeezed, than in any kept before. */
const KEY_SCALE = 1.6;
const KEY_TILT = 1.7;
const MOST_KEY_VIEWS = 4;
const KEY_FEATURES = 130;
const KEY_SUPPORT = 2;

export interface Lesson {
  readonly core: Core;
  readonly context: SearchContext;
  readonly scratch: Scratch;
  readonly planes: Planes;
  readonly frame: number;
  /** Something was searched for in this frame: what takes as long waits for the next. */
  readonly busy: boolean;
  /** Number of features in the frame; found when first asked for. */
  readonly features: () => number;
}

/** What a well supported frame teaches about an anchor: a second plane, look-alikes, how it looks from here. */
export function learn(l: Lesson, a: Anchor, fit: Fit): void {
  learnPlanes(l, a, fit);
  if (l.busy) return;
  if (l.frame >= a.nextTwinLook) {
    // the first time the anchor picture itself has just been looked through
    if (a.nextTwinLook > 0) learnTwins(a, fit.pose, places(l.context, a, l.features(), true));
    a.nextTwinLook = l.frame + a.twinPause;
    a.twinPause = Math.min(LONGEST_TWIN_PAUSE, a.twinPause * 2);
  } else if (fit.score >= KEY_SUPPORT && l.frame % 5 === 0 && isNewView(a, fit.pose)) {
    a.keyPoses.push(fit.pose);
    addKeyView(l.core, l.scratch, a.db, l.features(), a.region, fit.pose, KEY_FEATURES);
  }
}

function learnPlanes(l: Lesson, a: Anchor, fit: Fit): void {
  const { seen, inliers } = fit.step;
  const off = seen - inliers;
  a.bend = off >= LEAST_OFF && off > LEAST_OFF_SHARE * seen ? a.bend + 1 : Math.max(0, a.bend - 1);
  if (a.bend === 0) a.splitPause = SPLIT_PAUSE;
  if (a.bend < BENT_FRAMES || a.layers.length >= MOST_LAYERS || l.frame < a.nextSplit) return;
  a.nextSplit = l.frame + Math.round(a.splitPause);
  a.splitPause = Math.min(LONGEST_SPLIT_PAUSE, a.splitPause * SPLIT_PATIENCE);
  const parts = l.planes.split(a.set, fit);
  if (parts) divide(l.core, a, parts.labels, parts.poses);
}

type Linear = readonly [number, number, number, number];

function linearAt(h: Homography, x: number, y: number): Linear {
  const w = h[6] * x + h[7] * y + h[8];
  const u = (h[0] * x + h[1] * y + h[2]) / w;
  const v = (h[3] * x + h[4] * y + h[5]) / w;
  return [(h[0] - u * h[6]) / w, (h[1] - u * h[7]) / w, (h[3] - v * h[6]) / w, (h[4] - v * h[7]) / w];
}

/** Change of size and squeeze (ratio of the singular values) between two looks at a place. */
export function difference(a: Linear, b: Linear): { scale: number; tilt: number } {
  const det = b[0] * b[3] - b[1] * b[2];
  const m: Linear = [
    (a[0] * b[3] - a[1] * b[2]) / det,
    (a[1] * b[0] - a[0] * b[1]) / det,
    (a[2] * b[3] - a[3] * b[2]) / det,
    (a[3] * b[0] - a[2] * b[1]) / det,
  ];
  const p = m[0] ** 2 + m[2] ** 2;
  const q = m[1] ** 2 + m[3] ** 2;
  const r = m[0] * m[1] + m[2] * m[3];
  const spread = Math.sqrt(((p - q) / 2) ** 2 + r * r);
  const large = Math.sqrt((p + q) / 2 + spread);
  const small = Math.sqrt(Math.max(1e-12, (p + q) / 2 - spread));
  return { scale: Math.sqrt(large * small), tilt: large / small };
}

function isNewView(a: Anchor, pose: Homography): boolean {
  if (a.keyPoses.length >= MOST_KEY_VIEWS) return false;
  const [cx, cy] = centre(a.region);
  const now = linearAt(pose, cx, cy);
  return [IDENTITY, ...a.keyPoses].every((k) => {
    const { scale, tilt } = difference(now, linearAt(k, cx, cy));
    return scale > KEY_SCALE || scale < 1 / KEY_SCALE || tilt > KEY_TILT;
  });
}
