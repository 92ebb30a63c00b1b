import type { Blur, Sheet } from '#core/file/editing.ts';
import { WHOLE } from '#core/file/editing.ts';
import type { Box, Size } from '#core/geometry/points.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A blurred part is made of so few squares along its shorter side that no letter in it can be told from another. */
const SQUARES = 3;
/** ... and no square is smaller than this, px of the picture. */
const LEAST_SQUARE_PX = 24;

/** The pixels that take the place of a blurred part. From these few the old ones can't be computed back. */
export interface Patch {
  readonly id: string;
  readonly box: Box;
  readonly squares: CanvasImageSource;
}

/** Makes the patch of a blurred part of a picture. */
export function patchOf(source: CanvasImageSource, picture: Size, { id, box }: Blur): Patch {
  const left = Math.floor(box.left * picture.width);
  const top = Math.floor(box.top * picture.height);
  const width = Math.max(1, Math.ceil(box.right * picture.width) - left);
  const height = Math.max(1, Math.ceil(box.bottom * picture.height) - top);
  const square = Math.max(LEAST_SQUARE_PX, Math.min(width, height) / SQUARES);
  // Halved again and again, so that each square is the mean of all that was in it.
  let from: { readonly image: CanvasImageSource; readonly box: readonly [number, number, number, number] } = {
    image: source,
    box: [left, top, width, height],
  };
  let size = { width, height };
  const end = { width: Math.max(1, Math.round(width / square)), height: Math.max(1, Math.round(height / square)) };
  for (;;) {
    size = {
      width: Math.max(end.width, Math.ceil(size.width / 2)),
      height: Math.max(end.height, Math.ceil(size.height / 2)),
    };
    const canvas = new OffscreenCanvas(size.width, size.height);
    canvas.getContext('2d')?.drawImage(from.image, ...from.box, 0, 0, size.width, size.height);
    from = { image: canvas, box: [0, 0, size.width, size.height] };
    if (size.width === end.width && size.height === end.height) return { id, box, squares: canvas };
  }
}

/** Paints the picture as it is edited, without its drawings, into this box of the context. */
export function paintSheet(
  context: Context,
  source: CanvasImageSource,
  { turns, crop }: Pick<Sheet, 'turns' | 'crop'>,
  patches: readonly Patch[],
  box: Box,
): void {
  const [across, down] = [box.right - box.left, box.bottom - box.top];
  const [width, height] = turns % 2 === 0 ? [across, down] : [down, across];
  const [fullWidth, fullHeight] = [width / (crop.right - crop.left), height / (crop.bottom - crop.top)];
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, across, down);
  context.clip();
  context.translate(box.left + across / 2, box.top + down / 2);
  context.rotate((turns * Math.PI) / 2);
  context.translate(-width / 2 - crop.left * fullWidth, -height / 2 - crop.top * fullHeight);
  context.imageSmoothingQuality = 'high';
  const put = (image: CanvasImageSource, { left, top, right, bottom }: Box) =>
    context.drawImage(
      image,
      left * fullWidth,
      top * fullHeight,
      (right - left) * fullWidth,
      (bottom - top) * fullHeight,
    );
  put(source, WHOLE);
  // Smoothed from square to square as it is enlarged: blurred on top of being made of squares.
  for (const patch of patches) put(patch.squares, patch.box);
  context.restore();
}
