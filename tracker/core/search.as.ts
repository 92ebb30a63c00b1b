// From single matches to places: every match of a described patch gives a whole affine map (place, direction, scale and simulated view), the
// others vote for it. One right match is enough to start from, so a share of wrong matches well over 90 % does no harm.

const MAX_SEEDS: i32 = 192;
const seeds: usize = memory.data(192 * 4, 16);
const m3: usize = memory.data(3 * 8 * 8, 16);

/** Weighted affine least squares of the matches near map (6 f64) in place; false when they do not fix it. */
function refit(n: i32, matches: usize, map: usize, tolerance: f64): bool {
  const a0 = load<f64>(map),
    a1 = load<f64>(map, 8),
    a2 = load<f64>(map, 16),
    a3 = load<f64>(map, 24),
    a4 = load<f64>(map, 32),
    a5 = load<f64>(map, 40);
  let sw: f64 = 0,
    sx: f64 = 0,
    sy: f64 = 0,
    su: f64 = 0,
    sv: f64 = 0;
  const t2 = tolerance * tolerance;
  for (let pass = 0; pass < 2; pass++) {
    let xx: f64 = 0,
      xy: f64 = 0,
      yy: f64 = 0,
      xu: f64 = 0,
      yu: f64 = 0,
      xv: f64 = 0,
      yv: f64 = 0;
    const mx = sw > 0 ? sx / sw : 0,
      my = sw > 0 ? sy / sw : 0,
      mu = sw > 0 ? su / sw : 0,
      mv = sw > 0 ? sv / sw : 0;
    for (let k = 0; k < n; k++) {
      const m = matches + <usize>(k << 5),
        x = <f64>load<f32>(m),
        y = <f64>load<f32>(m, 4),
        u = <f64>load<f32>(m, 8),
        v = <f64>load<f32>(m, 12);
      const dx = a0 * x + a1 * y + a2 - u,
        dy = a3 * x + a4 * y + a5 - v,
        e = dx * dx + dy * dy;
      if (e >= t2) continue;
      const w = <f64>load<f32>(m, 16) * (1 - e / t2);
      if (pass == 0) {
        sw += w;
        sx += w * x;
        sy += w * y;
        su += w * u;
        sv += w * v;
        continue;
      }
      const p = x - mx,
        q = y - my;
      xx += w * p * p;
      xy += w * p * q;
      yy += w * q * q;
      xu += w * p * (u - mu);
      yu += w * q * (u - mu);
      xv += w * p * (v - mv);
      yv += w * q * (v - mv);
    }
    if (sw <= 0) return false;
    if (pass == 0) continue;
    // drawn towards the present map by a little weight, so that few or collinear matches do not tear it
    const r = 0.5 * 400.0;
    xx += r;
    yy += r;
    xu += r * a0;
    yu += r * a1;
    xv += r * a3;
    yv += r * a4;
    const det = xx * yy - xy * xy;
    if (det < 1e-9) return false;
    const b0 = (xu * yy - yu * xy) / det,
      b1 = (yu * xx - xu * xy) / det,
      b3 = (xv * yy - yv * xy) / det,
      b4 = (yv * xx - xv * xy) / det;
    store<f64>(map, b0);
    store<f64>(map, b1, 8);
    store<f64>(map, mu - b0 * mx - b1 * my, 16);
    store<f64>(map, b3, 24);
    store<f64>(map, b4, 32);
    store<f64>(map, mv - b3 * mx - b4 * my, 40);
  }
  return true;
}

/** Matches: 8 f32 each: anchor x, y; frame x, y; weight; database index; feature index; spare. Feature records as of findFeatures; database maps:
 *  6 f32 each, anchor px -> unit frame of the feature. Region: centre and radius in anchor px. Writes up to `most` hypotheses of 8 f64: affine map
 *  anchor -> frame (6), votes (weight), number of matches. Returns how many. */
export function hypothesise(
  n: i32,
  matches: usize,
  features: usize,
  maps: usize,
  cx: f64,
  cy: f64,
  radius: f64,
  most: i32,
  out: usize,
): i32 {
  // seeds: the matches of most weight
  let count = 0;
  for (let k = 0; k < n; k++) {
    const w = load<f32>(matches + <usize>(k << 5), 16);
    let i = count;
    if (count == MAX_SEEDS) {
      if (load<f32>(matches + <usize>(load<i32>(seeds + <usize>((MAX_SEEDS - 1) << 2)) << 5), 16) >= w) continue;
      i--;
    } else count++;
    while (i > 0 && load<f32>(matches + <usize>(load<i32>(seeds + <usize>((i - 1) << 2)) << 5), 16) < w) {
      store<i32>(seeds + <usize>(i << 2), load<i32>(seeds + <usize>((i - 1) << 2)));
      i--;
    }
    store<i32>(seeds + <usize>(i << 2), k);
  }
  let found = 0;
  for (let s = 0; s < count; s++) {
    const m = matches + <usize>(load<i32>(seeds + <usize>(s << 2)) << 5),
      d = maps + <usize>(<i32>load<f32>(m, 20) * 24),
      f = features + <usize>(<i32>load<f32>(m, 24) * 24);
    const scale = <f64>load<f32>(f, 8),
      c = Math.cos(<f64>load<f32>(f, 12)) * scale,
      z = Math.sin(<f64>load<f32>(f, 12)) * scale;
    const d0 = <f64>load<f32>(d),
      d1 = <f64>load<f32>(d, 4),
      d3 = <f64>load<f32>(d, 12),
      d4 = <f64>load<f32>(d, 16);
    const map = m3;
    const a0 = c * d0 - z * d3,
      a1 = c * d1 - z * d4,
      a3 = z * d0 + c * d3,
      a4 = z * d1 + c * d4;
    const x0 = <f64>load<f32>(m),
      y0 = <f64>load<f32>(m, 4);
    store<f64>(map, a0);
    store<f64>(map, a1, 8);
    store<f64>(map, <f64>load<f32>(m, 8) - a0 * x0 - a1 * y0, 16);
    store<f64>(map, a3, 24);
    store<f64>(map, a4, 32);
    store<f64>(map, <f64>load<f32>(m, 12) - a3 * x0 - a4 * y0, 40);
    const det = Math.abs(a0 * a4 - a1 * a3);
    if (!(det > 0.004 && det < 60)) continue;
    const size = Math.sqrt(det);
    const loose = Math.max(5, 0.25 * radius * size),
      tight = Math.max(4, 0.1 * radius * size);
    if (vote(n, matches, map, loose, m3 + 64) < 1.1 * <f64>load<f32>(m, 16)) continue;
    if (!refit(n, matches, map, loose) || !refit(n, matches, map, tight)) continue;
    const votes = vote(n, matches, map, tight, m3 + 64),
      voters = load<f64>(m3 + 64);
    if (voters < 2) continue;
    // same place as an earlier one: keep the stronger
    const px = load<f64>(map) * cx + load<f64>(map, 8) * cy + load<f64>(map, 16),
      py = load<f64>(map, 24) * cx + load<f64>(map, 32) * cy + load<f64>(map, 40);
    let slot = -1,
      weakest = 1e30;
    for (let i = 0; i < found; i++) {
      const o = out + <usize>(i << 6);
      const qx = load<f64>(o) * cx + load<f64>(o, 8) * cy + load<f64>(o, 16) - px,
        qy = load<f64>(o, 24) * cx + load<f64>(o, 32) * cy + load<f64>(o, 40) - py;
      if (Math.abs(qx) + Math.abs(qy) < 0.4 * radius * size) {
        slot = i;
        weakest = load<f64>(o, 48);
        break;
      }
    }
    if (slot < 0 && found < most) {
      slot = found++;
      weakest = -1;
    } else if (slot < 0)
      for (let i = 0; i < found; i++) {
        const q = load<f64>(out + <usize>(i << 6), 48);
        if (q < weakest) {
          weakest = q;
          slot = i;
        }
      }
    if (votes <= weakest) continue;
    const o = out + <usize>(slot << 6);
    memory.copy(o, map, 48);
    store<f64>(o, votes, 48);
    store<f64>(o, voters, 56);
  }
  return found;
}

/** Weight of the matches within tolerance of the map; their number goes to `number`. Matches from one frame place count once. */
function vote(n: i32, matches: usize, map: usize, tolerance: f64, number: usize): f64 {
  const a0 = load<f64>(map),
    a1 = load<f64>(map, 8),
    a2 = load<f64>(map, 16),
    a3 = load<f64>(map, 24),
    a4 = load<f64>(map, 32),
    a5 = load<f64>(map, 40);
  const t2 = tolerance * tolerance;
  let sum: f64 = 0,
    count = 0;
  let lx: f32 = -1e9,
    ly: f32 = -1e9;
  for (let k = 0; k < n; k++) {
    const m = matches + <usize>(k << 5),
      x = <f64>load<f32>(m),
      y = <f64>load<f32>(m, 4),
      fx = load<f32>(m, 8),
      fy = load<f32>(m, 12);
    const dx = a0 * x + a1 * y + a2 - <f64>fx,
      dy = a3 * x + a4 * y + a5 - <f64>fy,
      e = dx * dx + dy * dy;
    if (e >= t2) continue;
    if (fx == lx && fy == ly) continue;
    lx = fx;
    ly = fy;
    sum += <f64>load<f32>(m, 16) * (1 - e / t2);
    count++;
  }
  store<f64>(number, <f64>count);
  return sum;
}
