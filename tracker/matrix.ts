/** A homography: nine numbers, row-major, mapping column vectors (x, y, 1). Always scaled to a last entry of 1 where that is possible. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

/** Pixel position in the picture an anchor was drawn on. Pixel centres are whole numbers. */
export type AnchorPoint = { readonly x: number; readonly y: number; readonly space: 'anchor' };
/** Pixel position in a frame given to `process`. Pixel centres are whole numbers. */
export type FramePoint = { readonly x: number; readonly y: number; readonly space: 'frame' };

export const anchorPoint = (x: number, y: number): AnchorPoint => ({ x, y, space: 'anchor' });
export const framePoint = (x: number, y: number): FramePoint => ({ x, y, space: 'frame' });

export const IDENTITY: Homography = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** The product a * b: b is applied first. */
export function multiply(a: Homography, b: Homography): Homography {
  const [a0, a1, a2, a3, a4, a5, a6, a7, a8] = a;
  const [b0, b1, b2, b3, b4, b5, b6, b7, b8] = b;
  return normalised([
    a0 * b0 + a1 * b3 + a2 * b6,
    a0 * b1 + a1 * b4 + a2 * b7,
    a0 * b2 + a1 * b5 + a2 * b8,
    a3 * b0 + a4 * b3 + a5 * b6,
    a3 * b1 + a4 * b4 + a5 * b7,
    a3 * b2 + a4 * b5 + a5 * b8,
    a6 * b0 + a7 * b3 + a8 * b6,
    a6 * b1 + a7 * b4 + a8 * b7,
    a6 * b2 + a7 * b5 + a8 * b8,
  ]);
}

/** Divided by the last entry, when that is not (nearly) zero. */
function normalised(h: Homography): Homography {
  const k = h[8];
  if (Math.abs(k) < 1e-12) return h;
  return [h[0] / k, h[1] / k, h[2] / k, h[3] / k, h[4] / k, h[5] / k, h[6] / k, h[7] / k, 1];
}

/** Inverse by cofactors, or undefined when h is singular (determinant under 1e-12). */
export function invert(h: Homography): Homography | undefined {
  const [a, b, c, d, e, f, g, i, j] = h;
  const p = e * j - f * i;
  const q = f * g - d * j;
  const r = d * i - e * g;
  const det = a * p + b * q + c * r;
  if (!(Math.abs(det) > 1e-12)) return undefined;
  return normalised([
    p / det,
    (c * i - b * j) / det,
    (b * f - c * e) / det,
    q / det,
    (a * j - c * g) / det,
    (c * d - a * f) / det,
    r / det,
    (b * g - a * i) / det,
    (a * e - b * d) / det,
  ]);
}

/** Where h takes (x, y). Points on the vanishing line come out infinite. */
export function apply(h: Homography, x: number, y: number): readonly [number, number] {
  const w = h[6] * x + h[7] * y + h[8];
  return [(h[0] * x + h[1] * y + h[2]) / w, (h[3] * x + h[4] * y + h[5]) / w];
}

/** Determinant of the Jacobian of h at (x, y): the factor by which it changes areas there (negative: mirrored). */
export function areaScale(h: Homography, x: number, y: number): number {
  const w = h[6] * x + h[7] * y + h[8];
  const u = (h[0] * x + h[1] * y + h[2]) / w;
  const v = (h[3] * x + h[4] * y + h[5]) / w;
  return ((h[0] - u * h[6]) * (h[4] - v * h[7]) - (h[1] - u * h[7]) * (h[3] - v * h[6])) / (w * w);
}
