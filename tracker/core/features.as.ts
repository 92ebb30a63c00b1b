// Features for finding an anchor again: extrema of the determinant of the Hessian at six half-octave scales, each with its main
// gradient direction and 64 numbers (4 x 4 cells, sums of the rising and falling gradients along and across that direction, as SURF).
import { DESCRIPTOR_BYTES, describe, initDescriptors, orient } from './describe.as';
import { alloc } from './memory.as';
import { pixels, strideOf, widthOf, heightOf, levelOf, setImage, imageBytes, extend, BORDER } from './image.as';

export const SCALES: i32 = 6;
const MAX_CANDIDATES: i32 = 6144;
const MIN_CELL: i32 = 6;
const smooth: usize = memory.data(16 * SCALES, 16); // picture headers
const directions: usize = memory.data(16, 16);
const reduced: usize = memory.data(16, 16);
const candidates: usize = memory.data(MAX_CANDIDATES * 20, 16); // f32 x, y (scale px), score; i32 scale, class
const histogram: usize = memory.data(1024 * 4, 16);
let response: usize = 0,
  blocks: usize = 0,
  cells: usize = 0,
  maxW: i32 = 0,
  maxH: i32 = 0;

/** Scratch for pictures of up to w x h. */
export function initFeatures(w: i32, h: i32): void {
  initDescriptors();
  maxW = w;
  maxH = h;
  response = alloc(w * h * 4 + 64);
  blocks = alloc(imageBytes(w, h) * 4);
  cells = alloc((w / MIN_CELL + 2) * (h / MIN_CELL + 2) * 8);
}

/** Base px per px of scale i: 1, 1.5, 2, 3, 4, 6. */
@inline function scaleFactor(i: i32): f32 {
  return <f32>(1 << (i >> 1)) * (i & 1 ? 1.5 : 1.0);
}
/** Base coordinate of a scale coordinate: pyramid levels keep pixel 0 in place, the 2/3 reduction keeps the picture's edge in place. */
@inline function toBase(v: f32, i: i32): f32 {
  const k = <f32>(1 << (i >> 1));
  return (i & 1 ? v * 1.5 + 0.25 : v) * k;
}

/** Area-averaging reduction 3 -> 2 in both directions. */
function reduce(src: usize, dst: usize): void {
  const ss = strideOf(src),
    ds = strideOf(dst),
    w = widthOf(dst),
    h = heightOf(dst);
  for (let y = 0; y < h; y++) {
    const near = y & 1 ? 2 : 0,
      far = 1; // of the three source rows: full weight, half weight
    const top = pixels(src) + <usize>((y >> 1) * 3 * ss),
      a = top + <usize>(near * ss),
      b = top + <usize>(far * ss);
    let o = pixels(dst) + <usize>(y * ds);
    let x: usize = 0;
    for (let i = 0; i < w; i += 2) {
      const m = 2 * <i32>load<u8>(a + x, 1) + <i32>load<u8>(b + x, 1);
      store<u8>(o, ((4 * <i32>load<u8>(a + x) + 2 * <i32>load<u8>(b + x) + m) * 7282 + 32768) >> 16);
      store<u8>(o, ((4 * <i32>load<u8>(a + x, 2) + 2 * <i32>load<u8>(b + x, 2) + m) * 7282 + 32768) >> 16, 1);
      o += 2;
      x += 3;
    }
  }
}

/** 1-2-1 in both directions. */
function blur(src: usize, dst: usize): void {
  const s = <usize>strideOf(src),
    ds = <usize>strideOf(dst),
    w = <usize>widthOf(src),
    h = heightOf(src);
  const half = i16x8.splat(8);
  for (let y = 0; y < h; y++) {
    const r = pixels(src) + <usize>y * s,
      o = pixels(dst) + <usize>y * ds;
    for (let x: usize = 0; x < w; x += 8) {
      const p = r + x;
      const a = column(p - 1, s),
        b = column(p, s),
        c = column(p + 1, s);
      const v = i16x8.shr_u(i16x8.add(i16x8.add(i16x8.add(a, c), i16x8.shl(b, 1)), half), 4);
      v128.store64_lane(o + x, i8x16.narrow_i16x8_u(v, v), 0);
    }
  }
}
@inline function column(p: usize, s: usize): v128 {
  return i16x8.add(i16x8.add(v128.load_ext<u8>(p - s), v128.load_ext<u8>(p + s)), i16x8.shl(v128.load_ext<u8>(p), 1));
}

/** Determinant of the Hessian (negated for saddles is left negative) of every px, i32. Steps of 2 px, so all three parts are 4 times the derivative. */
function hessian(src: usize): void {
  const s = <usize>strideOf(src),
    w = <usize>widthOf(src),
    h = heightOf(src);
  for (let y = 0; y < h; y++) {
    const r = pixels(src) + <usize>y * s;
    let o = response + <usize>y * w * 4;
    for (let x: usize = 0; x < w; x += 8) {
      const p = r + x;
      const m = i16x8.shl(v128.load_ext<u8>(p), 1);
      const xx = i16x8.sub(i16x8.add(v128.load_ext<u8>(p - 2), v128.load_ext<u8>(p + 2)), m);
      const yy = i16x8.sub(i16x8.add(v128.load_ext<u8>(p - 2 * s), v128.load_ext<u8>(p + 2 * s)), m);
      const xy = i16x8.sub(
        i16x8.add(v128.load_ext<u8>(p + s + 1), v128.load_ext<u8>(p - s - 1)),
        i16x8.add(v128.load_ext<u8>(p + s - 1), v128.load_ext<u8>(p - s + 1)),
      );
      v128.store(o, i32x4.sub(i32x4.extmul_low_i16x8_s(xx, yy), i32x4.extmul_low_i16x8_s(xy, xy)));
      v128.store(o, i32x4.sub(i32x4.extmul_high_i16x8_s(xx, yy), i32x4.extmul_high_i16x8_s(xy, xy)), 16);
      o += 32;
    }
  }
}

/** Local extremes of the response, at most `perCell` per cell of `cell` px; appended to the candidates. Returns the new count. */
function extremes(image: usize, scale: i32, cell: i32, least: i32, count: i32): i32 {
  const w = widthOf(image),
    h = heightOf(image),
    cw = w / cell + 1,
    ch = h / cell + 1;
  memory.fill(cells, 0, <usize>(cw * ch * 8));
  const lo = i32x4.splat(least),
    hi = i32x4.splat(-least);
  const edge = 5;
  const row = <usize>(w << 2);
  for (let y = edge; y < h - edge; y++) {
    const base = response + <usize>y * row;
    for (let x = edge; x < w - edge; x += 4) {
      const q = base + <usize>(x << 2);
      const v4 = v128.load(q),
        l4 = v128.load(q - 4),
        r4 = v128.load(q + 4);
      let up = v128.and(i32x4.gt_s(v4, lo), v128.and(i32x4.gt_s(v4, l4), i32x4.ge_s(v4, r4))),
        down = v128.and(i32x4.lt_s(v4, hi), v128.and(i32x4.lt_s(v4, l4), i32x4.le_s(v4, r4)));
      if (!v128.any_true(v128.or(up, down))) continue;
      const t4 = v128.load(q - row),
        b4 = v128.load(q + row);
      up = v128.and(up, v128.and(i32x4.gt_s(v4, t4), i32x4.ge_s(v4, b4)));
      down = v128.and(down, v128.and(i32x4.lt_s(v4, t4), i32x4.le_s(v4, b4)));
      let bits = i32x4.bitmask(v128.or(up, down));
      while (bits) {
        const i = ctz(bits);
        bits &= bits - 1;
        if (x + i >= w - edge) break;
        const p = q + <usize>(i << 2),
          v = load<i32>(p),
          g = abs(v);
        if (v > 0) {
          if (
            v <= load<i32>(p - row - 4) ||
            v <= load<i32>(p - row + 4) ||
            v < load<i32>(p + row - 4) ||
            v < load<i32>(p + row + 4)
          )
            continue;
        } else if (
          v >= load<i32>(p - row - 4) ||
          v >= load<i32>(p - row + 4) ||
          v > load<i32>(p + row - 4) ||
          v > load<i32>(p + row + 4)
        )
          continue;
        const c = cells + <usize>(((y / cell) * cw + (x + i) / cell) << 3);
        if (g > load<i32>(c)) {
          store<i32>(c, g);
          store<i32>(c, (((y << 12) | (x + i)) << 1) | (v > 0 ? 1 : 0), 4);
        }
      }
    }
  }
  const s = <usize>strideOf(image);
  for (let c = 0; c < cw * ch && count < MAX_CANDIDATES; c++) {
    const g = load<i32>(cells + <usize>(c << 3));
    if (!g) continue;
    const code = load<i32>(cells + <usize>(c << 3), 4),
      x = (code >> 1) & 4095,
      y = code >> 13;
    const p = response + <usize>((y * w + x) << 2),
      f = pixels(image) + <usize>y * s + x;
    const l = <f32>load<i32>(p - 4),
      m = <f32>load<i32>(p),
      r = <f32>load<i32>(p + 4),
      t = <f32>load<i32>(p - row),
      b = <f32>load<i32>(p + row);
    const dx = l + r - 2 * m,
      dy = t + b - 2 * m;
    const k = candidates + <usize>(count * 20);
    store<f32>(k, <f32>x + (dx != 0 ? (0.5 * (l - r)) / dx : 0));
    store<f32>(k, <f32>y + (dy != 0 ? (0.5 * (t - b)) / dy : 0), 4);
    store<f32>(k, <f32>g, 8);
    store<i32>(k, scale, 12);
    // class: bright blob 0, dark blob 1, saddle 2
    const lap =
      <i32>load<u8>(f - 2) +
      <i32>load<u8>(f + 2) +
      <i32>load<u8>(f - 2 * s) +
      <i32>load<u8>(f + 2 * s) -
      4 * <i32>load<u8>(f);
    store<i32>(k, code & 1 ? (lap < 0 ? 0 : 1) : 2, 16);
    count++;
  }
  return count;
}

/** Share of the features that scale i may have: every other scale has to have a part, or nothing is found from nearer or farther. */
@inline function quota(i: i32): f32 {
  return i == 0 ? 0.36 : i == 1 ? 0.24 : i == 2 ? 0.16 : i == 3 ? 0.12 : i == 4 ? 0.07 : 0.05;
}

/** Keeps about the `most` strongest of the candidates from `from` on: threshold from a histogram over the logarithm of the response. */
function strongest(from: i32, count: i32, most: i32): i32 {
  if (count - from <= most) return count;
  memory.fill(histogram, 0, 4096);
  for (let i = from; i < count; i++) {
    const b = (<usize>bucket(i)) << 2;
    store<i32>(histogram + b, load<i32>(histogram + b) + 1);
  }
  let left = most,
    b = 1023;
  while (b > 0 && left >= load<i32>(histogram + <usize>(b << 2))) {
    left -= load<i32>(histogram + <usize>(b << 2));
    b--;
  }
  let n = from;
  for (let i = from; i < count; i++)
    if (bucket(i) > b) {
      if (n != i) memory.copy(candidates + <usize>(n * 20), candidates + <usize>(i * 20), 20);
      n++;
    }
  return n;
}
/** Exponent and four bits of the mantissa of candidate i's response. */
@inline function bucket(i: i32): i32 {
  return ((reinterpret<i32>(load<f32>(candidates + <usize>(i * 20), 8)) >> 19) - (127 << 4)) & 1023;
}

/** Finds up to `most` features of a pyramid. Record (6 f32): base x, y; base px per scale px; angle; class; response. Descriptors: 128 bytes each.
 *  Bounds (base px) limit where they may lie. Returns the count. */
export function findFeatures(
  pyramid: usize,
  scales: i32,
  cell: i32,
  least: i32,
  most: i32,
  records: usize,
  descriptors: usize,
): i32 {
  let count = 0;
  let block = blocks;
  for (let i = 0; i < scales; i++) {
    const level = levelOf(pyramid, i >> 1);
    let src = level;
    if (i & 1) {
      const w = (widthOf(level) / 3) * 2,
        h = (heightOf(level) / 3) * 2;
      setImage(reduced, block, w, h);
      block += <usize>imageBytes(w, h);
      reduce(level, reduced);
      extend(reduced);
      src = reduced;
    }
    const s = smooth + <usize>(i << 4);
    const w = widthOf(src),
      h = heightOf(src);
    if (w < 24 || h < 24) {
      scales = i;
      break;
    }
    setImage(s, block, w, h);
    block += <usize>imageBytes(w, h);
    blur(src, s);
    extend(s);
    hessian(s);
    const before = count;
    count = extremes(s, i, cell, least, count);
    count = strongest(before, count, <i32>(<f32>most * quota(i)));
  }
  let n = 0;
  for (let i = count - 1; i >= 0 && n < most; i--) {
    const c = candidates + <usize>(i * 20);
    const scale = load<i32>(c, 12),
      image = smooth + <usize>(scale << 4);
    const x = load<f32>(c),
      y = load<f32>(c, 4);
    const turns = orient(image, x, y, directions);
    for (let t = 0; t < turns && n < most; t++) {
      const r = records + <usize>(n * 24),
        a = load<f32>(directions + <usize>(t << 2));
      store<f32>(r, toBase(x, scale));
      store<f32>(r, toBase(y, scale), 4);
      store<f32>(r, scaleFactor(scale), 8);
      store<f32>(r, a, 12);
      store<f32>(r, <f32>load<i32>(c, 16), 16);
      store<f32>(r, load<f32>(c, 8), 20);
      describe(image, x, y, a, descriptors + <usize>(n * DESCRIPTOR_BYTES));
      n++;
    }
  }
  return n;
}
