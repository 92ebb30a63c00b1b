// One step of following a plane: expected positions of its points, patches aligned there, homography corrected by what they say.
//
// The correction is linear in eight numbers a0..a7 at frame positions (u, v), centred on the plane's points and divided by their spread:
//   du = a0 + a1 u + a2 v + u (a6 u + a7 v),   dv = a3 + a4 u + a5 v + v (a6 u + a7 v)
// which is the first order of a homography near the identity (Baker & Matthews, "Lucas-Kanade 20 years on", IJCV 2004, 3.1.1).
// Each patch counts with its own 2x2 information, so a patch on an edge corrects across the edge only.
import { accumulate, at, clearEquations, solve } from './equations.as';
import { alignPatches } from './patch.as';
import { widthOf, heightOf } from './image.as';

/** Points: 8 f32 each: source x, y; weight; slot; offset x, y (frame px, where the patch lay off the homography last time); state; trust (0..1: how
 *  often it has been an inlier lately, where it could be seen). */
export const POINT_BYTES: i32 = 32;
const MAX_POINTS: i32 = 256;
const request: usize = memory.data(256 * 40, 16);
const answer: usize = memory.data(256 * 32, 16);
const info: usize = memory.data(256 * 16, 16); // s00, s01, s11 (unit: 1 = fully informed), weight

export function answerTable(): usize {
  return answer;
}
export function requestTable(): usize {
  return request;
}

/** Expected positions and Jacobians of n points under the homography h (9 f64). Points that fall outside the frame by the margin get slot -1. */
function expect(points: usize, n: i32, h: usize, frame: usize, margin: f32, useOffset: bool): void {
  const w = <f32>widthOf(frame) - 1 - margin,
    e = <f32>heightOf(frame) - 1 - margin;
  const h0 = load<f64>(h),
    h1 = load<f64>(h, 8),
    h2 = load<f64>(h, 16),
    h3 = load<f64>(h, 24),
    h4 = load<f64>(h, 32),
    h5 = load<f64>(h, 40),
    h6 = load<f64>(h, 48),
    h7 = load<f64>(h, 56),
    h8 = load<f64>(h, 64);
  for (let k = 0; k < n; k++) {
    const p = points + <usize>(k * POINT_BYTES),
      r = request + <usize>(k * 40);
    const x = <f64>load<f32>(p),
      y = <f64>load<f32>(p, 4);
    const d = h6 * x + h7 * y + h8,
      i = 1 / d;
    const fx = (h0 * x + h1 * y + h2) * i,
      fy = (h3 * x + h4 * y + h5) * i;
    store<f32>(r, <f32>x);
    store<f32>(r, <f32>y, 4);
    store<f32>(r, <f32>((h0 - fx * h6) * i), 8);
    store<f32>(r, <f32>((h1 - fx * h7) * i), 12);
    store<f32>(r, <f32>((h3 - fy * h6) * i), 16);
    store<f32>(r, <f32>((h4 - fy * h7) * i), 20);
    let gx = <f32>fx,
      gy = <f32>fy;
    if (useOffset) {
      gx += load<f32>(p, 16);
      gy += load<f32>(p, 20);
    }
    const inside = d > 0 && gx >= margin && gy >= margin && gx <= w && gy <= e && load<f32>(p, 8) > 0;
    store<f32>(r, gx, 24);
    store<f32>(r, gy, 28);
    store<f32>(r, inside ? load<f32>(p, 12) : -1, 32);
  }
}

/** Aligns the points at one level and corrects h (9 f64, in place).
 *  freedom: 2 (shift), 6 (affine) or 8. zMin: gate for a patch to count. cut: where the robust weight ends at last, px; annealed from cutFirst.
 *  loose: prior standard deviation of the linear part (fraction per step), 0 = none. noise: gray levels of a frame px.
 *  Result (9 f32): seen (inside the frame), good (z over the gate), inliers (good and within cut), mean z of the seen, RMS residual of the inliers
 *  (px), mean z of the inliers, weight of inliers, weight of seen, spread of the good ones (RMS distance
 *  from their middle, px). Point state: 1 inlier, 2 good outlier, 0 poor, -1 outside, -2 burnt out (neither is `seen`). */
export function stepPose(
  src: usize,
  frame: usize,
  points: usize,
  n: i32,
  slots: usize,
  h: usize,
  level: i32,
  iterations: i32,
  reach: f32,
  freedom: i32,
  zMin: f32,
  cutFirst: f32,
  cut: f32,
  loose: f32,
  noise: f32,
  useOffset: bool,
  result: usize,
): void {
  if (n > MAX_POINTS) n = MAX_POINTS;
  const unit = <f32>(1 << level);
  expect(points, n, h, frame, 3, useOffset);
  alignPatches(src, frame, level, n, request, answer, slots, iterations, reach, 256.0 * 0.05, level);
  // information per patch, in units where 1 = position known to `floor`
  const floor: f32 = 0.2 * unit;
  let seen = 0,
    good = 0;
  let zSum: f32 = 0,
    wSeen: f32 = 0;
  let mx: f64 = 0,
    my: f64 = 0,
    mw: f64 = 0;
  for (let k = 0; k < n; k++) {
    const r = request + <usize>(k * 40),
      a = answer + <usize>(k * 32),
      s = info + <usize>(k * 16),
      p = points + <usize>(k * POINT_BYTES);
    store<f32>(s, 0, 12);
    if (load<f32>(r, 32) < 0) {
      store<f32>(p, -1, 24);
      continue;
    }
    if (load<f32>(a, 8) == -2) {
      store<f32>(p, -2, 24);
      continue;
    }
    seen++;
    const z = load<f32>(a, 8),
      pw = load<f32>(p, 8);
    wSeen += pw;
    zSum += max<f32>(z, 0);
    store<f32>(p, 0, 24);
    if (z < zMin) continue;
    good++;
    const g = load<f32>(a, 12),
      q = (g * g) / (noise * noise * unit * unit);
    const i00 = load<f32>(a, 16) * q + 1e-4,
      i01 = load<f32>(a, 20) * q,
      i11 = load<f32>(a, 24) * q + 1e-4;
    // S = f^2 (I^-1 + f^2)^-1 = I - (f^2 I + 1)^-1 with I in px^-2
    const f2 = floor * floor;
    const c00 = i00 * f2 + 1,
      c01 = i01 * f2,
      c11 = i11 * f2 + 1,
      det = c00 * c11 - c01 * c01;
    store<f32>(s, 1 - c11 / det);
    store<f32>(s, c01 / det, 4);
    store<f32>(s, 1 - c00 / det, 8);
    const w = pw * z * z;
    store<f32>(s, w, 12);
    mx += <f64>(w * load<f32>(r, 24));
    my += <f64>(w * load<f32>(r, 28));
    mw += <f64>w;
  }
  store<f32>(result, <f32>seen);
  store<f32>(result, <f32>good, 4);
  store<f32>(result, 0, 8);
  store<f32>(result, seen ? zSum / <f32>seen : 0, 12);
  store<f32>(result, 0, 16);
  store<f32>(result, 0, 20);
  store<f32>(result, 0, 24);
  store<f32>(result, wSeen, 28);
  store<f32>(result, 0, 32);
  if (good < 3) return;
  const cx = mx / mw,
    cy = my / mw;
  let spread: f64 = 0;
  for (let k = 0; k < n; k++) {
    const s = load<f32>(info + <usize>(k * 16), 12);
    if (s > 0) {
      const r = request + <usize>(k * 40),
        dx = <f64>load<f32>(r, 24) - cx,
        dy = <f64>load<f32>(r, 28) - cy;
      spread += <f64>s * (dx * dx + dy * dy);
    }
  }
  const scale = Math.max(8, Math.sqrt(spread / mw)),
    inv = 1 / scale;
  store<f32>(result, <f32>Math.sqrt(spread / mw), 32);
  // correction as a matrix in normalised coordinates, started at the identity
  let u0: f64 = 1,
    u1: f64 = 0,
    u2: f64 = 0,
    u3: f64 = 0,
    u4: f64 = 1,
    u5: f64 = 0,
    u6: f64 = 0,
    u7: f64 = 0;
  let rms: f64 = 0,
    inliers = 0;
  let wIn: f64 = 0,
    zIn: f64 = 0;
  const rounds = 5;
  for (let round = 0; round <= rounds; round++) {
    const c = round >= 3 ? cut : cutFirst + ((cut - cutFirst) * <f32>round) / 3;
    const c2 = <f64>(c * c);
    clearEquations();
    rms = 0;
    inliers = 0;
    wIn = 0;
    zIn = 0;
    for (let k = 0; k < n; k++) {
      const s = info + <usize>(k * 16),
        w0 = <f64>load<f32>(s, 12);
      if (w0 <= 0) continue;
      const r = request + <usize>(k * 40),
        a = answer + <usize>(k * 32),
        p = points + <usize>(k * POINT_BYTES);
      let ex: f32 = load<f32>(r, 24),
        ey = load<f32>(r, 28);
      if (useOffset) {
        ex -= load<f32>(p, 16);
        ey -= load<f32>(p, 20);
      }
      const x = (<f64>ex - cx) * inv,
        y = (<f64>ey - cy) * inv,
        d = 1 / (u6 * x + u7 * y + 1),
        u = (u0 * x + u1 * y + u2) * d,
        v = (u3 * x + u4 * y + u5) * d;
      const rx = <f64>load<f32>(a) - cx - u * scale,
        ry = <f64>load<f32>(a, 4) - cy - v * scale;
      const s00 = <f64>load<f32>(s),
        s01 = <f64>load<f32>(s, 4),
        s11 = <f64>load<f32>(s, 8);
      const m2 = s00 * rx * rx + 2 * s01 * rx * ry + s11 * ry * ry;
      store<f32>(p, m2 < <f64>(cut * cut) ? 1 : 2, 24);
      if (round == rounds) {
        store<f32>(a, <f32>rx, 28);
      }
      if (m2 >= c2) continue;
      const t = 1 - m2 / c2,
        w = w0 * t * t;
      inliers++;
      rms += m2;
      wIn += <f64>load<f32>(p, 8);
      zIn += <f64>load<f32>(a, 8);
      if (round == rounds) continue;
      accumulate(u, v, rx * inv, ry * inv, s00 * w, s01 * w, s11 * w, freedom);
    }
    if (round == rounds) break;
    if (inliers < 3) return;
    // prior: standard deviations of the correction per step, in px at the spread radius against `floor`
    const base = <f64>(floor * floor) * inv * inv;
    if (loose > 0) {
      const lin = base / <f64>(loose * loose);
      for (let i = 0; i < freedom; i++) {
        const k = i == 0 || i == 3 ? 0.0 : i >= 6 ? 6 * lin : lin;
        store<f64>(at(i, i), load<f64>(at(i, i)) + k);
      }
    }
    for (let i = 0; i < freedom; i++) store<f64>(at(i, i), load<f64>(at(i, i)) + 1e-6);
    if (!solve(freedom == 2 ? 2 : freedom)) return;
    let a0 = load<f64>(at(0, 8)),
      a1: f64 = 0,
      a2: f64 = 0,
      a3: f64,
      a4: f64 = 0,
      a5: f64 = 0,
      a6: f64 = 0,
      a7: f64 = 0;
    if (freedom == 2) a3 = load<f64>(at(1, 8));
    else {
      a1 = load<f64>(at(1, 8));
      a2 = load<f64>(at(2, 8));
      a3 = load<f64>(at(3, 8));
      a4 = load<f64>(at(4, 8));
      a5 = load<f64>(at(5, 8));
      if (freedom == 8) {
        a6 = load<f64>(at(6, 8));
        a7 = load<f64>(at(7, 8));
      }
    }
    // U <- (I + a) U
    const p0 = (1 + a1) * u0 + a2 * u3 + a0 * u6,
      p1 = (1 + a1) * u1 + a2 * u4 + a0 * u7,
      p2 = (1 + a1) * u2 + a2 * u5 + a0;
    const p3 = a4 * u0 + (1 + a5) * u3 + a3 * u6,
      p4 = a4 * u1 + (1 + a5) * u4 + a3 * u7,
      p5 = a4 * u2 + (1 + a5) * u5 + a3;
    const p6 = -a6 * u0 - a7 * u3 + u6,
      p7 = -a6 * u1 - a7 * u4 + u7,
      p8 = 1 / (1 - a6 * u2 - a7 * u5);
    u0 = p0 * p8;
    u1 = p1 * p8;
    u2 = p2 * p8;
    u3 = p3 * p8;
    u4 = p4 * p8;
    u5 = p5 * p8;
    u6 = p6 * p8;
    u7 = p7 * p8;
  }
  for (let k = 0; k < n; k++) {
    const p = points + <usize>(k * POINT_BYTES),
      s = load<f32>(p, 24),
      t = load<f32>(p, 28);
    if (s >= 0) store<f32>(p, t + 0.08 * ((s == 1 ? <f32>1 : 0) - t), 28);
  }
  store<f32>(result, <f32>inliers, 8);
  store<f32>(result, inliers ? <f32>Math.sqrt(rms / <f64>inliers) : 0, 16);
  store<f32>(result, inliers ? <f32>(zIn / <f64>inliers) : 0, 20);
  store<f32>(result, <f32>wIn, 24);
  // H <- T^-1 U T H with T = translate(-c) then scale(inv)
  const m6 = u6 * inv,
    m7 = u7 * inv,
    m8 = 1 - m6 * cx - m7 * cy;
  const m0 = u0 + cx * m6,
    m1 = u1 + cx * m7,
    m2 = u2 * scale - u0 * cx - u1 * cy + cx * m8;
  const m3 = u3 + cy * m6,
    m4 = u4 + cy * m7,
    m5 = u5 * scale - u3 * cx - u4 * cy + cy * m8;
  for (let c: usize = 0; c < 24; c += 8) {
    const a = load<f64>(h + c),
      b = load<f64>(h + c, 24),
      e = load<f64>(h + c, 48);
    store<f64>(h + c, m0 * a + m1 * b + m2 * e);
    store<f64>(h + c, m3 * a + m4 * b + m5 * e, 24);
    store<f64>(h + c, m6 * a + m7 * b + m8 * e, 48);
  }
  const k = 1 / load<f64>(h, 64);
  for (let c: usize = 0; c < 72; c += 8) store<f64>(h + c, load<f64>(h + c) * k);
}
