// Sampling a picture through an affine map.
import { pixels, strideOf, widthOf, heightOf, levelOf, BORDER, LEVELS } from './image.as';

/** Four bilinear samples (sums with 14 fractional bits) at (x, y) px of a level; the caller keeps them inside the border. */
@inline function bilinear4(p: usize, s: i32, x: v128, y: v128): v128 {
  const fx = f32x4.floor(x),
    fy = f32x4.floor(y);
  const o = i32x4.add(i32x4.mul(i32x4.trunc_sat_f32x4_s(fy), i32x4.splat(s)), i32x4.trunc_sat_f32x4_s(fx));
  const scale = f32x4.splat(128),
    full = i32x4.splat(128);
  const wx = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.sub(x, fx), scale)),
    wy = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.sub(y, fy), scale));
  const w = v128.or(i32x4.shl(wx, 16), i32x4.sub(full, wx)); // pairs of i16: weight of the left px, of the right px
  const a = p + <usize>i32x4.extract_lane(o, 0),
    b = p + <usize>i32x4.extract_lane(o, 1),
    c = p + <usize>i32x4.extract_lane(o, 2),
    d = p + <usize>i32x4.extract_lane(o, 3);
  let t = i16x8.splat(0),
    u = t;
  t = v128.load16_lane(a, t, 0);
  t = v128.load16_lane(b, t, 1);
  t = v128.load16_lane(c, t, 2);
  t = v128.load16_lane(d, t, 3);
  u = v128.load16_lane(a + s, u, 0);
  u = v128.load16_lane(b + s, u, 1);
  u = v128.load16_lane(c + s, u, 2);
  u = v128.load16_lane(d + s, u, 3);
  const top = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(t), w),
    bottom = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(u), w);
  return i32x4.add(i32x4.shl(top, 7), i32x4.mul(i32x4.sub(bottom, top), wy));
}

/** Samples columns x rows points around (cx, cy) of src through the 2x2 map m (source px per output px), with as many taps along the
 *  direction of strongest minification as it takes to avoid aliasing. Output: f32, `pitch` values per row, a multiple of 4 that
 *  holds the columns. False when out of the picture. */
export function sampleAffine(
  src: usize,
  cx: f32,
  cy: f32,
  m00: f32,
  m01: f32,
  m10: f32,
  m11: f32,
  columns: i32,
  rows: i32,
  out: usize,
  pitch: i32,
): bool {
  // singular values and major direction of m
  const p = m00 * m00 + m10 * m10,
    q = m01 * m01 + m11 * m11,
    r = m00 * m01 + m10 * m11;
  const mean: f32 = (p + q) * 0.5,
    dev: f32 = Mathf.sqrt((p - q) * (p - q) * 0.25 + r * r);
  const major = Mathf.sqrt(mean + dev),
    minor = Mathf.sqrt(max<f32>(mean - dev, 1e-6));
  let l = 0;
  let step = minor;
  while (step > 1.5 && l < LEVELS - 1) {
    step *= 0.5;
    l++;
  }
  const k: f32 = 1.0 / <f32>(1 << l);
  const image = levelOf(src, l),
    d = pixels(image),
    s = strideOf(image);
  const a00 = m00 * k,
    a01 = m01 * k,
    a10 = m10 * k,
    a11 = m11 * k;
  const ox = cx * k - a00 * <f32>(columns - 1) * 0.5 - a01 * <f32>(rows - 1) * 0.5,
    oy = cy * k - a10 * <f32>(columns - 1) * 0.5 - a11 * <f32>(rows - 1) * 0.5;
  let taps = <i32>Mathf.floor(major * k + 0.4);
  if (taps > 4) taps = 4;
  if (taps < 1) taps = 1;
  // eigenvector of m m^T for the larger value = direction in the source
  let tx: f32 = 0,
    ty: f32 = 0;
  if (taps > 1) {
    const e = a00 * a00 + a01 * a01,
      f = a10 * a10 + a11 * a11,
      g = a00 * a10 + a01 * a11;
    const big = major * major * k * k;
    let vx = g,
      vy = big - e;
    if (Mathf.abs(big - f) > Mathf.abs(vy)) {
      vx = big - f;
      vy = g;
    }
    const n = Mathf.sqrt(vx * vx + vy * vy);
    if (n > 1e-9) {
      const t = (major * k) / <f32>taps / n;
      tx = vx * t;
      ty = vy * t;
    } else {
      tx = (major * k) / <f32>taps;
    }
  }
  // the whole window with its taps has to be inside the bordered picture
  const hx = (Mathf.abs(a00) * <f32>(columns + 5) + Mathf.abs(a01) * <f32>(rows - 1)) * 0.5 + Mathf.abs(tx) * 2 + 2,
    hy = (Mathf.abs(a10) * <f32>(columns + 5) + Mathf.abs(a11) * <f32>(rows - 1)) * 0.5 + Mathf.abs(ty) * 2 + 2;
  const b = <f32>BORDER;
  const mx = cx * k,
    my = cy * k;
  if (
    !(mx - hx > -b && my - hy > -b && mx + hx < <f32>widthOf(image) + b - 1 && my + hy < <f32>heightOf(image) + b - 1)
  )
    return false;
  const share = f32x4.splat(1.0 / (16384.0 * <f32>taps)),
    first: f32 = <f32>(taps - 1) * -0.5;
  const ramp = f32x4(0, 1, 2, 3),
    stepX = f32x4.splat(a00 * 4),
    stepY = f32x4.splat(a10 * 4),
    du = f32x4.mul(ramp, f32x4.splat(a00)),
    dv = f32x4.mul(ramp, f32x4.splat(a10));
  const tapX = f32x4.splat(tx),
    tapY = f32x4.splat(ty);
  for (let y = 0; y < rows; y++) {
    let u = f32x4.add(f32x4.splat(ox + a01 * <f32>y + first * tx), du),
      v = f32x4.add(f32x4.splat(oy + a11 * <f32>y + first * ty), dv);
    let o = out + <usize>(y * pitch * 4);
    for (let x = 0; x < columns; x += 4) {
      let sum = bilinear4(d, s, u, v);
      if (taps > 1) {
        let w = u,
          z = v;
        for (let t = 1; t < taps; t++) {
          w = f32x4.add(w, tapX);
          z = f32x4.add(z, tapY);
          sum = i32x4.add(sum, bilinear4(d, s, w, z));
        }
      }
      v128.store(o, f32x4.mul(f32x4.convert_i32x4_s(sum), share));
      o += 16;
      u = f32x4.add(u, stepX);
      v = f32x4.add(v, stepY);
    }
  }
  return true;
}
