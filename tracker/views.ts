import { at, type Core } from './core.ts';
import type { Database, Entry } from './database.ts';
import { apply, type Homography, invert } from './matrix.ts';
import { bounds, centre, contains, grown, type Quad } from './region.ts';

/** Affine map, two rows of three. */
type Affine = readonly [number, number, number, number, number, number];

/** A way of looking at the anchor that is tried out in advance. */
export interface View {
  /** 1 / cos of the angle from which it is looked at. */
  readonly tilt: number;
  /** Direction of the squeeze, radians. */
  readonly angle: number;
  readonly most: number;
}

const around = (tilt: number, turns: number, most: number): View[] =>
  Array.from({ length: turns }, (_, i) => ({ tilt, angle: (i * Math.PI) / turns, most }));

/** How steep and towards which side: frontal, 58 and 72 degrees (the scheme of Morel & Yu, ASIFT, SIAM J. Imaging Sciences 2009, with two
 *  tilts; each view tolerates about as much again). */
export const VIEWS: readonly View[] = [...around(1, 1, 320), ...around(1.9, 5, 130), ...around(3.2, 8, 80)];

export interface Scratch {
  readonly pView: number;
  readonly width: number;
  readonly height: number;
  readonly pRecords: number;
  readonly pDescriptors: number;
  readonly most: number;
}

/** Share of a view's features that each scale (base px per scale px) may have. */
const SHARES = [
  [1, 0.34],
  [1.5, 0.26],
  [2, 0.22],
  [3, 0.22],
  [4, 0.2],
  [6, 0.12],
] as const;

/** Features are taken from the region and that much around it (factor), coarse ones from a wider neighbourhood: from afar the region alone
 *  has too little to say. Small regions get more. */
const REACH = 1.3;
const WIDER = 1.5;
const SMALL = 110;
const MARGIN = 20;

const reachOf = (region: Quad): number => {
  const box = bounds(region);
  return Math.max(REACH, Math.min(3, SMALL / Math.max(1, box.x1 - box.x0, box.y1 - box.y0)));
};

/** Turned by -angle, x squeezed by the tilt, the region's centre at the origin. */
function affineOf(region: Quad, v: View): Affine {
  const [cx, cy] = centre(region);
  const c = Math.cos(v.angle);
  const s = Math.sin(v.angle);
  const a = c / v.tilt;
  const b = s / v.tilt;
  return [a, b, -(a * cx + b * cy), -s, c, s * cx - c * cy];
}

function inverseOf([a, b, c, d, e, f]: Affine): Affine {
  const det = a * e - b * d;
  return [e / det, -b / det, (b * f - e * c) / det, -d / det, a / det, (d * c - a * f) / det];
}

/** Moved so that the wanted part of the anchor lies in the middle of a picture, and that picture's size. */
function framed(v: Affine, wide: Quad, scratch: Scratch): { map: Affine; width: number; height: number } {
  const xs = [0, 2, 4, 6].map((i) => v[0] * at(wide, i) + v[1] * at(wide, i + 1) + v[2]);
  const ys = [0, 2, 4, 6].map((i) => v[3] * at(wide, i) + v[4] * at(wide, i + 1) + v[5]);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = Math.min(scratch.width, Math.ceil(x1 - x0 + 2 * MARGIN));
  const height = Math.min(scratch.height, Math.ceil(y1 - y0 + 2 * MARGIN));
  return {
    map: [v[0], v[1], v[2] - (x0 + x1 - width) / 2, v[3], v[4], v[5] - (y0 + y1 - height) / 2],
    width,
    height,
  };
}

interface Found extends Entry {
  readonly scale: number;
  readonly response: number;
}

/** The strongest of every scale. */
function balanced(found: readonly Found[], most: number): Entry[] {
  return SHARES.flatMap(([scale, share]) =>
    found
      .filter((e) => e.scale === scale)
      .sort((a, b) => b.response - a.response)
      .slice(0, Math.ceil(most * share)),
  );
}

/** Features in the scratch tables whose anchor position (by `back`) is near the region. `linear`: anchor px -> picture px there, 2x2. */
function collect(
  core: Core,
  scratch: Scratch,
  n: number,
  region: Quad,
  back: (x: number, y: number) => readonly [number, number],
  linear: (x: number, y: number) => readonly [number, number, number, number],
): Found[] {
  const outer = grown(region, reachOf(region));
  const wide = grown(region, reachOf(region) * WIDER);
  const { f32, u8 } = core;
  const found: Found[] = [];
  for (let i = 0; i < n; i++) {
    const r = scratch.pRecords / 4 + i * 6;
    const [x, y] = back(at(f32, r), at(f32, r + 1));
    const scale = at(f32, r + 2);
    if (!contains(scale < 2.5 ? outer : wide, x, y)) continue;
    const c = Math.cos(at(f32, r + 3)) / scale;
    const s = Math.sin(at(f32, r + 3)) / scale;
    const [a, b, d, e] = linear(x, y);
    const p = scratch.pDescriptors + i * 128;
    found.push({
      x,
      y,
      kind: at(f32, r + 4),
      scale,
      response: at(f32, r + 5) * (contains(region, x, y) ? 2 : 1),
      map: [c * a + s * d, c * b + s * e, -s * a + c * d, -s * b + c * e],
      descriptor: u8.slice(p, p + 128),
    });
  }
  return found;
}

/** Describes the region and a little around it as it looks in one view. */
export function addView(core: Core, scratch: Scratch, db: Database, pAnchor: number, region: Quad, v: View): void {
  const wide = grown(region, reachOf(region) * WIDER);
  const { map, width, height } = framed(affineOf(region, v), wide, scratch);
  const inv = inverseOf(map);
  core.call.pyramid(width, height, scratch.pView);
  core.call.warp(pAnchor, scratch.pView, ...inv);
  core.call.buildPyramid(scratch.pView);
  const n = core.call.findFeatures(scratch.pView, 6, 6, 60, scratch.most, scratch.pRecords, scratch.pDescriptors);
  const back = (x: number, y: number): readonly [number, number] => [
    inv[0] * x + inv[1] * y + inv[2],
    inv[3] * x + inv[4] * y + inv[5],
  ];
  const linear = (): readonly [number, number, number, number] => [map[0], map[1], map[3], map[4]];
  db.add(balanced(collect(core, scratch, n, region, back, linear), v.most));
}

/** Describes the region as the camera sees it now (a key view): n features of the frame are in the scratch tables. */
export function addKeyView(
  core: Core,
  scratch: Scratch,
  db: Database,
  n: number,
  region: Quad,
  pose: Homography,
  most: number,
): void {
  const inverse = invert(pose);
  if (!inverse) return;
  const linear = (x: number, y: number): readonly [number, number, number, number] => {
    const w = pose[6] * x + pose[7] * y + pose[8];
    const [u, v] = apply(pose, x, y);
    return [
      (pose[0] - u * pose[6]) / w,
      (pose[1] - u * pose[7]) / w,
      (pose[3] - v * pose[6]) / w,
      (pose[4] - v * pose[7]) / w,
    ];
  };
  db.add(
    balanced(
      collect(core, scratch, n, region, (x, y) => apply(inverse, x, y), linear),
      most,
    ),
  );
}
