import type { FramePoint } from '#contract/annotation/drawing.ts';
import {
  type AnchorPoint,
  anchorPoint,
  type Box,
  framePoint,
  type ScreenPoint,
  type Size,
  screenPoint,
} from './points.ts';

/** Quarter turns clockwise from how the sensor delivered the picture to how it stands upright. */
export type Rotation = 0 | 90 | 180 | 270;

/** How a picture lies in the element that shows it. The picture's size is that of the upright picture, in its own px. */
export interface View {
  readonly element: Size;
  readonly picture: Size;
  /** `contain` leaves bars beside the picture, `cover` cuts its edges off; as CSS has it, centred. */
  readonly fit: 'contain' | 'cover';
  /** Shown as in a mirror: left and right are exchanged on the glass, never in the frame. */
  readonly mirrored: boolean;
}

/** Where the whole picture lies on the element, CSS px; with `cover` it reaches over the element's edges. */
export function pictureOnScreen({ element, picture, fit }: View): Box {
  const across = element.width / Math.max(1, picture.width);
  const down = element.height / Math.max(1, picture.height);
  const scale = fit === 'contain' ? Math.min(across, down) : Math.max(across, down);
  const left = (element.width - picture.width * scale) / 2;
  const top = (element.height - picture.height * scale) / 2;
  return { left, top, right: left + picture.width * scale, bottom: top + picture.height * scale };
}

/** Where a place of the picture is on the glass. */
export function frameToScreen(view: View, [x, y]: readonly [number, number]): ScreenPoint {
  const { left, top, right, bottom } = pictureOnScreen(view);
  const across = view.mirrored ? 1 - x : x;
  return screenPoint(left + across * (right - left), top + y * (bottom - top));
}

/** What place of the picture is under this place of the glass; beside the picture it is held to what a stroke may be over. */
export function screenToFrame(view: View, [x, y]: ScreenPoint): FramePoint {
  const { left, top, right, bottom } = pictureOnScreen(view);
  const across = (x - left) / Math.max(1e-6, right - left);
  return framePoint(view.mirrored ? 1 - across : across, (y - top) / Math.max(1e-6, bottom - top));
}

/** The same place in px of a tracker's picture of this size, whose pixels have their centres at whole numbers. */
export const frameToAnchor = (picture: Size, [x, y]: FramePoint): AnchorPoint =>
  anchorPoint(x * picture.width - 0.5, y * picture.height - 0.5);

/** The place, in parts, of a px of the tracker's picture. A pose may put it anywhere; it is not held to the contract's limits. */
export const anchorToParts = (picture: Size, [x, y]: AnchorPoint): readonly [number, number] => [
  (x + 0.5) / picture.width,
  (y + 0.5) / picture.height,
];

/** A homography (nine numbers, by rows) between px of two trackers' pictures, told between parts of them. */
export function homographyInParts(px: readonly number[], from: Size, to: Size): Float32Array {
  const at = (row: number, column: number) => px[3 * row + column] ?? 0;
  const parts = new Float32Array(9);
  for (let row = 0; row < 3; row++) {
    // First what comes in: part to px, with the half px of the centres.
    const a = at(row, 0) * from.width;
    const b = at(row, 1) * from.height;
    const c = at(row, 2) - 0.5 * (at(row, 0) + at(row, 1));
    parts.set([a, b, c], 3 * row);
  }
  for (let column = 0; column < 3; column++) {
    const w = parts[6 + column] ?? 0;
    parts[column] = ((parts[column] ?? 0) + 0.5 * w) / to.width;
    parts[3 + column] = ((parts[3 + column] ?? 0) + 0.5 * w) / to.height;
  }
  return parts;
}

/** Where a homography takes a place. */
export function applyHomography(h: ArrayLike<number>, [x, y]: readonly [number, number]): readonly [number, number] {
  const w = (h[6] ?? 0) * x + (h[7] ?? 0) * y + (h[8] ?? 0);
  return [((h[0] ?? 0) * x + (h[1] ?? 0) * y + (h[2] ?? 0)) / w, ((h[3] ?? 0) * x + (h[4] ?? 0) * y + (h[5] ?? 0)) / w];
}

/** The size of a picture after standing it upright. */
export const uprightSize = ({ width, height }: Size, rotation: Rotation): Size =>
  rotation === 90 || rotation === 270 ? { width: height, height: width } : { width, height };

/** Where, in parts of the sensor's picture, a place of the upright picture was delivered. */
export function uprightToSensor(rotation: Rotation, x: number, y: number): readonly [number, number] {
  switch (rotation) {
    case 0:
      return [x, y];
    case 90:
      return [y, 1 - x];
    case 180:
      return [1 - x, 1 - y];
    case 270:
      return [1 - y, x];
  }
}

/** The quarter turn nearest to what a frame says of itself. */
export function rotationOf(degrees: number | undefined): Rotation {
  const quarters = ((Math.round((degrees ?? 0) / 90) % 4) + 4) % 4;
  return quarters === 1 ? 90 : quarters === 2 ? 180 : quarters === 3 ? 270 : 0;
}

/** The size of the tracker's picture for a picture of this size: its long side is `longest` at most, never enlarged. */
export function trackingSize(picture: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(1, picture.width, picture.height));
  // Even sides: half-resolution colour planes and pyramid levels divide without a rest.
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(picture.width), height: even(picture.height) };
}
