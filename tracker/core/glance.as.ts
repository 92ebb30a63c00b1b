// Is it there at all? The region and a place of the frame are compared at one coarse glance, before any patches are aligned.
import { sampleAffine } from './sample.as';
import { widthOf, heightOf } from './image.as';

const SIDE: i32 = 12; // samples a side; the frame's outer ones are used when it is shifted by one
const INNER: i32 = 10;
const LEAST: i32 = 40; // samples that have to lie in the frame
const anchor: usize = memory.data(SIDE * SIDE * 4, 16);
const seen: usize = memory.data(SIDE * SIDE * 4, 16);
const inside: usize = memory.data(SIDE * SIDE, 16);

/** Best ZNCC of 10 x 10 samples of the region and of the place to which an affine map (6 f64) takes it, shifted by up to one sample; -1 when less
 *  than two fifths of it are in the frame. Region: its middle and the two steps between samples, anchor px. */
export function glance(
  src: usize,
  frame: usize,
  map: usize,
  cx: f32,
  cy: f32,
  ux: f32,
  uy: f32,
  vx: f32,
  vy: f32,
): f32 {
  const a = <f32>load<f64>(map),
    b = <f32>load<f64>(map, 8),
    d = <f32>load<f64>(map, 24),
    e = <f32>load<f64>(map, 32);
  const x = a * cx + b * cy + <f32>load<f64>(map, 16),
    y = d * cx + e * cy + <f32>load<f64>(map, 40);
  const px = a * ux + b * uy,
    py = d * ux + e * uy,
    qx = a * vx + b * vy,
    qy = d * vx + e * vy;
  if (!sampleAffine(src, cx, cy, ux, vx, uy, vy, SIDE, SIDE, anchor, SIDE)) return -1;
  if (!sampleAffine(frame, x, y, px, qx, py, qy, SIDE, SIDE, seen, SIDE)) return -1;
  const w = <f32>(widthOf(frame) - 1),
    h = <f32>(heightOf(frame) - 1);
  const middle: f32 = <f32>(SIDE - 1) * 0.5;
  for (let j = 0; j < SIDE; j++)
    for (let i = 0; i < SIDE; i++) {
      const s = <f32>i - middle,
        t = <f32>j - middle,
        u = x + px * s + qx * t,
        v = y + py * s + qy * t;
      store<u8>(inside + <usize>(j * SIDE + i), u >= 0 && v >= 0 && u <= w && v <= h ? 1 : 0);
    }
  let best: f32 = -1;
  for (let dy = 0; dy < 3; dy++) for (let dx = 0; dx < 3; dx++) best = max(best, likeness(dx, dy));
  return best;
}

/** ZNCC of the anchor's inner samples and the frame's, shifted by (dx - 1, dy - 1). */
function likeness(dx: i32, dy: i32): f32 {
  let n = 0;
  let s: f32 = 0,
    t: f32 = 0,
    ss: f32 = 0,
    tt: f32 = 0,
    st: f32 = 0;
  for (let j = 0; j < INNER; j++)
    for (let i = 0; i < INNER; i++) {
      const k = (j + dy) * SIDE + i + dx;
      if (!load<u8>(inside + <usize>k)) continue;
      const v = load<f32>(anchor + <usize>(((j + 1) * SIDE + i + 1) << 2)),
        w = load<f32>(seen + <usize>(k << 2));
      n++;
      s += v;
      t += w;
      ss += v * v;
      tt += w * w;
      st += v * w;
    }
  if (n < LEAST) return -1;
  const m = <f32>n,
    p = ss * m - s * s,
    q = tt * m - t * t;
  return p > 1 && q > 1 ? (st * m - s * t) / Mathf.sqrt(p * q) : 0;
}
