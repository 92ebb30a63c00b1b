import { apply, areaScale, type Homography } from './matrix.ts';

/** A convex region in anchor px: four corners in order (either sense), x0, y0 ... x3, y3. */
export type Quad = readonly [number, number, number, number, number, number, number, number];

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

const corner = (q: Quad, i: number): readonly [number, number] => [q[2 * (i & 3)] ?? 0, q[2 * (i & 3) + 1] ?? 0];

/** Area with sign (positive: clockwise on the screen, where y points down). */
export function signedArea(q: Quad): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const [ax, ay] = corner(q, i);
    const [bx, by] = corner(q, i + 1);
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}

export function centre(q: Quad): readonly [number, number] {
  return [(q[0] + q[2] + q[4] + q[6]) / 4, (q[1] + q[3] + q[5] + q[7]) / 4];
}

/** The region grown (or shrunk) about its centre. */
export function grown(q: Quad, factor: number): Quad {
  const [cx, cy] = centre(q);
  const x = (v: number) => cx + (v - cx) * factor;
  const y = (v: number) => cy + (v - cy) * factor;
  return [x(q[0]), y(q[1]), x(q[2]), y(q[3]), x(q[4]), y(q[5]), x(q[6]), y(q[7])];
}

export function contains(q: Quad, x: number, y: number): boolean {
  let left = 0;
  let right = 0;
  for (let i = 0; i < 4; i++) {
    const [ax, ay] = corner(q, i);
    const [bx, by] = corner(q, i + 1);
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (side > 0) left++;
    if (side < 0) right++;
  }
  return left === 0 || right === 0;
}

export function bounds(q: Quad): Box {
  return {
    x0: Math.min(q[0], q[2], q[4], q[6]),
    y0: Math.min(q[1], q[3], q[5], q[7]),
    x1: Math.max(q[0], q[2], q[4], q[6]),
    y1: Math.max(q[1], q[3], q[5], q[7]),
  };
}

/** Axis-parallel rectangle as a region. */
export const rectangle = (b: Box): Quad => [b.x0, b.y0, b.x1, b.y0, b.x1, b.y1, b.x0, b.y1];

export function mapped(h: Homography, q: Quad): Quad {
  const [a, b] = apply(h, q[0], q[1]);
  const [c, d] = apply(h, q[2], q[3]);
  const [e, f] = apply(h, q[4], q[5]);
  const [g, i] = apply(h, q[6], q[7]);
  return [a, b, c, d, e, f, g, i];
}

/** Share of the region (sampled 8 x 8) that h takes into a frame of width x height px. */
export function visibleShare(h: Homography, q: Quad, width: number, height: number): number {
  let inside = 0;
  for (let i = 0; i < 64; i++) {
    const s = ((i & 7) + 0.5) / 8;
    const t = ((i >> 3) + 0.5) / 8;
    const ax = (q[0] * (1 - s) + q[2] * s) * (1 - t) + (q[6] * (1 - s) + q[4] * s) * t;
    const ay = (q[1] * (1 - s) + q[3] * s) * (1 - t) + (q[7] * (1 - s) + q[5] * s) * t;
    const [x, y] = apply(h, ax, ay);
    if (x >= 0 && y >= 0 && x <= width - 1 && y <= height - 1) inside++;
  }
  return inside / 64;
}

/** A camera could see the region so: every corner in front of it, not mirrored, not folded, between 1/60 and 60 times its size. */
export function plausible(h: Homography, q: Quad): boolean {
  for (let i = 0; i < 4; i++) {
    const [x, y] = corner(q, i);
    if (!(h[6] * x + h[7] * y + h[8] > 0.05)) return false;
    const k = areaScale(h, x, y);
    if (!(k > 0.004 && k < 100)) return false;
  }
  const ratio = signedArea(mapped(h, q)) / signedArea(q);
  return ratio > 1 / 60 && ratio < 60;
}
