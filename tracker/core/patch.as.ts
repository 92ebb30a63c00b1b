// Patches of 16 x 16 px: a template is sampled once from a source picture through an affine map, then found in a frame by
// Gauss-Newton steps in two translations (Lucas-Kanade, inverse form: the gradients are the template's).
//
// Light: frame = gain * template + bias. The gradients are made orthogonal to the constant and to the template itself, so bias drops
// out and gain only scales the step (Hager & Belhumeur, "Efficient region tracking", PAMI 1998, section on illumination).
import { clipped, findClipped } from './clipped.as';
import { pixels, strideOf, widthOf, heightOf, levelOf, LEVELS } from './image.as';
import { sampleAffine } from './sample.as';

const N: i32 = 16,
  AREA: f32 = 256;
/** Template slot: three tables of 256 i16 with 4 fractional bits (gradient x, gradient y, zero-mean template), then f32 fields. */
export const SLOT_BYTES: i32 = 1600;
const GY: usize = 512,
  TT: usize = 1024;
const F_G00: usize = 1536,
  F_G01: usize = 1540,
  F_G11: usize = 1544,
  F_VAR: usize = 1548,
  F_SX: usize = 1552,
  F_SY: usize = 1556,
  F_ST: usize = 1560;
const F_C00: usize = 1564,
  F_C01: usize = 1568,
  F_C10: usize = 1572,
  F_C11: usize = 1576,
  F_X: usize = 1580,
  F_Y: usize = 1584,
  F_SRC: usize = 1588;
const sample: usize = memory.data(18 * 20 * 4, 16); // f32 samples with an apron of 1

/** Fills a slot with the patch around source (x, y), seen through c (source px per frame-level px). */
export function makeTemplate(slot: usize, src: usize, x: f32, y: f32, c00: f32, c01: f32, c10: f32, c11: f32): bool {
  store<usize>(slot + F_SRC, 0);
  if (!sampleAffine(src, x, y, c00, c01, c10, c11, N + 2, N + 2, sample, 20)) return false;
  let vt = f32x4.splat(0),
    vx = vt,
    vy = vt,
    tt4 = vt,
    xt4 = vt,
    yt4 = vt;
  const half = f32x4.splat(0.5);
  for (let v = 1; v <= N; v++)
    for (let u = 1; u <= N; u += 4) {
      const q = sample + <usize>((v * 20 + u) * 4);
      const t = v128.load(q),
        gx = f32x4.mul(f32x4.sub(v128.load(q, 4), v128.load(q - 4)), half),
        gy = f32x4.mul(f32x4.sub(v128.load(q, 80), v128.load(q - 80)), half);
      vt = f32x4.add(vt, t);
      vx = f32x4.add(vx, gx);
      vy = f32x4.add(vy, gy);
      tt4 = f32x4.add(tt4, f32x4.mul(t, t));
      xt4 = f32x4.add(xt4, f32x4.mul(gx, t));
      yt4 = f32x4.add(yt4, f32x4.mul(gy, t));
    }
  const mt = fsum(vt) / AREA,
    mx = fsum(vx) / AREA,
    my = fsum(vy) / AREA;
  const vtt = fsum(tt4) - AREA * mt * mt;
  const ax = vtt > 1 ? (fsum(xt4) - AREA * mx * mt) / vtt : 0,
    ay = vtt > 1 ? (fsum(yt4) - AREA * my * mt) / vtt : 0;
  let c00s = f32x4.splat(0),
    c01s = c00s,
    c11s = c00s;
  let ix4 = i32x4.splat(0),
    iy4 = ix4,
    it4 = ix4;
  const mt4 = f32x4.splat(mt),
    mx4 = f32x4.splat(mx),
    my4 = f32x4.splat(my),
    ax4 = f32x4.splat(ax),
    ay4 = f32x4.splat(ay),
    sixteen = f32x4.splat(16);
  for (let v = 0; v < N; v++)
    for (let u = 0; u < N; u += 4) {
      const q = sample + <usize>(((v + 1) * 20 + u + 1) * 4);
      const t = f32x4.sub(v128.load(q), mt4);
      const gx = f32x4.sub(
        f32x4.sub(f32x4.mul(f32x4.sub(v128.load(q, 4), v128.load(q - 4)), half), mx4),
        f32x4.mul(ax4, t),
      );
      const gy = f32x4.sub(
        f32x4.sub(f32x4.mul(f32x4.sub(v128.load(q, 80), v128.load(q - 80)), half), my4),
        f32x4.mul(ay4, t),
      );
      const kx = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(gx, sixteen))),
        ky = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(gy, sixteen))),
        kt = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(t, sixteen)));
      const o = slot + <usize>((v * N + u) * 2);
      v128.store64_lane(o, i16x8.narrow_i32x4_s(kx, kx), 0);
      v128.store64_lane(o, i16x8.narrow_i32x4_s(ky, ky), 0, GY);
      v128.store64_lane(o, i16x8.narrow_i32x4_s(kt, kt), 0, TT);
      ix4 = i32x4.add(ix4, kx);
      iy4 = i32x4.add(iy4, ky);
      it4 = i32x4.add(it4, kt);
      c00s = f32x4.add(c00s, f32x4.mul(gx, gx));
      c01s = f32x4.add(c01s, f32x4.mul(gx, gy));
      c11s = f32x4.add(c11s, f32x4.mul(gy, gy));
    }
  const g00 = fsum(c00s),
    g01 = fsum(c01s),
    g11 = fsum(c11s),
    tt: f32 = max<f32>(vtt, 0),
    ix = sum4(ix4),
    iy = sum4(iy4),
    it = sum4(it4);
  store<f32>(slot + F_G00, g00);
  store<f32>(slot + F_G01, g01);
  store<f32>(slot + F_G11, g11);
  store<f32>(slot + F_VAR, tt);
  store<f32>(slot + F_SX, ix);
  store<f32>(slot + F_SY, iy);
  store<f32>(slot + F_ST, it);
  store<f32>(slot + F_C00, c00);
  store<f32>(slot + F_C01, c01);
  store<f32>(slot + F_C10, c10);
  store<f32>(slot + F_C11, c11);
  store<f32>(slot + F_X, x);
  store<f32>(slot + F_Y, y);
  store<usize>(slot + F_SRC, src);
  return true;
}

@inline function fsum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3);
}
@inline function sum4(v: v128): f32 {
  return <f32>(
    (i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3))
  );
}
let sJ: f32 = 0,
  sJJ: f32 = 0,
  sTJ: f32 = 0,
  sXJ: f32 = 0,
  sYJ: f32 = 0;

/** Sums over the 16x16 window whose top-left sample is at (x, y): samples with 4 fractional bits against the slot's tables. */
function correlate(slot: usize, d: usize, s: usize, x: f32, y: f32): void {
  const ix = <i32>Mathf.floor(x),
    iy = <i32>Mathf.floor(y);
  const wx = <i32>((x - <f32>ix) * 128 + 0.5),
    wy = min(<i32>((y - <f32>iy) * 32768 + 0.5), 32767);
  const a = i16x8.splat(<i16>(128 - wx)),
    b = i16x8.splat(<i16>wx),
    w = i16x8.splat(<i16>wy),
    one = i16x8.splat(1);
  let p = d + <usize>(iy * <i32>s + ix);
  let t0 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
  let t1 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p, 8), a), i16x8.mul(v128.load_ext<u8>(p, 9), b));
  let jj = i32x4.splat(0),
    j1 = jj,
    tj = jj,
    xj = jj,
    yj = jj;
  let o = slot;
  for (let r = 0; r < N; r++) {
    p += s;
    const u0 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
    const u1 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p, 8), a), i16x8.mul(v128.load_ext<u8>(p, 9), b));
    const e0 = i16x8.shr_s(i16x8.add(t0, i16x8.q15mulr_sat_s(i16x8.sub(u0, t0), w)), 3),
      e1 = i16x8.shr_s(i16x8.add(t1, i16x8.q15mulr_sat_s(i16x8.sub(u1, t1), w)), 3);
    t0 = u0;
    t1 = u1;
    xj = i32x4.add(xj, i32x4.add(i32x4.dot_i16x8_s(e0, v128.load(o)), i32x4.dot_i16x8_s(e1, v128.load(o, 16))));
    yj = i32x4.add(yj, i32x4.add(i32x4.dot_i16x8_s(e0, v128.load(o, 512)), i32x4.dot_i16x8_s(e1, v128.load(o, 528))));
    tj = i32x4.add(tj, i32x4.add(i32x4.dot_i16x8_s(e0, v128.load(o, 1024)), i32x4.dot_i16x8_s(e1, v128.load(o, 1040))));
    jj = i32x4.add(jj, i32x4.add(i32x4.dot_i16x8_s(e0, e0), i32x4.dot_i16x8_s(e1, e1)));
    j1 = i32x4.add(j1, i32x4.dot_i16x8_s(i16x8.add(e0, e1), one));
    o += 32;
  }
  const m = sum4(j1) / AREA;
  sJ = m;
  sJJ = sum4(jj) - m * m * AREA;
  sTJ = sum4(tj) - m * load<f32>(slot, F_ST);
  sXJ = sum4(xj) - m * load<f32>(slot, F_SX);
  sYJ = sum4(yj) - m * load<f32>(slot, F_SY);
}

/** Position of the slot's patch in a frame level, starting at centre (x, y) in level px. Result fields at `out` (f32): x, y, ZNCC (-1: not found, -2: burnt out), gain.
 *  False when it left the picture, walked further than `reach` or has no texture. `damp`: added to the diagonal (gray^2 per px^2 * 256). */
export function findPatch(
  slot: usize,
  image: usize,
  x: f32,
  y: f32,
  iterations: i32,
  reach: f32,
  damp: f32,
  out: usize,
): bool {
  const d = pixels(image),
    s = strideOf(image),
    w = <f32>widthOf(image),
    h = <f32>heightOf(image);
  const vt = load<f32>(slot, F_VAR); // sum of squares, gray^2
  const x0 = x,
    y0 = y;
  const g00 = load<f32>(slot, F_G00) + damp,
    g01 = load<f32>(slot, F_G01),
    g11 = load<f32>(slot, F_G11) + damp;
  const det = g00 * g11 - g01 * g01;
  let z: f32 = -1,
    gain: f32 = 0;
  let ok = vt > 256 && det > 0; // at least one gray level of contrast
  if (ok)
    for (let i = 0; ; i++) {
      const left = x - 7.5,
        up = y - 7.5;
      if (!(left > -14 && up > -14 && left < w - 4 && up < h - 4)) {
        ok = false;
        break;
      }
      correlate(slot, d, <usize>s, left, up);
      const vj = sJJ * 0.00390625; // to gray^2
      if (vj < 64) {
        ok = false;
        break;
      }
      z = (sTJ * 0.00390625) / Mathf.sqrt(vt * vj);
      gain = Mathf.sqrt(vj / vt);
      if (i >= iterations) break;
      // position error e = -G^-1 b / gain, b = sum of gradient * frame
      const k: f32 = -0.00390625 / (gain * max<f32>(0.6, z)) / det;
      const ex = (g11 * sXJ - g01 * sYJ) * k,
        ey = (g00 * sYJ - g01 * sXJ) * k;
      const n = ex * ex + ey * ey,
        limit: f32 = n > 4 ? 2 / Mathf.sqrt(n) : 1;
      x += ex * limit;
      y += ey * limit;
      if ((x - x0) * (x - x0) + (y - y0) * (y - y0) > reach * reach) {
        ok = false;
        break;
      }
      if (n < 0.0009) break;
    }
  if (!ok || z < 0.8) {
    const burnt = clipped(d, s, x0, y0, w, h);
    if (burnt > 160) {
      ok = false;
      z = -2;
    } // says nothing for or against
    else if (burnt > 6) return findClipped(slot, d, s, w, h, x0, y0, iterations, reach, damp, out);
    else if (!ok) z = -1;
  }
  store<f32>(out, x);
  store<f32>(out, y, 4);
  store<f32>(out, z, 8);
  store<f32>(out, gain, 12);
  return ok;
}

/** True when the slot was made from the same place through nearly the same map: at the patch's edge they differ by < 0.3 px. */
@inline function fits(slot: usize, src: usize, x: f32, y: f32, c00: f32, c01: f32, c10: f32, c11: f32): bool {
  if (load<usize>(slot, F_SRC) != src || load<f32>(slot, F_X) != x || load<f32>(slot, F_Y) != y) return false;
  const d =
    Mathf.abs(load<f32>(slot, F_C00) - c00) +
    Mathf.abs(load<f32>(slot, F_C01) - c01) +
    Mathf.abs(load<f32>(slot, F_C10) - c10) +
    Mathf.abs(load<f32>(slot, F_C11) - c11);
  const size = Mathf.sqrt(Mathf.abs(c00 * c11 - c01 * c10));
  return d < 0.06 * size;
}

/** Aligns n patches at one frame level.
 *  Request k (10 f32): source x, y; Jacobian source -> frame (row-major, 4); expected frame x, y (base px); slot index (-1: skip); unused. Every slot
 *  index has LEVELS slots, `table` picks one.
 *  Answer k (8 f32): frame x, y (base px); ZNCC (-1: failed); gain; gradient sums g00, g01, g11 (gray^2 per level px^2); 1 when made anew. */
export function alignPatches(
  src: usize,
  frame: usize,
  level: i32,
  n: i32,
  request: usize,
  answer: usize,
  slots: usize,
  iterations: i32,
  reach: f32,
  damp: f32,
  table: i32,
): void {
  const up = <f32>(1 << level),
    down: f32 = 1 / up;
  const image = levelOf(frame, level);
  for (let k = 0; k < n; k++) {
    const q = request + <usize>(k * 40),
      a = answer + <usize>(k * 32);
    const x = load<f32>(q),
      y = load<f32>(q, 4);
    const j00 = load<f32>(q, 8),
      j01 = load<f32>(q, 12),
      j10 = load<f32>(q, 16),
      j11 = load<f32>(q, 20);
    const fx = load<f32>(q, 24),
      fy = load<f32>(q, 28);
    const index = <i32>load<f32>(q, 32);
    if (index < 0) continue;
    const slot = slots + <usize>((index * LEVELS + table) * SLOT_BYTES);
    store<f32>(a, fx);
    store<f32>(a, fy, 4);
    store<f32>(a, -1, 8);
    const det = j00 * j11 - j01 * j10;
    if (!(Mathf.abs(det) > 1e-4)) continue;
    const i: f32 = up / det;
    const c00 = j11 * i,
      c01 = -j01 * i,
      c10 = -j10 * i,
      c11 = j00 * i;
    if (!fits(slot, src, x, y, c00, c01, c10, c11) && !makeTemplate(slot, src, x, y, c00, c01, c10, c11)) continue;
    findPatch(slot, image, fx * down, fy * down, iterations, reach, damp, a);
    store<f32>(a, load<f32>(a) * up);
    store<f32>(a, load<f32>(a, 4) * up, 4);
    store<f32>(a, load<f32>(slot, F_G00), 16);
    store<f32>(a, load<f32>(slot, F_G01), 20);
    store<f32>(a, load<f32>(slot, F_G11), 24);
  }
}
