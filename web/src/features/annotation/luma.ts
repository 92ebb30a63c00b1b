import type { Size } from '#core/geometry/points.ts';
import { type Rotation, uprightSize } from '#core/geometry/spaces.ts';

/** A picture in memory, one byte of brightness every `step` bytes. */
export interface Plane extends Size {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly stride: number;
}

/** Makes gray pictures of the size that the tracker works on; keeps its buffers from frame to frame. */
export interface Shrinker {
  /** The mean brightness of what each px of the small upright picture covers. The array is filled anew by the next call. */
  shrink(plane: Plane, small: Size, rotation: Rotation): Uint8Array;
}

/** Makes a shrinker. */
export function createShrinker(): Shrinker {
  let lying: Uint8Array = new Uint8Array(0);
  let upright: Uint8Array = new Uint8Array(0);
  let sums = new Float32Array(0);
  const bytes = (kept: Uint8Array, length: number) => (kept.length === length ? kept : new Uint8Array(length));
  return {
    shrink(plane, small, rotation) {
      const size = uprightSize(small, rotation);
      lying = bytes(lying, size.width * size.height);
      if (plane.width === 2 * size.width && plane.height === 2 * size.height) halve(plane, size, lying);
      else {
        if (sums.length !== size.width) sums = new Float32Array(size.width);
        average(plane, size, lying, sums);
      }
      if (rotation === 0) return lying;
      upright = bytes(upright, lying.length);
      turn(lying, size, upright, rotation);
      return upright;
    },
  };
}

/** The common case, 1280x720 to 640x360: four px become one. */
function halve({ data, offset, stride }: Plane, { width, height }: Size, into: Uint8Array): void {
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = offset + 2 * y * stride;
    for (let x = 0; x < width; x++, from += 2) {
      const sum =
        (data[from] ?? 0) + (data[from + 1] ?? 0) + (data[from + stride] ?? 0) + (data[from + stride + 1] ?? 0);
      into[to++] = (sum + 2) >> 2;
    }
  }
}

/** Any other size: each px counts with the share of it that is covered. */
function average(plane: Plane, { width, height }: Size, into: Uint8Array, sums: Float32Array): void {
  const { data, offset, stride } = plane;
  const across = plane.width / width;
  const down = plane.height / height;
  const scale = 1 / (across * down);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const top = y * down;
    const bottom = Math.min(plane.height, top + down);
    for (let row = Math.floor(top); row < bottom; row++) {
      const part = Math.min(bottom, row + 1) - Math.max(top, row);
      addRow(data, offset + row * stride, plane.width, across, part, sums);
    }
    for (let x = 0; x < width; x++) into[y * width + x] = Math.min(255, Math.round((sums[x] ?? 0) * scale));
  }
}

function addRow(
  data: Uint8Array,
  start: number,
  length: number,
  across: number,
  part: number,
  sums: Float32Array,
): void {
  for (let x = 0; x < sums.length; x++) {
    const left = x * across;
    const right = Math.min(length, left + across);
    let sum = 0;
    for (let column = Math.floor(left); column < right; column++) {
      sum += (data[start + column] ?? 0) * (Math.min(right, column + 1) - Math.max(left, column));
    }
    sums[x] = (sums[x] ?? 0) + sum * part;
  }
}

/** Stands a lying picture of this size upright. */
function turn(from: Uint8Array, { width, height }: Size, into: Uint8Array, rotation: Rotation): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = from[y * width + x] ?? 0;
      if (rotation === 90) into[x * height + (height - 1 - y)] = value;
      else if (rotation === 180) into[(height - 1 - y) * width + (width - 1 - x)] = value;
      else into[(width - 1 - x) * height + y] = value;
    }
  }
}

/** The brightness of pixels of four bytes, red first or blue first. */
export function grayOf(pixels: Uint8Array, size: Size, blueFirst = false): Plane {
  const data = new Uint8Array(size.width * size.height);
  const [red, blue] = blueFirst ? [2, 0] : [0, 2];
  for (let i = 0, from = 0; i < data.length; i++, from += 4) {
    // Rec. 601 in 256ths.
    data[i] = (77 * (pixels[from + red] ?? 0) + 150 * (pixels[from + 1] ?? 0) + 29 * (pixels[from + blue] ?? 0)) >> 8;
  }
  return { data, offset: 0, stride: size.width, ...size };
}

/** How sharp a gray picture is, for choosing among several of the same thing: the mean of squared second differences. */
export function sharpness(gray: Uint8Array, { width, height }: Size): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1, end = at + width - 2; at < end; at++) {
      const bend =
        4 * (gray[at] ?? 0) -
        (gray[at - 1] ?? 0) -
        (gray[at + 1] ?? 0) -
        (gray[at - width] ?? 0) -
        (gray[at + width] ?? 0);
      sum += bend * bend;
    }
  }
  return sum / Math.max(1, (width - 2) * (height - 2));
}
