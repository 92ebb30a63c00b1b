import type { FramePoint } from '#contract/annotation/drawing.ts';
import type { ScreenshotDrawing, ScreenshotShape } from '#contract/file/http.ts';
import { fileLimits } from '#contract/file/limits.ts';
import { outlineOf } from '#core/annotation/outline.ts';
import { type Box, type Size, screenPoint } from '#core/geometry/points.ts';
import { inkOf, paintDrawing, scaleOf } from '../annotation/index.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Px of the shorter side of the picture that line widths are meant for: the same picture looks the same in every size. */
const REFERENCE = 640;
const HIGHLIGHT = 0.4;

/** The places that a shape is made of, in parts of its picture. */
export const placesOf = (shape: ScreenshotShape, picture: Size): readonly FramePoint[] =>
  shape.tool === 'highlight' ? outlineOf({ ...shape, tool: 'rectangle' }, picture) : outlineOf(shape, picture);

/** The size in which lines are as wide as they are meant, for a picture of this form. */
export function referenceOf({ width, height }: Size): Size {
  const shrink = REFERENCE / Math.max(1, Math.min(width, height));
  return { width: width * shrink, height: height * shrink };
}

/** Paints drawings over the picture that lies in this box of the context. */
export function paintDrawings(
  context: Context,
  drawings: readonly ScreenshotDrawing[],
  { left, top, right, bottom }: Box,
) {
  const reference = referenceOf({ width: right - left, height: bottom - top });
  const scale = (right - left) / Math.max(1, reference.width);
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.translate(left, top);
  context.scale(scale, scale);
  for (const { shape, style } of drawings) {
    const places = placesOf(shape, reference).map(([x, y]) => screenPoint(x * reference.width, y * reference.height));
    if (shape.tool === 'highlight') {
      const [from, , to] = [shape.from, null, shape.to];
      context.globalAlpha = HIGHLIGHT;
      context.fillStyle = inkOf(style.colour);
      context.fillRect(
        from[0] * reference.width,
        from[1] * reference.height,
        (to[0] - from[0]) * reference.width,
        (to[1] - from[1]) * reference.height,
      );
      context.globalAlpha = 1;
    } else paintDrawing(context, { shape, style, places, opacity: 1 }, scaleOf(reference));
  }
  context.restore();
}

/** The three files of a version, and the picture's size. */
export interface VersionFiles extends Size {
  readonly picture: Blob;
  readonly painted: Blob;
  readonly thumbnail: Blob;
}

/** What old phones can still hold on one canvas, px. */
const MOST_PIXELS = 16_000_000;
const THUMBNAIL_SIDE = 480;

/** Makes the files of a version: the picture anew, so that nothing but its pixels is in the file, and with its drawings. */
export async function filesOf(
  source: CanvasImageSource,
  { width, height }: Size,
  drawings: readonly ScreenshotDrawing[],
): Promise<VersionFiles> {
  const shrink = Math.min(
    1,
    fileLimits.screenshotSide / Math.max(width, height),
    Math.sqrt(MOST_PIXELS / (width * height)),
  );
  const size = { width: Math.round(width * shrink), height: Math.round(height * shrink) };
  const canvas = paper(source, size);
  const picture = await encoded(canvas, fileLimits.screenshotBytes, 0.93);
  const context = canvas.getContext('2d');
  if (context !== null) paintDrawings(context, drawings, { left: 0, top: 0, right: size.width, bottom: size.height });
  const painted = await encoded(canvas, fileLimits.screenshotBytes, 0.9);
  const small = Math.min(1, THUMBNAIL_SIDE / Math.max(size.width, size.height));
  const thumbnail = await encoded(
    paper(canvas, {
      width: Math.max(1, Math.round(size.width * small)),
      height: Math.max(1, Math.round(size.height * small)),
    }),
    fileLimits.thumbnailBytes,
    0.8,
  );
  return { picture, painted, thumbnail, ...size };
}

function paper(source: CanvasImageSource, { width, height }: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser has no memory left for a picture');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

async function encoded(canvas: OffscreenCanvas, mostBytes: number, best: number): Promise<Blob> {
  for (let quality = best; ; quality -= 0.15) {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    if (blob.size <= mostBytes || quality < 0.3) return blob;
  }
}
