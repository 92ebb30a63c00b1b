// Features for finding an anchor again: extrema of the determinant of the Hessian at six half-octave scales, each with its main
// gradient direction and 64 numbers (4 x 4 cells, sums of the rising and falling gradients along and across that direction, as SURF).
import { alloc } from './memory.as';
import { pixels, strideOf, widthOf, heightOf, levelOf, setImage, imageBytes, extend, BORDER } from './image.as';

export const SCALES: i32 = 6;
export const DESCRIPTOR_BYTES: i32 = 128;
const MAX_CANDIDATES: i32 = 6144;
const MIN_CELL: i32 = 6;
const smooth: usize = memory.data(16 * SCALES, 16); // picture headers
const reduced: usize = memory.data(16, 16);
const candidates: usize = memory.data(MAX_CANDIDATES * 20, 16); // f32 x, y (scale px), score; i32 scale, class
const histogram: usize = memory.data(1024 * 4, 16);
const patch: usize = memory.data(18 * 24 * 2 + 32, 16);
const bands: usize = memory.data(16 * 32, 16);
const rowWeights: usize = memory.data(4 * 16 * 2, 16), columnWeights: usize = memory.data(4 * 16 * 2, 16);
const angles: usize = memory.data(40 * 4, 16);
const raw: usize = memory.data(64 * 4, 16);
const discWidths: usize = memory.data(17, 16), discWeights: usize = memory.data(289, 16);
let polar: usize = 0; // u16 per (gy + 128, gx + 128): 4 * direction bin, and the length in the upper byte
let response: usize = 0, blocks: usize = 0, cells: usize = 0, maxW: i32 = 0, maxH: i32 = 0;

/** Scratch for pictures of up to w x h. */
export function initFeatures(w: i32, h: i32): void {
  maxW = w; maxH = h;
  polar = alloc(65536 * 2);
  for (let gy = -127; gy <= 127; gy++) for (let gx = -127; gx <= 127; gx++) {
    let a = Math.atan2(<f64>gy, <f64>gx); if (a < 0) a += 2 * Math.PI;
    let bin = <i32>Math.floor(a * 18 / Math.PI + 0.5); if (bin >= 36) bin -= 36;
    store<u16>(polar + <usize>((((gy + 128) << 8) | (gx + 128)) << 1), <u16>((<i32>Math.sqrt(<f64>(gx * gx + gy * gy)) << 8) | (bin << 2)));
  }
  let n: usize = 0;
  for (let v = -8; v <= 8; v++) {
    let half = 0; while ((half + 1) * (half + 1) + v * v <= 72 && half < 8) half++;
    store<u8>(discWidths + <usize>(v + 8), <u8>half);
    for (let u = -half; u <= half; u++) store<u8>(discWeights + n++, <u8>(64 - (u * u + v * v) * 64 / 91));
  }
  response = alloc(w * h * 4 + 64);
  blocks = alloc(imageBytes(w, h) * 4);
  cells = alloc((w / MIN_CELL + 2) * (h / MIN_CELL + 2) * 8);
  for (let r = 0; r < 4; r++) for (let i = 0; i < 16; i++) {
    const tent = max<f64>(0, 1 - Math.abs(<f64>i - (1.5 + 4 * <f64>r)) / 4), c = (<f64>i - 7.5) / 8, g = Math.exp(-0.5 * c * c);
    store<i16>(rowWeights + <usize>((r * 16 + i) << 1), <i16>(tent * g * 32767)); store<i16>(columnWeights + <usize>((r * 16 + i) << 1), <i16>(tent * g * 256));
  }
}

/** Base px per px of scale i: 1, 1.5, 2, 3, 4, 6. */
@inline function scaleFactor(i: i32): f32 { return <f32>(1 << (i >> 1)) * (i & 1 ? 1.5 : 1.0); }
/** Base coordinate of a scale coordinate: pyramid levels keep pixel 0 in place, the 2/3 reduction keeps the picture's edge in place. */
@inline function toBase(v: f32, i: i32): f32 { const k = <f32>(1 << (i >> 1)); return (i & 1 ? v * 1.5 + 0.25 : v) * k; }

/** Area-averaging reduction 3 -> 2 in both directions. */
function reduce(src: usize, dst: usize): void {
  const ss = strideOf(src), ds = strideOf(dst), w = widthOf(dst), h = heightOf(dst);
  for (let y = 0; y < h; y++) {
    const near = y & 1 ? 2 : 0, far = 1; // of the three source rows: full weight, half weight
    const top = pixels(src) + <usize>((y >> 1) * 3 * ss), a = top + <usize>(near * ss), b = top + <usize>(far * ss);
    let o = pixels(dst) + <usize>(y * ds); let x: usize = 0;
    for (let i = 0; i < w; i += 2) {
      const m = 2 * <i32>load<u8>(a + x, 1) + <i32>load<u8>(b + x, 1);
      store<u8>(o, ((4 * <i32>load<u8>(a + x) + 2 * <i32>load<u8>(b + x) + m) * 7282 + 32768) >> 16);
      store<u8>(o, ((4 * <i32>load<u8>(a + x, 2) + 2 * <i32>load<u8>(b + x, 2) + m) * 7282 + 32768) >> 16, 1);
      o += 2; x += 3;
    }
  }
}

/** 1-2-1 in both directions. */
function blur(src: usize, dst: usize): void {
  const s = <usize>strideOf(src), ds = <usize>strideOf(dst), w = <usize>widthOf(src), h = heightOf(src);
  const half = i16x8.splat(8);
  for (let y = 0; y < h; y++) {
    const r = pixels(src) + <usize>y * s, o = pixels(dst) + <usize>y * ds;
    for (let x: usize = 0; x < w; x += 8) {
      const p = r + x;
      const a = column(p - 1, s), b = column(p, s), c = column(p + 1, s);
      const v = i16x8.shr_u(i16x8.add(i16x8.add(i16x8.add(a, c), i16x8.shl(b, 1)), half), 4);
      v128.store64_lane(o + x, i8x16.narrow_i16x8_u(v, v), 0);
    }
  }
}
@inline function column(p: usize, s: usize): v128 { return i16x8.add(i16x8.add(v128.load_ext<u8>(p - s), v128.load_ext<u8>(p + s)), i16x8.shl(v128.load_ext<u8>(p), 1)); }

/** Determinant of the Hessian (negated for saddles is left negative) of every px, i32. Steps of 2 px, so all three parts are 4 times the derivative. */
function hessian(src: usize): void {
  const s = <usize>strideOf(src), w = <usize>widthOf(src), h = heightOf(src);
  for (let y = 0; y < h; y++) {
    const r = pixels(src) + <usize>y * s; let o = response + <usize>y * w * 4;
    for (let x: usize = 0; x < w; x += 8) {
      const p = r + x; const m = i16x8.shl(v128.load_ext<u8>(p), 1);
      const xx = i16x8.sub(i16x8.add(v128.load_ext<u8>(p - 2), v128.load_ext<u8>(p + 2)), m);
      const yy = i16x8.sub(i16x8.add(v128.load_ext<u8>(p - 2 * s), v128.load_ext<u8>(p + 2 * s)), m);
      const xy = i16x8.sub(i16x8.add(v128.load_ext<u8>(p + s + 1), v128.load_ext<u8>(p - s - 1)), i16x8.add(v128.load_ext<u8>(p + s - 1), v128.load_ext<u8>(p - s + 1)));
      v128.store(o, i32x4.sub(i32x4.extmul_low_i16x8_s(xx, yy), i32x4.extmul_low_i16x8_s(xy, xy)));
      v128.store(o, i32x4.sub(i32x4.extmul_high_i16x8_s(xx, yy), i32x4.extmul_high_i16x8_s(xy, xy)), 16);
      o += 32;
    }
  }
}

/** Local extremes of the response, at most `perCell` per cell of `cell` px; appended to the candidates. Returns the new count. */
function extremes(image: usize, scale: i32, cell: i32, least: i32, count: i32): i32 {
  const w = widthOf(image), h = heightOf(image), cw = w / cell + 1, ch = h / cell + 1;
  memory.fill(cells, 0, <usize>(cw * ch * 8));
  const lo = i32x4.splat(least), hi = i32x4.splat(-least); const edge = 5;
  const row = <usize>(w << 2);
  for (let y = edge; y < h - edge; y++) {
    const base = response + <usize>y * row;
    for (let x = edge; x < w - edge; x += 4) {
      const q = base + <usize>(x << 2);
      const v4 = v128.load(q), l4 = v128.load(q - 4), r4 = v128.load(q + 4);
      let up = v128.and(i32x4.gt_s(v4, lo), v128.and(i32x4.gt_s(v4, l4), i32x4.ge_s(v4, r4))), down = v128.and(i32x4.lt_s(v4, hi), v128.and(i32x4.lt_s(v4, l4), i32x4.le_s(v4, r4)));
      if (!v128.any_true(v128.or(up, down))) continue;
      const t4 = v128.load(q - row), b4 = v128.load(q + row);
      up = v128.and(up, v128.and(i32x4.gt_s(v4, t4), i32x4.ge_s(v4, b4))); down = v128.and(down, v128.and(i32x4.lt_s(v4, t4), i32x4.le_s(v4, b4)));
      let bits = i32x4.bitmask(v128.or(up, down));
      while (bits) {
        const i = ctz(bits); bits &= bits - 1; if (x + i >= w - edge) break;
        const p = q + <usize>(i << 2), v = load<i32>(p), g = abs(v);
        if (v > 0) { if (v <= load<i32>(p - row - 4) || v <= load<i32>(p - row + 4) || v < load<i32>(p + row - 4) || v < load<i32>(p + row + 4)) continue; }
        else if (v >= load<i32>(p - row - 4) || v >= load<i32>(p - row + 4) || v > load<i32>(p + row - 4) || v > load<i32>(p + row + 4)) continue;
        const c = cells + <usize>(((y / cell) * cw + (x + i) / cell) << 3);
        if (g > load<i32>(c)) { store<i32>(c, g); store<i32>(c, ((y << 12) | (x + i)) << 1 | (v > 0 ? 1 : 0), 4); }
      }
    }
  }
  const s = <usize>strideOf(image);
  for (let c = 0; c < cw * ch && count < MAX_CANDIDATES; c++) {
    const g = load<i32>(cells + <usize>(c << 3)); if (!g) continue;
    const code = load<i32>(cells + <usize>(c << 3), 4), x = (code >> 1) & 4095, y = code >> 13;
    const p = response + <usize>((y * w + x) << 2), f = pixels(image) + <usize>y * s + x;
    const l = <f32>load<i32>(p - 4), m = <f32>load<i32>(p), r = <f32>load<i32>(p + 4), t = <f32>load<i32>(p - row), b = <f32>load<i32>(p + row);
    const dx = l + r - 2 * m, dy = t + b - 2 * m;
    const k = candidates + <usize>(count * 20);
    store<f32>(k, <f32>x + (dx != 0 ? 0.5 * (l - r) / dx : 0)); store<f32>(k, <f32>y + (dy != 0 ? 0.5 * (t - b) / dy : 0), 4);
    store<f32>(k, <f32>g, 8); store<i32>(k, scale, 12);
    // class: bright blob 0, dark blob 1, saddle 2
    const lap = <i32>load<u8>(f - 2) + <i32>load<u8>(f + 2) + <i32>load<u8>(f - 2 * s) + <i32>load<u8>(f + 2 * s) - 4 * <i32>load<u8>(f);
    store<i32>(k, code & 1 ? (lap < 0 ? 0 : 1) : 2, 16);
    count++;
  }
  return count;
}

/** Main gradient directions inside a radius of 8 px: histogram of 36 bins. Writes up to two angles, returns how many. */
function orient(image: usize, x: f32, y: f32, out: usize): i32 {
  memory.fill(angles, 0, 160);
  const s = <usize>strideOf(image); const cx = <i32>nearest<f32>(x), cy = <i32>nearest<f32>(y);
  let w = discWeights;
  for (let v = -8; v <= 8; v++) {
    const half = <i32>load<u8>(discWidths + <usize>(v + 8)); let p = pixels(image) + <usize>(cy + v) * s + <usize>(cx - half);
    for (let u = -half; u <= half; u++) {
      let gx = <i32>load<u8>(p, 1) - <i32>load<u8>(p - 1), gy = <i32>load<u8>(p + s) - <i32>load<u8>(p - s); let m = <i32>load<u8>(w);
      p++; w++;
      if (<u32>(gx + 127) > 254 || <u32>(gy + 127) > 254) { gx >>= 1; gy >>= 1; m <<= 1; }
      const e = <i32>load<u16>(polar + <usize>((((gy + 128) << 8) | (gx + 128)) << 1)), q = angles + <usize>(e & 255);
      store<i32>(q, load<i32>(q) + (e >> 8) * m);
    }
  }
  for (let b: usize = 0; b < 144; b += 4) store<f32>(angles + b, <f32>load<i32>(angles + b));
  let prev = load<f32>(angles + 140), first = load<f32>(angles), best: f32 = 0; // two passes of 1-2-1
  for (let pass = 0; pass < 2; pass++) {
    prev = load<f32>(angles + 140); first = load<f32>(angles);
    for (let b = 0; b < 36; b++) { const q = angles + <usize>(b << 2), c = load<f32>(q), nx = b == 35 ? first : load<f32>(q + 4); store<f32>(q, 0.25 * (prev + nx) + 0.5 * c); prev = c; }
  }
  for (let b = 0; b < 36; b++) best = max(best, load<f32>(angles + <usize>(b << 2)));
  if (best <= 0) { store<f32>(out, 0); return 1; }
  let n = 0; let b0: f32 = 0, v0: f32 = 0, b1: f32 = 0, v1: f32 = 0;
  for (let b = 0; b < 36; b++) {
    const c = load<f32>(angles + <usize>(b << 2)), l = load<f32>(angles + <usize>((b == 0 ? 35 : b - 1) << 2)), r = load<f32>(angles + <usize>((b == 35 ? 0 : b + 1) << 2));
    if (c < 0.8 * best || c < l || c <= r) continue;
    const at = (<f32>b + 0.5 * (l - r) / (l + r - 2 * c)) * 0.17453293;
    if (c > v0) { v1 = v0; b1 = b0; v0 = c; b0 = at; } else if (c > v1) { v1 = c; b1 = at; }
    n++;
  }
  store<f32>(out, b0); store<f32>(out, b1, 4);
  return n > 1 ? 2 : 1;
}

/** 64 numbers around (x, y), direction a, samples 1.25 px apart; unit length = 1024. */
function describe(image: usize, x: f32, y: f32, a: f32, out: usize): void {
  const s = strideOf(image), d = pixels(image); const c = Mathf.cos(a) * 1.25, n = Mathf.sin(a) * 1.25;
  let ox = x - 8.5 * c + 8.5 * n, oy = y - 8.5 * n - 8.5 * c;
  for (let v = 0; v < 18; v++) {
    let fx = <i32>(ox * 256), fy = <i32>(oy * 256); const kc = <i32>(c * 256), kn = <i32>(n * 256);
    let o = patch + <usize>(v * 48);
    for (let u = 0; u < 18; u++) {
      const p = d + <usize>((fy >> 8) * s + (fx >> 8)); const wx = fx & 255, wy = fy & 255;
      const t = (<i32>load<u8>(p) << 8) + (<i32>load<u8>(p, 1) - <i32>load<u8>(p)) * wx, q = p + <usize>s, b = (<i32>load<u8>(q) << 8) + (<i32>load<u8>(q, 1) - <i32>load<u8>(q)) * wx;
      store<i16>(o, <i16>(((t << 8) + (b - t) * wy) >> 12));
      o += 2; fx += kc; fy += kn;
    }
    ox -= n; oy += c;
  }
  memory.fill(bands, 0, 512);
  const zero = i16x8.splat(0);
  for (let v = 0; v < 16; v++) {
    const r = patch + <usize>((v + 1) * 48) + 2;
    for (let half = 0; half < 2; half++) {
      const p = r + <usize>(half << 4);
      const gx = i16x8.shr_s(i16x8.sub(v128.load(p + 2), v128.load(p - 2)), 1), gy = i16x8.shr_s(i16x8.sub(v128.load(p + 48), v128.load(p - 48)), 1);
      const xp = i16x8.max_s(gx, zero), xn = i16x8.max_s(i16x8.neg(gx), zero), yp = i16x8.max_s(gy, zero), yn = i16x8.max_s(i16x8.neg(gy), zero);
      for (let b = 0; b < 4; b++) {
        const wt = load<i16>(rowWeights + <usize>((b * 16 + v) << 1)); if (wt == 0) continue;
        const k = i16x8.splat(wt), t = bands + <usize>(b * 128 + half * 16);
        v128.store(t, i16x8.add(v128.load(t), i16x8.q15mulr_sat_s(xp, k)));
        v128.store(t, i16x8.add(v128.load(t, 32), i16x8.q15mulr_sat_s(xn, k)), 32);
        v128.store(t, i16x8.add(v128.load(t, 64), i16x8.q15mulr_sat_s(yp, k)), 64);
        v128.store(t, i16x8.add(v128.load(t, 96), i16x8.q15mulr_sat_s(yn, k)), 96);
      }
    }
  }
  let sum: f32 = 0;
  for (let i = 0; i < 16; i++) for (let j = 0; j < 4; j++) {
    const t = bands + <usize>(i * 32), k = columnWeights + <usize>(j * 32);
    const e = i32x4.add(i32x4.dot_i16x8_s(v128.load(t), v128.load(k)), i32x4.dot_i16x8_s(v128.load(t, 16), v128.load(k, 16)));
    const q = <f32>(i32x4.extract_lane(e, 0) + i32x4.extract_lane(e, 1) + i32x4.extract_lane(e, 2) + i32x4.extract_lane(e, 3));
    store<f32>(raw + <usize>((i * 4 + j) << 2), q); sum += q * q;
  }
  // long components are clipped, as SIFT does against highlights
  const clip: f32 = Mathf.sqrt(sum) * 0.3; let again: f32 = 0;
  for (let i = 0; i < 64; i++) { const q = min(load<f32>(raw + <usize>(i << 2)), clip); store<f32>(raw + <usize>(i << 2), q); again += q * q; }
  const k: f32 = again > 0 ? 1024 / Mathf.sqrt(again) : 0;
  for (let i = 0; i < 64; i++) store<i16>(out + <usize>(i << 1), <i16>(load<f32>(raw + <usize>(i << 2)) * k + 0.5));
}

/** Share of the features that scale i may have: every other scale has to have a part, or nothing is found from nearer or farther. */
@inline function quota(i: i32): f32 { return i == 0 ? 0.36 : i == 1 ? 0.24 : i == 2 ? 0.16 : i == 3 ? 0.12 : i == 4 ? 0.07 : 0.05; }

/** Keeps about the `most` strongest of the candidates from `from` on: threshold from a histogram over the logarithm of the response. */
function strongest(from: i32, count: i32, most: i32): i32 {
  if (count - from <= most) return count;
  memory.fill(histogram, 0, 4096);
  for (let i = from; i < count; i++) { const b = <usize>(bucket(i)) << 2; store<i32>(histogram + b, load<i32>(histogram + b) + 1); }
  let left = most, b = 1023; while (b > 0 && left >= load<i32>(histogram + <usize>(b << 2))) { left -= load<i32>(histogram + <usize>(b << 2)); b--; }
  let n = from;
  for (let i = from; i < count; i++) if (bucket(i) > b) { if (n != i) memory.copy(candidates + <usize>(n * 20), candidates + <usize>(i * 20), 20); n++; }
  return n;
}
/** Exponent and four bits of the mantissa of candidate i's response. */
@inline function bucket(i: i32): i32 { return ((reinterpret<i32>(load<f32>(candidates + <usize>(i * 20), 8)) >> 19) - (127 << 4)) & 1023; }

/** Finds up to `most` features of a pyramid. Record (6 f32): base x, y; base px per scale px; angle; class; response. Descriptors: 128 bytes each.
 *  Bounds (base px) limit where they may lie. Returns the count. */
export function findFeatures(pyramid: usize, scales: i32, cell: i32, least: i32, most: i32, records: usize, descriptors: usize): i32 {
  let count = 0; let block = blocks;
  for (let i = 0; i < scales; i++) {
    const level = levelOf(pyramid, i >> 1); let src = level;
    if (i & 1) {
      const w = (widthOf(level) / 3) * 2, h = (heightOf(level) / 3) * 2;
      setImage(reduced, block, w, h); block += <usize>imageBytes(w, h);
      reduce(level, reduced); extend(reduced); src = reduced;
    }
    const s = smooth + <usize>(i << 4); const w = widthOf(src), h = heightOf(src);
    if (w < 24 || h < 24) { scales = i; break; }
    setImage(s, block, w, h); block += <usize>imageBytes(w, h);
    blur(src, s); extend(s); hessian(s);
    const before = count; count = extremes(s, i, cell, least, count);
    count = strongest(before, count, <i32>(<f32>most * quota(i)));
  }
  let n = 0;
  for (let i = count - 1; i >= 0 && n < most; i--) {
    const c = candidates + <usize>(i * 20);
    const scale = load<i32>(c, 12), image = smooth + <usize>(scale << 4); const x = load<f32>(c), y = load<f32>(c, 4);
    const turns = orient(image, x, y, angles + 144);
    for (let t = 0; t < turns && n < most; t++) {
      const r = records + <usize>(n * 24), a = load<f32>(angles + 144 + <usize>(t << 2));
      store<f32>(r, toBase(x, scale)); store<f32>(r, toBase(y, scale), 4); store<f32>(r, scaleFactor(scale), 8); store<f32>(r, a, 12); store<f32>(r, <f32>load<i32>(c, 16), 16); store<f32>(r, load<f32>(c, 8), 20);
      describe(image, x, y, a, descriptors + <usize>(n * DESCRIPTOR_BYTES)); n++;
    }
  }
  return n;
}

/** Best database entry of every query of the same class. Database: records of 4 f32 (anchor x, y, class, unused); `ranges` = first entry and end
 *  of each class (3 x 2 i32). Result (3 f32): index or -1, product with the best (0..1), product with the best entry that lies
 *  more than `apart` px from the best one. */
export function matchFeatures(n: i32, records: usize, descriptors: usize, places: usize, database: usize, ranges: usize, apart: f32, out: usize): void {
  for (let i = 0; i < n; i++) {
    const k = <i32>load<f32>(records + <usize>(i * 24), 16), d = descriptors + <usize>(i * DESCRIPTOR_BYTES);
    const a = v128.load(d), b = v128.load(d, 16), c = v128.load(d, 32), e = v128.load(d, 48), f = v128.load(d, 64), g = v128.load(d, 80), h = v128.load(d, 96), j = v128.load(d, 112);
    const from = load<i32>(ranges + <usize>(k << 3)), to = load<i32>(ranges + <usize>(k << 3), 4);
    let best = -1, at = -1, second = -1; let p = database + <usize>(from * DESCRIPTOR_BYTES);
    for (let m = from; m < to; m++) {
      const u = i32x4.add(i32x4.add(i32x4.add(i32x4.dot_i16x8_s(a, v128.load(p)), i32x4.dot_i16x8_s(b, v128.load(p, 16))), i32x4.add(i32x4.dot_i16x8_s(c, v128.load(p, 32)), i32x4.dot_i16x8_s(e, v128.load(p, 48)))),
        i32x4.add(i32x4.add(i32x4.dot_i16x8_s(f, v128.load(p, 64)), i32x4.dot_i16x8_s(g, v128.load(p, 80))), i32x4.add(i32x4.dot_i16x8_s(h, v128.load(p, 96)), i32x4.dot_i16x8_s(j, v128.load(p, 112)))));
      const v = i32x4.add(u, i32x4.shuffle(u, u, 2, 3, 0, 1)); const q = i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1);
      p += DESCRIPTOR_BYTES;
      if (q <= second) continue;
      let near = false;
      if (at >= 0) { const dx = load<f32>(places + <usize>(m << 4)) - load<f32>(places + <usize>(at << 4)), dy = load<f32>(places + <usize>(m << 4), 4) - load<f32>(places + <usize>(at << 4), 4); near = dx * dx + dy * dy < apart * apart; }
      if (q > best) { if (!near) second = best; best = q; at = m; } else if (!near) second = q;
    }
    const o = out + <usize>(i * 12);
    store<f32>(o, <f32>at); store<f32>(o, <f32>best / 1048576, 4); store<f32>(o, <f32>second / 1048576, 8);
  }
}
