// Patches of which part is burnt out.

const N: i32 = 16;
/** Burnt-out px of the window. */
export function clipped(d: usize, s: i32, x: f32, y: f32, w: f32, h: f32): i32 {
  if (!(x > 0 && y > 0 && x < w && y < h)) return 0;
  const p = d + <usize>((<i32>y - 8) * s + <i32>x - 8),
    top = i8x16.splat(-6);
  let n = 0;
  for (let r: i32 = 0; r < 16; r++) n += popcnt(i8x16.bitmask(i8x16.ge_u(v128.load(p + <usize>(r * s)), top)));
  return n;
}

const sums: usize = memory.data(16 * 16, 16);
const equations: usize = memory.data(4 * 5 * 8, 16);
@inline function tally(i: i32, a: v128, b: v128): void {
  const q = sums + <usize>(i << 4);
  v128.store(q, i32x4.add(v128.load(q), i32x4.dot_i16x8_s(a, b)));
}
@inline function total(i: i32): f64 {
  const v = v128.load(sums + <usize>(i << 4));
  return (
    <f64>i32x4.extract_lane(v, 0) +
    <f64>i32x4.extract_lane(v, 1) +
    <f64>i32x4.extract_lane(v, 2) +
    <f64>i32x4.extract_lane(v, 3)
  );
}
@inline function eq(r: i32, c: i32): usize {
  return equations + <usize>((r * 5 + c) << 3);
}

/** As findPatch, without the burnt-out px: shift, gain and bias are solved together over what is left (glare, sun, lamps). */
export function findClipped(
  slot: usize,
  d: usize,
  s: i32,
  w: f32,
  h: f32,
  x0: f32,
  y0: f32,
  iterations: i32,
  reach: f32,
  damp: f32,
  out: usize,
): bool {
  let x = x0,
    y = y0,
    z: f32 = -1,
    gain: f32 = 0;
  let ok = true;
  const limit = i16x8.splat(248 << 4),
    one = i16x8.splat(1);
  for (let i = 0; ; i++) {
    const left = x - 7.5,
      up = y - 7.5;
    if (!(left > -14 && up > -14 && left < w - 4 && up < h - 4)) {
      ok = false;
      break;
    }
    const ix = <i32>Mathf.floor(left),
      iy = <i32>Mathf.floor(up);
    const wx = <i32>((left - <f32>ix) * 128 + 0.5),
      wy = min(<i32>((up - <f32>iy) * 32768 + 0.5), 32767);
    const a = i16x8.splat(<i16>(128 - wx)),
      b = i16x8.splat(<i16>wx),
      k = i16x8.splat(<i16>wy);
    memory.fill(sums, 0, 256);
    for (let half = 0; half < 2; half++) {
      let p = d + <usize>(iy * s + ix + half * 8),
        o = slot + <usize>(half * 16);
      let t = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
      for (let r = 0; r < N; r++) {
        p += s;
        const u = i16x8.add(i16x8.mul(v128.load_ext<u8>(p), a), i16x8.mul(v128.load_ext<u8>(p, 1), b));
        let e = i16x8.shr_s(i16x8.add(t, i16x8.q15mulr_sat_s(i16x8.sub(u, t), k)), 3);
        t = u;
        const m = i16x8.lt_s(e, limit);
        e = v128.and(e, m);
        const gx = v128.and(v128.load(o), m),
          gy = v128.and(v128.load(o, 512), m),
          tt = v128.and(v128.load(o, 1024), m),
          n = v128.and(one, m);
        tally(0, gx, gx);
        tally(1, gx, gy);
        tally(2, gx, tt);
        tally(3, gx, n);
        tally(4, gy, gy);
        tally(5, gy, tt);
        tally(6, gy, n);
        tally(7, tt, tt);
        tally(8, tt, n);
        tally(9, n, n);
        tally(10, gx, e);
        tally(11, gy, e);
        tally(12, tt, e);
        tally(13, n, e);
        tally(14, e, e);
        o += 32;
      }
    }
    const n = total(9);
    if (n < 90) {
      z = -2;
      ok = false;
      break;
    }
    const sT = total(8),
      sJ = total(13),
      vt = total(7) - (sT * sT) / n,
      vj = total(14) - (sJ * sJ) / n;
    if (vt < 256 * 256 || vj < 64 * 256) {
      ok = false;
      break;
    }
    z = <f32>((total(12) - (sT * sJ) / n) / Math.sqrt(vt * vj));
    if (i >= iterations) break;
    store<f64>(eq(0, 0), total(0) + <f64>damp * 256);
    store<f64>(eq(0, 1), total(1));
    store<f64>(eq(0, 2), total(2));
    store<f64>(eq(0, 3), total(3));
    store<f64>(eq(0, 4), total(10));
    store<f64>(eq(1, 0), total(1));
    store<f64>(eq(1, 1), total(4) + <f64>damp * 256);
    store<f64>(eq(1, 2), total(5));
    store<f64>(eq(1, 3), total(6));
    store<f64>(eq(1, 4), total(11));
    store<f64>(eq(2, 0), total(2));
    store<f64>(eq(2, 1), total(5));
    store<f64>(eq(2, 2), total(7));
    store<f64>(eq(2, 3), sT);
    store<f64>(eq(2, 4), total(12));
    store<f64>(eq(3, 0), total(3));
    store<f64>(eq(3, 1), total(6));
    store<f64>(eq(3, 2), sT);
    store<f64>(eq(3, 3), n);
    store<f64>(eq(3, 4), sJ);
    for (let c = 0; c < 4; c++) {
      // the matrix is positive definite: no pivoting
      const q = load<f64>(eq(c, c));
      if (!(q > 1e-6)) {
        ok = false;
        break;
      }
      for (let r = 0; r < 4; r++)
        if (r != c) {
          const f = load<f64>(eq(r, c)) / q;
          for (let j = c; j < 5; j++) store<f64>(eq(r, j), load<f64>(eq(r, j)) - f * load<f64>(eq(c, j)));
        }
    }
    if (!ok) break;
    gain = <f32>(load<f64>(eq(2, 4)) / load<f64>(eq(2, 2)));
    if (!(gain > 0.05)) {
      ok = false;
      break;
    }
    const ex = <f32>(-load<f64>(eq(0, 4)) / load<f64>(eq(0, 0))) / gain,
      ey = <f32>(-load<f64>(eq(1, 4)) / load<f64>(eq(1, 1))) / gain;
    const q = ex * ex + ey * ey,
      cut: f32 = q > 4 ? 2 / Mathf.sqrt(q) : 1;
    x += ex * cut;
    y += ey * cut;
    if ((x - x0) * (x - x0) + (y - y0) * (y - y0) > reach * reach) {
      ok = false;
      break;
    }
    if (q < 0.0009) break;
  }
  store<f32>(out, x);
  store<f32>(out, y, 4);
  store<f32>(out, ok ? z : z == -2 ? z : -1, 8);
  store<f32>(out, gain, 12);
  return ok;
}
