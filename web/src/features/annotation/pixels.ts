import { rotationOf, trackingSize, uprightSize } from '#core/geometry/spaces.ts';
import type { Picture } from '#tracker/index.ts';
import { type Frame, frameSize } from './frames.ts';
import { createShrinker, grayOf } from './luma.ts';
import type { Encoded } from './tracking.ts';

/** Formats whose first plane is the brightness itself. */
const PLANAR = new Set<string | null>(['I420', 'I420A', 'I422', 'I444', 'NV12']);
const QUALITY = 0.8;
/** Longer sides than this tell a reader of the drawing nothing more. */
const LONGEST_SIDE = 1_280;
const MOST_BYTES = 600_000;

/** Reads frames as small gray pictures; keeps its buffers. The picture is filled anew by the next call. */
export function createReader(): (source: Frame, longest: number) => Promise<Picture> {
  const shrinker = createShrinker();
  let buffer = new Uint8Array(0);
  let slow = false;

  /** The planes of a frame as they lie in memory, without a detour over a canvas. */
  const copied = async (frame: VideoFrame, longest: number): Promise<Picture | null> => {
    const planar = PLANAR.has(frame.format);
    const options: VideoFrameCopyToOptions = planar ? {} : { format: 'RGBA' };
    const bytes = frame.allocationSize(options);
    if (buffer.length < bytes) buffer = new Uint8Array(bytes);
    const [plane] = await frame.copyTo(buffer, options);
    const rect = frame.visibleRect;
    if (plane === undefined || rect === null) return null;
    const held = { width: rect.width, height: rect.height };
    const gray = planar
      ? { data: buffer, offset: plane.offset, stride: plane.stride, ...held }
      : grayOf(buffer.subarray(plane.offset), held);
    const rotation = rotationOf('rotation' in frame ? Number(frame.rotation) : 0);
    const small = trackingSize(uprightSize(held, rotation), longest);
    return { gray: shrinker.shrink(gray, small, rotation), ...small };
  };

  const painted = (source: Frame, longest: number): Picture => {
    const size = frameSize(source);
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(source, 0, 0);
    const pixels = context?.getImageData(0, 0, size.width, size.height).data ?? new Uint8ClampedArray(0);
    const small = trackingSize(size, longest);
    return { gray: shrinker.shrink(grayOf(new Uint8Array(pixels.buffer), size), small, 0), ...small };
  };

  return async (source, longest) => {
    if (!(source instanceof ImageBitmap) && !slow) {
      try {
        const picture = await copied(source, longest);
        if (picture !== null) return picture;
      } catch {
        // Some browsers keep frames where they can't be copied from: from now on by way of a canvas.
        slow = true;
      }
    }
    return painted(source, longest);
  };
}

/** The frame as a file, small enough for the server. */
export async function encodePicture(source: Frame): Promise<Encoded> {
  const full = frameSize(source);
  for (let side = LONGEST_SIDE; ; side = Math.round(side * 0.75)) {
    const size = trackingSize(full, side);
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext('2d');
    if (context !== null) context.imageSmoothingQuality = 'high';
    context?.drawImage(source, 0, 0, size.width, size.height);
    let blob = await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY });
    // A browser that writes no WebP gives PNG instead, ten times the size.
    if (blob.type !== 'image/webp') blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    if (blob.size <= MOST_BYTES || side < 320) return { blob, ...size };
  }
}
