// A picture is 16 bytes: pointer to pixel (0,0), stride, width, height. Every picture has a replicated border of BORDER px, so that
// windows may hang over the edge. A pyramid is LEVELS pictures one after the other; level l has pixel x at base pixel x * 2^l.
import { alloc } from './memory.as';

export const BORDER: i32 = 32;
export const LEVELS: i32 = 4;
export const MAX_WIDTH: i32 = 1280;
const rowBuffer: usize = memory.data((MAX_WIDTH + 4 * BORDER) * 2, 16);

@inline export function pixels(p: usize): usize {
  return load<usize>(p);
}
@inline export function strideOf(p: usize): i32 {
  return load<i32>(p, 4);
}
@inline export function widthOf(p: usize): i32 {
  return load<i32>(p, 8);
}
@inline export function heightOf(p: usize): i32 {
  return load<i32>(p, 12);
}
@inline export function levelOf(p: usize, l: i32): usize {
  return p + <usize>(l << 4);
}

/** Bytes of one picture's pixels with its border. */
export function imageBytes(w: i32, h: i32): i32 {
  return ((w + 2 * BORDER + 15) & ~15) * (h + 2 * BORDER) + 32;
}

/** Lays a picture of w x h out in the block at data. */
export function setImage(p: usize, data: usize, w: i32, h: i32): void {
  const s = (w + 2 * BORDER + 15) & ~15;
  store<usize>(p, data + <usize>(BORDER * s + BORDER));
  store<i32>(p, s, 4);
  store<i32>(p, w, 8);
  store<i32>(p, h, 12);
}

/** Allocates a pyramid for pictures of up to w x h; call again with reuse = its pointer to lay a smaller size out in the same memory. */
export function pyramid(w: i32, h: i32, reuse: usize): usize {
  let data: usize,
    p = reuse;
  if (!p) {
    let bytes = 0,
      ww = w,
      hh = h;
    for (let l = 0; l < LEVELS; l++) {
      bytes += imageBytes(ww, hh);
      ww = (ww + 1) >> 1;
      hh = (hh + 1) >> 1;
    }
    p = alloc(16 * LEVELS);
    data = alloc(bytes);
    store<usize>(p, data); // first layout below overwrites it with the same block
  } else data = load<usize>(p) - <usize>(BORDER * strideOf(p) + BORDER);
  for (let l = 0; l < LEVELS; l++) {
    setImage(levelOf(p, l), data, w, h);
    data += <usize>imageBytes(w, h);
    w = (w + 1) >> 1;
    h = (h + 1) >> 1;
  }
  return p;
}

/** Repeats the edge pixels into the border. */
export function extend(p: usize): void {
  const d = pixels(p),
    s = strideOf(p),
    w = widthOf(p),
    h = heightOf(p);
  for (let y = 0; y < h; y++) {
    const r = d + <usize>(y * s);
    memory.fill(r - BORDER, load<u8>(r), BORDER);
    memory.fill(r + w, load<u8>(r + w - 1), s - w - BORDER);
  }
  const first = d - BORDER,
    last = first + <usize>((h - 1) * s);
  for (let y = 1; y <= BORDER; y++) {
    memory.copy(first - <usize>(y * s), first, s);
    memory.copy(last + <usize>(y * s), last, s);
  }
}

/** Even and odd 16-bit lanes of two vectors. */
@inline function evens(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29);
}
@inline function odds(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31);
}

/** Burt-Adelson 1-4-6-4-1 reduction in both directions: dst pixel x sits on src pixel 2x. Sums stay under 2^16. */
function halve(src: usize, dst: usize): void {
  const ss = <usize>strideOf(src),
    ds = strideOf(dst),
    dw = widthOf(dst),
    dh = heightOf(dst);
  const half = i16x8.splat(128);
  for (let y = 0; y < dh; y++) {
    const r = pixels(src) + <usize>(2 * y) * ss - 8;
    for (let x: usize = 0, n = <usize>(2 * dw + 24); x < n; x += 8) {
      const outer = i16x8.add(v128.load_ext<u8>(r - 2 * ss + x), v128.load_ext<u8>(r + 2 * ss + x));
      const inner = i16x8.add(v128.load_ext<u8>(r - ss + x), v128.load_ext<u8>(r + ss + x));
      const mid = v128.load_ext<u8>(r + x);
      // outer + 4 inner + 6 mid = outer + 4 (inner + mid) + 2 mid
      v128.store(
        rowBuffer + (x << 1),
        i16x8.add(i16x8.add(outer, i16x8.shl(i16x8.add(inner, mid), 2)), i16x8.shl(mid, 1)),
      );
    }
    const out = pixels(dst) + <usize>(y * ds);
    for (let x = 0; x < dw; x += 8) {
      const q = rowBuffer + <usize>(16 + 4 * x); // 16-bit lane of src pixel 2x
      const a = v128.load(q),
        b = v128.load(q + 16),
        c = v128.load(q - 4),
        d = v128.load(q + 12),
        e = v128.load(q + 4),
        f = v128.load(q + 20);
      const centre = evens(a, b),
        left2 = evens(c, d),
        left1 = odds(c, d),
        right1 = odds(a, b),
        right2 = evens(e, f);
      let v = i16x8.add(i16x8.add(left2, right2), i16x8.shl(i16x8.add(i16x8.add(left1, right1), centre), 2));
      v = i16x8.shr_u(i16x8.add(i16x8.add(v, i16x8.shl(centre, 1)), half), 8);
      v128.store64_lane(out + x, i8x16.narrow_i16x8_u(v, v), 0);
    }
  }
}

/** Borders and coarser levels, after level 0 was written. */
export function buildPyramid(p: usize): void {
  extend(p);
  for (let l = 1; l < LEVELS; l++) {
    halve(levelOf(p, l - 1), levelOf(p, l));
    extend(levelOf(p, l));
  }
}
