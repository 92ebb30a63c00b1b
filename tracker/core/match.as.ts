// Brute-force comparison of descriptors, eight numbers at a time.
import { DESCRIPTOR_BYTES } from './describe.as';

/** Best database entry of every query of the same class. Database: records of 4 f32 (anchor x, y, class, unused); `ranges` = first entry and end
 *  of each class (3 x 2 i32). Result (3 f32): index or -1, product with the best (0..1), product with the best entry that lies
 *  more than `apart` px from the best one. */
export function matchFeatures(
  n: i32,
  records: usize,
  descriptors: usize,
  places: usize,
  database: usize,
  ranges: usize,
  apart: f32,
  out: usize,
): void {
  for (let i = 0; i < n; i++) {
    const k = <i32>load<f32>(records + <usize>(i * 24), 16),
      d = descriptors + <usize>(i * DESCRIPTOR_BYTES);
    const a = v128.load(d),
      b = v128.load(d, 16),
      c = v128.load(d, 32),
      e = v128.load(d, 48),
      f = v128.load(d, 64),
      g = v128.load(d, 80),
      h = v128.load(d, 96),
      j = v128.load(d, 112);
    const from = load<i32>(ranges + <usize>(k << 3)),
      to = load<i32>(ranges + <usize>(k << 3), 4);
    let best = -1,
      at = -1,
      second = -1;
    let p = database + <usize>(from * DESCRIPTOR_BYTES);
    for (let m = from; m < to; m++) {
      const u = i32x4.add(
        i32x4.add(
          i32x4.add(i32x4.dot_i16x8_s(a, v128.load(p)), i32x4.dot_i16x8_s(b, v128.load(p, 16))),
          i32x4.add(i32x4.dot_i16x8_s(c, v128.load(p, 32)), i32x4.dot_i16x8_s(e, v128.load(p, 48))),
        ),
        i32x4.add(
          i32x4.add(i32x4.dot_i16x8_s(f, v128.load(p, 64)), i32x4.dot_i16x8_s(g, v128.load(p, 80))),
          i32x4.add(i32x4.dot_i16x8_s(h, v128.load(p, 96)), i32x4.dot_i16x8_s(j, v128.load(p, 112))),
        ),
      );
      const v = i32x4.add(u, i32x4.shuffle(u, u, 2, 3, 0, 1));
      const q = i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1);
      p += DESCRIPTOR_BYTES;
      if (q <= second) continue;
      let near = false;
      if (at >= 0) {
        const dx = load<f32>(places + <usize>(m << 4)) - load<f32>(places + <usize>(at << 4)),
          dy = load<f32>(places + <usize>(m << 4), 4) - load<f32>(places + <usize>(at << 4), 4);
        near = dx * dx + dy * dy < apart * apart;
      }
      if (q > best) {
        if (!near) second = best;
        best = q;
        at = m;
      } else if (!near) second = q;
    }
    const o = out + <usize>(i * 12);
    store<f32>(o, <f32>at);
    store<f32>(o, <f32>best / 1048576, 4);
    store<f32>(o, <f32>second / 1048576, 8);
  }
}
