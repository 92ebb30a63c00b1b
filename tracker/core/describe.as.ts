// Direction and descriptor of a feature.
import { alloc } from './memory.as';
import { pixels, strideOf } from './image.as';

export const DESCRIPTOR_BYTES: i32 = 128;
const patch: usize = memory.data(18 * 24 * 2 + 32, 16);
const bands: usize = memory.data(16 * 32, 16);
const rowWeights: usize = memory.data(4 * 16 * 2, 16),
  columnWeights: usize = memory.data(4 * 16 * 2, 16);
const angles: usize = memory.data(40 * 4, 16);
const raw: usize = memory.data(64 * 4, 16);
const discWidths: usize = memory.data(17, 16),
  discWeights: usize = memory.data(289, 16);
let polar: usize = 0; // u16 per (gy + 128, gx + 128): 4 * direction bin, and the length in the upper byte

/** Tables: gradient -> direction and length, weights of the disc and of the cells. */
export function initDescriptors(): void {
  polar = alloc(65536 * 2);
  for (let gy = -127; gy <= 127; gy++)
    for (let gx = -127; gx <= 127; gx++) {
      let a = Math.atan2(<f64>gy, <f64>gx);
      if (a < 0) a += 2 * Math.PI;
      let bin = <i32>Math.floor((a * 18) / Math.PI + 0.5);
      if (bin >= 36) bin -= 36;
      store<u16>(
        polar + <usize>((((gy + 128) << 8) | (gx + 128)) << 1),
        <u16>(((<i32>Math.sqrt(<f64>(gx * gx + gy * gy))) << 8) | (bin << 2)),
      );
    }
  let n: usize = 0;
  for (let v = -8; v <= 8; v++) {
    let half = 0;
    while ((half + 1) * (half + 1) + v * v <= 72 && half < 8) half++;
    store<u8>(discWidths + <usize>(v + 8), <u8>half);
    for (let u = -half; u <= half; u++) store<u8>(discWeights + n++, <u8>(64 - ((u * u + v * v) * 64) / 91));
  }
  for (let r = 0; r < 4; r++)
    for (let i = 0; i < 16; i++) {
      const tent = max<f64>(0, 1 - Math.abs(<f64>i - (1.5 + 4 * <f64>r)) / 4),
        c = (<f64>i - 7.5) / 8,
        g = Math.exp(-0.5 * c * c);
      store<i16>(rowWeights + <usize>((r * 16 + i) << 1), <i16>(tent * g * 32767));
      store<i16>(columnWeights + <usize>((r * 16 + i) << 1), <i16>(tent * g * 256));
    }
}

/** Main gradient directions inside a radius of 8 px: histogram of 36 bins. Writes up to two angles, returns how many. */
export function orient(image: usize, x: f32, y: f32, out: usize): i32 {
  memory.fill(angles, 0, 160);
  const s = <usize>strideOf(image);
  const cx = <i32>nearest<f32>(x),
    cy = <i32>nearest<f32>(y);
  let w = discWeights;
  for (let v = -8; v <= 8; v++) {
    const half = <i32>load<u8>(discWidths + <usize>(v + 8));
    let p = pixels(image) + <usize>(cy + v) * s + <usize>(cx - half);
    for (let u = -half; u <= half; u++) {
      let gx = <i32>load<u8>(p, 1) - <i32>load<u8>(p - 1),
        gy = <i32>load<u8>(p + s) - <i32>load<u8>(p - s);
      let m = <i32>load<u8>(w);
      p++;
      w++;
      if (<u32>(gx + 127) > 254 || <u32>(gy + 127) > 254) {
        gx >>= 1;
        gy >>= 1;
        m <<= 1;
      }
      const e = <i32>load<u16>(polar + <usize>((((gy + 128) << 8) | (gx + 128)) << 1)),
        q = angles + <usize>(e & 255);
      store<i32>(q, load<i32>(q) + (e >> 8) * m);
    }
  }
  for (let b: usize = 0; b < 144; b += 4) store<f32>(angles + b, <f32>load<i32>(angles + b));
  let prev = load<f32>(angles + 140),
    first = load<f32>(angles),
    best: f32 = 0; // two passes of 1-2-1
  for (let pass = 0; pass < 2; pass++) {
    prev = load<f32>(angles + 140);
    first = load<f32>(angles);
    for (let b = 0; b < 36; b++) {
      const q = angles + <usize>(b << 2),
        c = load<f32>(q),
        nx = b == 35 ? first : load<f32>(q + 4);
      store<f32>(q, 0.25 * (prev + nx) + 0.5 * c);
      prev = c;
    }
  }
  for (let b = 0; b < 36; b++) best = max(best, load<f32>(angles + <usize>(b << 2)));
  if (best <= 0) {
    store<f32>(out, 0);
    return 1;
  }
  let n = 0;
  let b0: f32 = 0,
    v0: f32 = 0,
    b1: f32 = 0,
    v1: f32 = 0;
  for (let b = 0; b < 36; b++) {
    const c = load<f32>(angles + <usize>(b << 2)),
      l = load<f32>(angles + <usize>((b == 0 ? 35 : b - 1) << 2)),
      r = load<f32>(angles + <usize>((b == 35 ? 0 : b + 1) << 2));
    if (c < 0.8 * best || c < l || c <= r) continue;
    const at = (<f32>b + (0.5 * (l - r)) / (l + r - 2 * c)) * 0.17453293;
    if (c > v0) {
      v1 = v0;
      b1 = b0;
      v0 = c;
      b0 = at;
    } else if (c > v1) {
      v1 = c;
      b1 = at;
    }
    n++;
  }
  store<f32>(out, b0);
  store<f32>(out, b1, 4);
  return n > 1 ? 2 : 1;
}

/** 64 numbers around (x, y), direction a, samples 1.25 px apart; unit length = 1024. */
export function describe(image: usize, x: f32, y: f32, a: f32, out: usize): void {
  const s = strideOf(image),
    d = pixels(image);
  const c = Mathf.cos(a) * 1.25,
    n = Mathf.sin(a) * 1.25;
  let ox = x - 8.5 * c + 8.5 * n,
    oy = y - 8.5 * n - 8.5 * c;
  for (let v = 0; v < 18; v++) {
    let fx = <i32>(ox * 256),
      fy = <i32>(oy * 256);
    const kc = <i32>(c * 256),
      kn = <i32>(n * 256);
    let o = patch + <usize>(v * 48);
    for (let u = 0; u < 18; u++) {
      const p = d + <usize>((fy >> 8) * s + (fx >> 8));
      const wx = fx & 255,
        wy = fy & 255;
      const t = ((<i32>load<u8>(p)) << 8) + (<i32>load<u8>(p, 1) - <i32>load<u8>(p)) * wx,
        q = p + <usize>s,
        b = ((<i32>load<u8>(q)) << 8) + (<i32>load<u8>(q, 1) - <i32>load<u8>(q)) * wx;
      store<i16>(o, <i16>(((t << 8) + (b - t) * wy) >> 12));
      o += 2;
      fx += kc;
      fy += kn;
    }
    ox -= n;
    oy += c;
  }
  memory.fill(bands, 0, 512);
  const zero = i16x8.splat(0);
  for (let v = 0; v < 16; v++) {
    const r = patch + <usize>((v + 1) * 48) + 2;
    for (let half = 0; half < 2; half++) {
      const p = r + <usize>(half << 4);
      const gx = i16x8.shr_s(i16x8.sub(v128.load(p + 2), v128.load(p - 2)), 1),
        gy = i16x8.shr_s(i16x8.sub(v128.load(p + 48), v128.load(p - 48)), 1);
      const xp = i16x8.max_s(gx, zero),
        xn = i16x8.max_s(i16x8.neg(gx), zero),
        yp = i16x8.max_s(gy, zero),
        yn = i16x8.max_s(i16x8.neg(gy), zero);
      for (let b = 0; b < 4; b++) {
        const wt = load<i16>(rowWeights + <usize>((b * 16 + v) << 1));
        if (wt == 0) continue;
        const k = i16x8.splat(wt),
          t = bands + <usize>(b * 128 + half * 16);
        v128.store(t, i16x8.add(v128.load(t), i16x8.q15mulr_sat_s(xp, k)));
        v128.store(t, i16x8.add(v128.load(t, 32), i16x8.q15mulr_sat_s(xn, k)), 32);
        v128.store(t, i16x8.add(v128.load(t, 64), i16x8.q15mulr_sat_s(yp, k)), 64);
        v128.store(t, i16x8.add(v128.load(t, 96), i16x8.q15mulr_sat_s(yn, k)), 96);
      }
    }
  }
  let sum: f32 = 0;
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 4; j++) {
      const t = bands + <usize>(i * 32),
        k = columnWeights + <usize>(j * 32);
      const e = i32x4.add(
        i32x4.dot_i16x8_s(v128.load(t), v128.load(k)),
        i32x4.dot_i16x8_s(v128.load(t, 16), v128.load(k, 16)),
      );
      const q = <f32>(
        (i32x4.extract_lane(e, 0) + i32x4.extract_lane(e, 1) + i32x4.extract_lane(e, 2) + i32x4.extract_lane(e, 3))
      );
      store<f32>(raw + <usize>((i * 4 + j) << 2), q);
      sum += q * q;
    }
  // long components are clipped, as SIFT does against highlights
  const clip: f32 = Mathf.sqrt(sum) * 0.3;
  let again: f32 = 0;
  for (let i = 0; i < 64; i++) {
    const q = min(load<f32>(raw + <usize>(i << 2)), clip);
    store<f32>(raw + <usize>(i << 2), q);
    again += q * q;
  }
  const k: f32 = again > 0 ? 1024 / Mathf.sqrt(again) : 0;
  for (let i = 0; i < 64; i++) store<i16>(out + <usize>(i << 1), <i16>(load<f32>(raw + <usize>(i << 2)) * k + 0.5));
}
