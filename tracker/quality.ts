import type { Picture } from './anchor.ts';
import type { PatchPlace } from './points.ts';
import { bounds, grown, type Quad, rectangle, signedArea } from './region.ts';

/** What was drawn: a region, or the points of strokes (x0, y0, x1, y1, ...). In px of the anchor picture. */
export type RegionInput = { readonly quad: Quad } | { readonly points: readonly number[] };

export type AddResult =
  | {
      readonly ok: true;
      readonly id: number;
      readonly region: Quad;
      /** `poor`: so little texture that the drawing may be lost easily. */
      readonly quality: 'good' | 'poor';
      /** A wider region that is good, when this one is poor and there is one. */
      readonly suggested?: Quad;
    }
  | { readonly ok: false; readonly reason: 'bad-picture' | 'bad-region' | 'too-many' };

const SMALLEST = 64;
const WIDEST = 1280;
const HIGHEST = 960;
const MOST_ANCHORS = 32;
const MOST_COORDINATES = 200_000;
/** A stroke's region is its bounding box and that much around it, px, and at least so large. */
const PADDING = 12;
const LEAST_SIDE = 40;
/** Patches and texture (see PatchPlace) that a region needs. */
const LEAST_PATCHES = 16;
const LEAST_TEXTURE = 18;
const FACTORS = [1.4, 2, 2.8] as const;

/** Why a picture cannot become an anchor. */
export function rejected(p: Picture, anchors: number): 'bad-picture' | 'too-many' | undefined {
  if (anchors >= MOST_ANCHORS) return 'too-many';
  return fitting(p.width, p.height) && p.gray.length === p.width * p.height ? undefined : 'bad-picture';
}

/** Whole numbers within what the tracker can take. */
export function fitting(width: number, height: number): boolean {
  const whole = Number.isInteger(width) && Number.isInteger(height);
  return whole && width >= SMALLEST && height >= SMALLEST && width <= WIDEST && height <= HIGHEST;
}

/** The region as a convex quad that lies in the picture, or undefined when there is none. */
export function checkedRegion(where: RegionInput, p: Picture): Quad | undefined {
  if ('points' in where) return aroundPoints(where.points, p);
  const q = where.quad;
  if (!q.every(Number.isFinite)) return undefined;
  const area = signedArea(q);
  const box = bounds(q);
  const outside = box.x0 < -p.width || box.y0 < -p.height || box.x1 > 2 * p.width || box.y1 > 2 * p.height;
  const apart = box.x1 < 8 || box.y1 < 8 || box.x0 > p.width - 9 || box.y0 > p.height - 9;
  return Math.abs(area) < 64 || outside || apart || !isConvex(q) ? undefined : q;
}

function isConvex(q: Quad): boolean {
  const sign = Math.sign(signedArea(q));
  for (let i = 0; i < 4; i++) {
    const [ax, ay, bx, by, cx, cy] = [0, 1, 2].flatMap((k) => [
      q[2 * ((i + k) & 3)] ?? 0,
      q[2 * ((i + k) & 3) + 1] ?? 0,
    ]);
    const turn = ((bx ?? 0) - (ax ?? 0)) * ((cy ?? 0) - (by ?? 0)) - ((by ?? 0) - (ay ?? 0)) * ((cx ?? 0) - (bx ?? 0));
    if (Math.sign(turn) !== sign) return false;
  }
  return true;
}

function aroundPoints(points: readonly number[], p: Picture): Quad | undefined {
  if (points.length < 2 || points.length > MOST_COORDINATES || !points.every(Number.isFinite)) return undefined;
  let [x0, y0, x1, y1] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? 0;
    const y = points[i + 1] ?? 0;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const growX = Math.max(PADDING, (LEAST_SIDE - (x1 - x0)) / 2);
  const growY = Math.max(PADDING, (LEAST_SIDE - (y1 - y0)) / 2);
  return inside({ x0: x0 - growX, y0: y0 - growY, x1: x1 + growX, y1: y1 + growY }, p);
}

function inside(b: { x0: number; y0: number; x1: number; y1: number }, p: Picture): Quad | undefined {
  const box = {
    x0: Math.max(0, b.x0),
    y0: Math.max(0, b.y0),
    x1: Math.min(p.width - 1, b.x1),
    y1: Math.min(p.height - 1, b.y1),
  };
  return box.x1 - box.x0 < 8 || box.y1 - box.y0 < 8 ? undefined : rectangle(box);
}

/** Is there enough to hold on to? */
export function quality(patches: readonly PatchPlace[]): 'good' | 'poor' {
  const texture = patches.reduce((sum, p) => sum + p.texture, 0);
  return patches.length >= LEAST_PATCHES && texture >= LEAST_TEXTURE ? 'good' : 'poor';
}

/** The least widened region that is good. */
export function widened(region: Quad, p: Picture, rate: (r: Quad) => 'good' | 'poor'): Quad | undefined {
  for (const f of FACTORS) {
    const wider = inside(bounds(grown(region, f)), p);
    if (wider && rate(wider) === 'good') return wider;
  }
  return undefined;
}
