export type Vector = readonly [number, number, number];
/** 3 x 3, row-major. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number];

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (m: Matrix, v: Vector): Vector => [
  m[0] * v[0] + m[1] * v[1] + m[2] * v[2],
  m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
  m[6] * v[0] + m[7] * v[1] + m[8] * v[2],
];
export const transpose = (m: Matrix): Matrix => [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];

export function product(...list: readonly Matrix[]): Matrix {
  return list.reduce((a, b) => {
    const [x, y, z] = [0, 1, 2].map((c) => times(a, [b[c] ?? 0, b[3 + c] ?? 0, b[6 + c] ?? 0]));
    if (!x || !y || !z) return a;
    return [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]];
  });
}

export function inverse([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  const [p, q, r] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const k = 1 / (a * p + b * q + c * r);
  const [s, t, u, v, w, x] = [c * h - b * i, b * f - c * e, a * i - c * g, c * d - a * f, b * g - a * h, a * e - b * d];
  return [p * k, s * k, t * k, q * k, u * k, v * k, r * k, w * k, x * k];
}

export const turnX = (a: number): Matrix => [1, 0, 0, 0, Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a)];
export const turnY = (a: number): Matrix => [Math.cos(a), 0, Math.sin(a), 0, 1, 0, -Math.sin(a), 0, Math.cos(a)];
export const turnZ = (a: number): Matrix => [Math.cos(a), -Math.sin(a), 0, Math.sin(a), Math.cos(a), 0, 0, 0, 1];

/** Camera: world = position + turn^T * camera; x right, y down, z forward. */
export interface Pose {
  readonly turn: Matrix;
  readonly position: Vector;
}

export const WIDTH = 640;
export const HEIGHT = 360;
export const RATE = 30;
/** Focal length, px: 60 degrees across the picture. */
export const FOCAL = 554;
export const CAMERA: Matrix = [FOCAL, 0, 319.5, 0, FOCAL, 179.5, 0, 0, 1];

/** Picture position and depth of a point in space. */
export function project(p: Vector, pose: Pose): Vector {
  const q = times(pose.turn, subtract(p, pose.position));
  return [(FOCAL * q[0]) / q[2] + 319.5, (FOCAL * q[1]) / q[2] + 179.5, q[2]];
}
