// What the WebAssembly module exports. Pictures and tables are passed as addresses in its memory.
export { alloc } from './memory.as';
export { pyramid, buildPyramid } from './image.as';
export { SLOT_BYTES, makeTemplate } from './patch.as';
export { initFeatures, findFeatures } from './features.as';
export { matchFeatures } from './match.as';
export { stepPose, answerTable } from './pose.as';
export { hypothesise } from './search.as';
export { glance } from './glance.as';
import { sampleAffine } from './sample.as';
import { pixels, strideOf, widthOf, heightOf } from './image.as';

/** Address of pixel (0,0) and stride of a pyramid's level 0. */
export function pixelsOf(p: usize): usize {
  return pixels(p);
}
export function rowOf(p: usize): i32 {
  return strideOf(p);
}

const line: usize = memory.data(1280 * 4, 16);
/** Fills level 0 of dst with src seen through the affine map dst px -> src px (2 rows of 3). Places outside src become gray. */
export function warp(src: usize, dst: usize, a: f32, b: f32, c: f32, d: f32, e: f32, f: f32): void {
  const w = widthOf(dst),
    h = heightOf(dst),
    s = strideOf(dst);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x += 8) {
      const o = pixels(dst) + <usize>(y * s + x);
      const cx = a * (<f32>x + 3.5) + b * <f32>y + c,
        cy = d * (<f32>x + 3.5) + e * <f32>y + f;
      if (!sampleAffine(src, cx, cy, a, b, d, e, 8, 1, line, 8)) {
        store<u64>(o, 0x8080808080808080);
        continue;
      }
      for (let i = 0; i < 8; i++) store<u8>(o + <usize>i, <u8>(load<f32>(line + <usize>(i << 2)) + 0.5));
    }
}
