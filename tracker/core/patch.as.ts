// Patches of 16 x 16 px: a template is sampled once from a source picture through an affine map, then found in a frame by
// Gauss-Newton steps in two translations (Lucas-Kanade, inverse form: the gradients are the template's).
//
// Light: frame = gain * template + bias. The gradients are made orthogonal to the constant and to the template itself, so bias drops
// out and gain only scales the step (Hager & Belhumeur, "Efficient region tracking", PAMI 1998, section on illumination).
import { pixels, strideOf, widthOf, heightOf, levelOf, BORDER, LEVELS } from './image.as';

const N: i32 = 16, AREA: f32 = 256;
/** Template slot: three tables of 256 i16 with 4 fractional bits (gradient x, gradient y, zero-mean template), then f32 fields. */
export const SLOT_BYTES: i32 = 1600;
const GY: usize = 512, TT: usize = 1024;
const F_G00: usize = 1536, F_G01: usize = 1540, F_G11: usize = 1544, F_VAR: usize = 1548, F_SX: usize = 1552, F_SY: usize = 1556, F_ST: usize = 1560;
const F_C00: usize = 1564, F_C01: usize = 1568, F_C10: usize = 1572, F_C11: usize = 1576, F_X: usize = 1580, F_Y: usize = 1584, F_SRC: usize = 1588;
const sample: usize = memory.data(18 * 20 * 4, 16); // f32 samples with an apron of 1

/** Four bilinear samples (sums with 14 fractional bits) at (x, y) px of a level; the caller keeps them inside the border. */
@inline function bilinear4(p: usize, s: i32, x: v128, y: v128): v128 {
  const fx = f32x4.floor(x), fy = f32x4.floor(y);
  const o = i32x4.add(i32x4.mul(i32x4.trunc_sat_f32x4_s(fy), i32x4.splat(s)), i32x4.trunc_sat_f32x4_s(fx));
  const scale = f32x4.splat(128), full = i32x4.splat(128);
  const wx = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.sub(x, fx), scale)), wy = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.sub(y, fy), scale));
  const w = v128.or(i32x4.shl(wx, 16), i32x4.sub(full, wx)); // pairs of i16: weight of the left px, of the right px
  const a = p + <usize>i32x4.extract_lane(o, 0), b = p + <usize>i32x4.extract_lane(o, 1), c = p + <usize>i32x4.extract_lane(o, 2), d = p + <usize>i32x4.extract_lane(o, 3);
  let t = i16x8.splat(0), u = t;
  t = v128.load16_lane(a, t, 0); t = v128.load16_lane(b, t, 1); t = v128.load16_lane(c, t, 2); t = v128.load16_lane(d, t, 3);
  u = v128.load16_lane(a + s, u, 0); u = v128.load16_lane(b + s, u, 1); u = v128.load16_lane(c + s, u, 2); u = v128.load16_lane(d + s, u, 3);
  const top = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(t), w), bottom = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(u), w);
  return i32x4.add(i32x4.shl(top, 7), i32x4.mul(i32x4.sub(bottom, top), wy));
}

/** Samples columns x rows points around (cx, cy) of src through the 2x2 map m (source px per output px), with as many taps along the
 *  direction of strongest minification as it takes to avoid aliasing. Output: f32, `pitch` values per row, a multiple of 4 that
 *  holds the columns. False when out of the picture. */
export function sampleAffine(src: usize, cx: f32, cy: f32, m00: f32, m01: f32, m10: f32, m11: f32, columns: i32, rows: i32, out: usize, pitch: i32): bool {
  // singular values and major direction of m
  const p = m00 * m00 + m10 * m10, q = m01 * m01 + m11 * m11, r = m00 * m01 + m10 * m11;
  const mean: f32 = (p + q) * 0.5, dev: f32 = Mathf.sqrt((p - q) * (p - q) * 0.25 + r * r);
  const major = Mathf.sqrt(mean + dev), minor = Mathf.sqrt(max<f32>(mean - dev, 1e-6));
  let l = 0; let step = minor;
  while (step > 1.5 && l < LEVELS - 1) { step *= 0.5; l++; }
  const k: f32 = 1.0 / <f32>(1 << l);
  const image = levelOf(src, l), d = pixels(image), s = strideOf(image);
  const a00 = m00 * k, a01 = m01 * k, a10 = m10 * k, a11 = m11 * k;
  const ox = cx * k - a00 * <f32>(columns - 1) * 0.5 - a01 * <f32>(rows - 1) * 0.5, oy = cy * k - a10 * <f32>(columns - 1) * 0.5 - a11 * <f32>(rows - 1) * 0.5;
  let taps = <i32>Mathf.floor(major * k + 0.4); if (taps > 4) taps = 4; if (taps < 1) taps = 1;
  // eigenvector of m m^T for the larger value = direction in the source
  let tx: f32 = 0, ty: f32 = 0;
  if (taps > 1) {
    const e = a00 * a00 + a01 * a01, f = a10 * a10 + a11 * a11, g = a00 * a10 + a01 * a11;
    const big = major * major * k * k;
    let vx = g, vy = big - e; if (Mathf.abs(big - f) > Mathf.abs(vy)) { vx = big - f; vy = g; }
    const n = Mathf.sqrt(vx * vx + vy * vy);
    if (n > 1e-9) { const t = major * k / <f32>taps / n; tx = vx * t; ty = vy * t; } else { tx = major * k / <f32>taps; }
  }
  // the whole window with its taps has to be inside the bordered picture
  const hx = (Mathf.abs(a00) * <f32>(columns + 5) + Mathf.abs(a01) * <f32>(rows - 1)) * 0.5 + Mathf.abs(tx) * 2 + 2, hy = (Mathf.abs(a10) * <f32>(columns + 5) + Mathf.abs(a11) * <f32>(rows - 1)) * 0.5 + Mathf.abs(ty) * 2 + 2;
  const b = <f32>BORDER; const mx = cx * k, my = cy * k;
  if (!(mx - hx > -b && my - hy > -b && mx + hx < <f32>widthOf(image) + b - 1 && my + hy < <f32>heightOf(image) + b - 1)) return false;
  const share = f32x4.splat(1.0 / (16384.0 * <f32>taps)), first: f32 = <f32>(taps - 1) * -0.5;
  const ramp = f32x4(0, 1, 2, 3), stepX = f32x4.splat(a00 * 4), stepY = f32x4.splat(a10 * 4), du = f32x4.mul(ramp, f32x4.splat(a00)), dv = f32x4.mul(ramp, f32x4.splat(a10));
  const tapX = f32x4.splat(tx), tapY = f32x4.splat(ty);
  for (let y = 0; y < rows; y++) {
    let u = f32x4.add(f32x4.splat(ox + a01 * <f32>y + first * tx), du), v = f32x4.add(f32x4.splat(oy + a11 * <f32>y + first * ty), dv);
    let o = out + <usize>(y * pitch * 4);
    for (let x = 0; x < columns; x += 4) {
      let sum = bilinear4(d, s, u, v);
      if (taps > 1) { let w = u, z = v; for (let t = 1; t < taps; t++) { w = f32x4.add(w, tapX); z = f32x4.add(z, tapY); sum = i32x4.add(sum, bilinear4(d, s, w, z)); } }
      v128.store(o, f32x4.mul(f32x4.convert_i32x4_s(sum), share));
      o += 16; u = f32x4.add(u, stepX); v = f32x4.add(v, stepY);
    }
  }
  return true;
}

/** Fills a slot with the patch around source (x, y), seen through c (source px per frame-level px). */
export function makeTemplate(slot: usize, src: usize, x: f32, y: f32, c00: f32, c01: f32, c10: f32, c11: f32): bool {
  store<usize>(slot + F_SRC, 0);
  if (!sampleAffine(src, x, y, c00, c01, c10, c11, N + 2, N + 2, sample, 20)) return false;
  let vt = f32x4.splat(0), vx = vt, vy = vt, tt4 = vt, xt4 = vt, yt4 = vt; const half = f32x4.splat(0.5);
  for (let v = 1; v <= N; v++) for (let u = 1; u <= N; u += 4) {
    const q = sample + <usize>((v * 20 + u) * 4);
    const t = v128.load(q), gx = f32x4.mul(f32x4.sub(v128.load(q, 4), v128.load(q - 4)), half), gy = f32x4.mul(f32x4.sub(v128.load(q, 80), v128.load(q - 80)), half);
    vt = f32x4.add(vt, t); vx = f32x4.add(vx, gx); vy = f32x4.add(vy, gy);
    tt4 = f32x4.add(tt4, f32x4.mul(t, t)); xt4 = f32x4.add(xt4, f32x4.mul(gx, t)); yt4 = f32x4.add(yt4, f32x4.mul(gy, t));
  }
  const mt = fsum(vt) / AREA, mx = fsum(vx) / AREA, my = fsum(vy) / AREA;
  const vtt = fsum(tt4) - AREA * mt * mt; const ax = vtt > 1 ? (fsum(xt4) - AREA * mx * mt) / vtt : 0, ay = vtt > 1 ? (fsum(yt4) - AREA * my * mt) / vtt : 0;
  let c00s = f32x4.splat(0), c01s = c00s, c11s = c00s; let ix4 = i32x4.splat(0), iy4 = ix4, it4 = ix4;
  const mt4 = f32x4.splat(mt), mx4 = f32x4.splat(mx), my4 = f32x4.splat(my), ax4 = f32x4.splat(ax), ay4 = f32x4.splat(ay), sixteen = f32x4.splat(16);
  for (let v = 0; v < N; v++) for (let u = 0; u < N; u += 4) {
    const q = sample + <usize>(((v + 1) * 20 + u + 1) * 4);
    const t = f32x4.sub(v128.load(q), mt4);
    const gx = f32x4.sub(f32x4.sub(f32x4.mul(f32x4.sub(v128.load(q, 4), v128.load(q - 4)), half), mx4), f32x4.mul(ax4, t));
    const gy = f32x4.sub(f32x4.sub(f32x4.mul(f32x4.sub(v128.load(q, 80), v128.load(q - 80)), half), my4), f32x4.mul(ay4, t));
    const kx = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(gx, sixteen))), ky = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(gy, sixteen))), kt = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(t, sixteen)));
    const o = slot + <usize>((v * N + u) * 2);
    v128.store64_lane(o, i16x8.narrow_i32x4_s(kx, kx), 0); v128.store64_lane(o, i16x8.narrow_i32x4_s(ky, ky), 0, GY); v128.store64_lane(o, i16x8.narrow_i32x4_s(kt, kt), 0, TT);
    ix4 = i32x4.add(ix4, kx); iy4 = i32x4.add(iy4, ky); it4 = i32x4.add(it4, kt);
    c00s = f32x4.add(c00s, f32x4.mul(gx, gx)); c01s = f32x4.add(c01s, f32x4.mul(gx, gy)); c11s = f32x4.add(c11s, f32x4.mul(gy, gy));
  }
  const g00 = fsum(c00s), g01 = fsum(c01s), g11 = fsum(c11s), tt: f32 = max<f32>(vtt, 0), ix = sum4(ix4), iy = sum4(iy4), it = sum4(it4);
  store<f32>(slot + F_G00, g00); store<f32>(slot + F_G01, g01); store<f32>(slot + F_G11, g11); store<f32>(slot + F_VAR, tt);
  store<f32>(slot + F_SX, ix); store<f32>(slot + F_SY, iy); store<f32>(slot + F_ST, it);
  store<f32>(slot + F_C00, c00); store<f32>(slot + F_C01, c01); store<f32>(slot + F_C10, c10); store<f32>(slot + F_C11, c11);
  store<f32>(slot + F_X, x); store<f32>(slot + F_Y, y);
  store<usize>(slot + F_SRC, src);
  return true;
}

@inline function fsum(v: v128): f32 { return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3); }
@inline function sum4(v: v128): f32 { return <f32>(i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)); }
let sJ: f32 = 0, sJJ: f32 = 0, sTJ: f32 = 0, sXJ: f32 = 0, sYJ: f32 = 0;

/** Sums over the 16x16 window whose top-left sample is at (x, y): samples with 4 fractional bits against the slot's tables. */
function correlate(slot: usize, d: usize, s: usize, x: f32, y: f32): void {
  const ix = <i32>Mathf.floor(x), iy = <i32>Mathf.floor(y);
  const wx = <i32>((x - <f32>ix) * 128 + 0.5), wy = min(<i32>((y - <f32>iy) * 32768 + 0.5), 32767);
  const a = i16x8.splat(<i16>(128 - wx)), b = i16x8.splat(<i16>wx), w = i16x8.splat(<i16>wy), one = i16x8.splat(1);
  let p = d + <usize>(iy * <i32>s + ix);
  let t0 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
  let t1 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p, 8), a), i16x8.mul(v128.load_ext<u8>(p, 9), b));
  let jj = i32x4.splat(0), j1 = jj, tj = jj, xj = jj, yj = jj;
  let o = slot;
  for (let r = 0; r < N; r++) {
    p += s;
    const u0 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
    const u1 = i16x8.add(i16x8.mul(v128.load_ext<u8>(p, 8), a), i16x8.mul(v128.load_ext<u8>(p, 9), b));
    const e0 = i16x8.shr_s(i16x8.add(t0, i16x8.q15mulr_sat_s(i16x8.sub(u0, t0), w)), 3), e1 = i16x8.shr_s(i16x8.add(t1, i16x8.q15mulr_sat_s(i16x8.sub(u1, t1), w)), 3);
    t0 = u0; t1 = u1;
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
export function findPatch(slot: usize, image: usize, x: f32, y: f32, iterations: i32, reach: f32, damp: f32, out: usize): bool {
  const d = pixels(image), s = strideOf(image), w = <f32>widthOf(image), h = <f32>heightOf(image);
  const vt = load<f32>(slot, F_VAR); // sum of squares, gray^2
  const x0 = x, y0 = y;
  const g00 = load<f32>(slot, F_G00) + damp, g01 = load<f32>(slot, F_G01), g11 = load<f32>(slot, F_G11) + damp;
  const det = g00 * g11 - g01 * g01;
  let z: f32 = -1, gain: f32 = 0; let ok = vt > 256 && det > 0; // at least one gray level of contrast
  if (ok) for (let i = 0; ; i++) {
    const left = x - 7.5, up = y - 7.5;
    if (!(left > -14 && up > -14 && left < w - 4 && up < h - 4)) { ok = false; break; }
    correlate(slot, d, <usize>s, left, up);
    const vj = sJJ * 0.00390625; // to gray^2
    if (vj < 64) { ok = false; break; }
    z = sTJ * 0.00390625 / Mathf.sqrt(vt * vj);
    gain = Mathf.sqrt(vj / vt);
    if (i >= iterations) break;
    // position error e = -G^-1 b / gain, b = sum of gradient * frame
    const k: f32 = -0.00390625 / (gain * max<f32>(0.6, z)) / det;
    const ex = (g11 * sXJ - g01 * sYJ) * k, ey = (g00 * sYJ - g01 * sXJ) * k;
    const n = ex * ex + ey * ey, limit: f32 = n > 4 ? 2 / Mathf.sqrt(n) : 1;
    x += ex * limit; y += ey * limit;
    if ((x - x0) * (x - x0) + (y - y0) * (y - y0) > reach * reach) { ok = false; break; }
    if (n < 0.0009) break;
  }
  if (!ok || z < 0.8) {
    const burnt = clipped(d, s, x0, y0, w, h);
    if (burnt > 160) { ok = false; z = -2; } // says nothing for or against
    else if (burnt > 6) return findClipped(slot, d, s, w, h, x0, y0, iterations, reach, damp, out);
    else if (!ok) z = -1;
  }
  store<f32>(out, x); store<f32>(out, y, 4); store<f32>(out, z, 8); store<f32>(out, gain, 12);
  return ok;
}

/** Burnt-out px of the window. */
function clipped(d: usize, s: i32, x: f32, y: f32, w: f32, h: f32): i32 {
  if (!(x > 0 && y > 0 && x < w && y < h)) return 0;
  const p = d + <usize>((<i32>y - 8) * s + <i32>x - 8), top = i8x16.splat(-6); let n = 0;
  for (let r: i32 = 0; r < 16; r++) n += popcnt(i8x16.bitmask(i8x16.ge_u(v128.load(p + <usize>(r * s)), top)));
  return n;
}

const sums: usize = memory.data(16 * 16, 16);
const equations: usize = memory.data(4 * 5 * 8, 16);
@inline function tally(i: i32, a: v128, b: v128): void { const q = sums + <usize>(i << 4); v128.store(q, i32x4.add(v128.load(q), i32x4.dot_i16x8_s(a, b))); }
@inline function total(i: i32): f64 { const v = v128.load(sums + <usize>(i << 4)); return <f64>i32x4.extract_lane(v, 0) + <f64>i32x4.extract_lane(v, 1) + <f64>i32x4.extract_lane(v, 2) + <f64>i32x4.extract_lane(v, 3); }
@inline function eq(r: i32, c: i32): usize { return equations + <usize>((r * 5 + c) << 3); }

/** As findPatch, without the burnt-out px: shift, gain and bias are solved together over what is left (glare, sun, lamps). */
function findClipped(slot: usize, d: usize, s: i32, w: f32, h: f32, x0: f32, y0: f32, iterations: i32, reach: f32, damp: f32, out: usize): bool {
  let x = x0, y = y0, z: f32 = -1, gain: f32 = 0; let ok = true; const limit = i16x8.splat(248 << 4), one = i16x8.splat(1);
  for (let i = 0; ; i++) {
    const left = x - 7.5, up = y - 7.5; if (!(left > -14 && up > -14 && left < w - 4 && up < h - 4)) { ok = false; break; }
    const ix = <i32>Mathf.floor(left), iy = <i32>Mathf.floor(up);
    const wx = <i32>((left - <f32>ix) * 128 + 0.5), wy = min(<i32>((up - <f32>iy) * 32768 + 0.5), 32767);
    const a = i16x8.splat(<i16>(128 - wx)), b = i16x8.splat(<i16>wx), k = i16x8.splat(<i16>wy);
    memory.fill(sums, 0, 256);
    for (let half = 0; half < 2; half++) {
      let p = d + <usize>(iy * s + ix + half * 8), o = slot + <usize>(half * 16);
      let t = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
      for (let r = 0; r < N; r++) {
        p += s; const u = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
        let e = i16x8.shr_s(i16x8.add(t, i16x8.q15mulr_sat_s(i16x8.sub(u, t), k)), 3); t = u;
        const m = i16x8.lt_s(e, limit); e = v128.and(e, m);
        const gx = v128.and(v128.load(o), m), gy = v128.and(v128.load(o, 512), m), tt = v128.and(v128.load(o, 1024), m), n = v128.and(one, m);
        tally(0, gx, gx); tally(1, gx, gy); tally(2, gx, tt); tally(3, gx, n); tally(4, gy, gy); tally(5, gy, tt); tally(6, gy, n); tally(7, tt, tt); tally(8, tt, n); tally(9, n, n);
        tally(10, gx, e); tally(11, gy, e); tally(12, tt, e); tally(13, n, e); tally(14, e, e);
        o += 32;
      }
    }
    const n = total(9); if (n < 90) { z = -2; ok = false; break; }
    const sT = total(8), sJ = total(13), vt = total(7) - sT * sT / n, vj = total(14) - sJ * sJ / n; if (vt < 256 * 256 || vj < 64 * 256) { ok = false; break; }
    z = <f32>((total(12) - sT * sJ / n) / Math.sqrt(vt * vj));
    if (i >= iterations) break;
    store<f64>(eq(0, 0), total(0) + <f64>damp * 256); store<f64>(eq(0, 1), total(1)); store<f64>(eq(0, 2), total(2)); store<f64>(eq(0, 3), total(3)); store<f64>(eq(0, 4), total(10));
    store<f64>(eq(1, 0), total(1)); store<f64>(eq(1, 1), total(4) + <f64>damp * 256); store<f64>(eq(1, 2), total(5)); store<f64>(eq(1, 3), total(6)); store<f64>(eq(1, 4), total(11));
    store<f64>(eq(2, 0), total(2)); store<f64>(eq(2, 1), total(5)); store<f64>(eq(2, 2), total(7)); store<f64>(eq(2, 3), sT); store<f64>(eq(2, 4), total(12));
    store<f64>(eq(3, 0), total(3)); store<f64>(eq(3, 1), total(6)); store<f64>(eq(3, 2), sT); store<f64>(eq(3, 3), n); store<f64>(eq(3, 4), sJ);
    for (let c = 0; c < 4; c++) { // the matrix is positive definite: no pivoting
      const q = load<f64>(eq(c, c)); if (!(q > 1e-6)) { ok = false; break; }
      for (let r = 0; r < 4; r++) if (r != c) { const f = load<f64>(eq(r, c)) / q; for (let j = c; j < 5; j++) store<f64>(eq(r, j), load<f64>(eq(r, j)) - f * load<f64>(eq(c, j))); }
    }
    if (!ok) break;
    gain = <f32>(load<f64>(eq(2, 4)) / load<f64>(eq(2, 2))); if (!(gain > 0.05)) { ok = false; break; }
    const ex = <f32>(-load<f64>(eq(0, 4)) / load<f64>(eq(0, 0))) / gain, ey = <f32>(-load<f64>(eq(1, 4)) / load<f64>(eq(1, 1))) / gain;
    const q = ex * ex + ey * ey, cut: f32 = q > 4 ? 2 / Mathf.sqrt(q) : 1;
    x += ex * cut; y += ey * cut;
    if ((x - x0) * (x - x0) + (y - y0) * (y - y0) > reach * reach) { ok = false; break; }
    if (q < 0.0009) break;
  }
  store<f32>(out, x); store<f32>(out, y, 4); store<f32>(out, ok ? z : z == -2 ? z : -1, 8); store<f32>(out, gain, 12);
  return ok;
}

/** True when the slot was made from the same place through nearly the same map: at the patch's edge they differ by < 0.3 px. */
@inline function fits(slot: usize, src: usize, x: f32, y: f32, c00: f32, c01: f32, c10: f32, c11: f32): bool {
  if (load<usize>(slot, F_SRC) != src || load<f32>(slot, F_X) != x || load<f32>(slot, F_Y) != y) return false;
  const d = Mathf.abs(load<f32>(slot, F_C00) - c00) + Mathf.abs(load<f32>(slot, F_C01) - c01) + Mathf.abs(load<f32>(slot, F_C10) - c10) + Mathf.abs(load<f32>(slot, F_C11) - c11);
  const size = Mathf.sqrt(Mathf.abs(c00 * c11 - c01 * c10));
  return d < 0.06 * size;
}

/** Aligns n patches at one frame level.
 *  Request k (10 f32): source x, y; Jacobian source -> frame (row-major, 4); expected frame x, y (base px); slot index (-1: skip); unused. Every slot
 *  index has LEVELS slots, `table` picks one.
 *  Answer k (8 f32): frame x, y (base px); ZNCC (-1: failed); gain; gradient sums g00, g01, g11 (gray^2 per level px^2); 1 when made anew. */
export function alignPatches(src: usize, frame: usize, level: i32, n: i32, request: usize, answer: usize, slots: usize, iterations: i32, reach: f32, damp: f32, table: i32): void {
  const up = <f32>(1 << level), down: f32 = 1 / up;
  const image = levelOf(frame, level);
  for (let k = 0; k < n; k++) {
    const q = request + <usize>(k * 40), a = answer + <usize>(k * 32);
    const x = load<f32>(q), y = load<f32>(q, 4);
    const j00 = load<f32>(q, 8), j01 = load<f32>(q, 12), j10 = load<f32>(q, 16), j11 = load<f32>(q, 20);
    const fx = load<f32>(q, 24), fy = load<f32>(q, 28);
    const index = <i32>load<f32>(q, 32); if (index < 0) continue;
    const slot = slots + <usize>((index * LEVELS + table) * SLOT_BYTES);
    store<f32>(a, fx); store<f32>(a, fy, 4); store<f32>(a, -1, 8);
    const det = j00 * j11 - j01 * j10;
    if (!(Mathf.abs(det) > 1e-4)) continue;
    const i: f32 = up / det;
    const c00 = j11 * i, c01 = -j01 * i, c10 = -j10 * i, c11 = j00 * i;
    if (!fits(slot, src, x, y, c00, c01, c10, c11) && !makeTemplate(slot, src, x, y, c00, c01, c10, c11)) continue;
    findPatch(slot, image, fx * down, fy * down, iterations, reach, damp, a);
    store<f32>(a, load<f32>(a) * up); store<f32>(a, load<f32>(a, 4) * up, 4);
    store<f32>(a, load<f32>(slot, F_G00), 16); store<f32>(a, load<f32>(slot, F_G01), 20); store<f32>(a, load<f32>(slot, F_G11), 24);
  }
}
