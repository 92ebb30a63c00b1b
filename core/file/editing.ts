import type { FramePoint } from '#contract/annotation/drawing.ts';
import type { ScreenshotDrawing, ScreenshotShape } from '#contract/file/http.ts';
import { type Box, framePoint, type Size } from '../geometry/points.ts';

/** A part of the picture that will be blurred away. */
export interface Blur {
  readonly id: string;
  readonly box: Box;
}

/**
 * A screenshot as it is being edited. Everything is in parts of the picture it is made from, whatever is cut off or turned: so
 * each step can be taken back, and nothing is computed twice.
 */
export interface Sheet {
  /** Quarter turns clockwise. */
  readonly turns: number;
  /** What is kept of the picture. */
  readonly crop: Box;
  readonly blurs: readonly Blur[];
  readonly drawings: readonly ScreenshotDrawing[];
}

export const WHOLE: Box = { left: 0, top: 0, right: 1, bottom: 1 };

/** A sheet on which nothing is done yet. */
export const openSheet = (drawings: readonly ScreenshotDrawing[]): Sheet => ({
  turns: 0,
  crop: WHOLE,
  blurs: [],
  drawings,
});

/** The place on the turned and cropped picture, in parts of it. */
export function toShown({ turns, crop }: Sheet, [x, y]: readonly [number, number]): readonly [number, number] {
  let [u, v] = [(x - crop.left) / (crop.right - crop.left), (y - crop.top) / (crop.bottom - crop.top)];
  for (let turn = 0; turn < quarter(turns); turn++) [u, v] = [1 - v, u];
  return [u, v];
}

/** The place on the picture it is made from, of a place on what is shown. */
export function toSource({ turns, crop }: Sheet, [u, v]: readonly [number, number]): FramePoint {
  let [x, y] = [u, v];
  for (let turn = 0; turn < quarter(turns); turn++) [x, y] = [y, 1 - x];
  return framePoint(crop.left + x * (crop.right - crop.left), crop.top + y * (crop.bottom - crop.top));
}

const quarter = (turns: number) => ((turns % 4) + 4) % 4;

/** Px of what is shown, of a picture of this size. */
export function shownSize({ turns, crop }: Sheet, { width, height }: Size): Size {
  const across = Math.max(1, Math.round((crop.right - crop.left) * width));
  const down = Math.max(1, Math.round((crop.bottom - crop.top) * height));
  return turns % 2 === 0 ? { width: across, height: down } : { width: down, height: across };
}

/** Whether the pixels differ from those it is made from. */
export const changesPixels = ({ turns, crop, blurs }: Sheet): boolean =>
  quarter(turns) !== 0 || blurs.length > 0 || crop.left > 0 || crop.top > 0 || crop.right < 1 || crop.bottom < 1;

/** The box between two places, whichever corner each is, held within the picture. */
export function boxBetween([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): Box {
  const held = (value: number) => Math.min(1, Math.max(0, value));
  return {
    left: held(Math.min(x0, x1)),
    top: held(Math.min(y0, y1)),
    right: held(Math.max(x0, x1)),
    bottom: held(Math.max(y0, y1)),
  };
}

/** The shape with every place moved. */
export function mapShape(
  shape: ScreenshotShape,
  move: (at: readonly [number, number]) => readonly [number, number],
): ScreenshotShape {
  const to = (at: FramePoint) => framePoint(...move(at));
  switch (shape.tool) {
    case 'pen':
      return { ...shape, points: shape.points.map(to) };
    case 'text':
    case 'mark':
      return { ...shape, at: to(shape.at) };
    default:
      return { ...shape, from: to(shape.from), to: to(shape.to) };
  }
}

/** The drawings in parts of what is shown; what was cut off with the picture is left out. */
export function shownDrawings(sheet: Sheet): readonly ScreenshotDrawing[] {
  return sheet.drawings.flatMap((drawing) => {
    const within = partWithin(drawing.shape, sheet);
    return within === null ? [] : [{ ...drawing, shape: mapShape(within, (at) => toShown(sheet, at)) }];
  });
}

/** Places of a drawing may lie this far, in parts of the picture, beside it. */
const BESIDE = 0.45;

/** What of a shape can still be said in parts of the cropped picture: lines are cut, boxes and places are in it or not. */
function partWithin(shape: ScreenshotShape, sheet: Sheet): ScreenshotShape | null {
  const isNear = (at: readonly [number, number]) => {
    const [u, v] = toShown(sheet, at);
    return u > -BESIDE && v > -BESIDE && u < 1 + BESIDE && v < 1 + BESIDE;
  };
  const isIn = (at: readonly [number, number]) => {
    const [u, v] = toShown(sheet, at);
    return u >= 0 && v >= 0 && u <= 1 && v <= 1;
  };
  switch (shape.tool) {
    case 'text':
    case 'mark':
      return isIn(shape.at) ? shape : null;
    case 'pen': {
      const points = shape.points.filter(isNear);
      return points.some(isIn) ? { ...shape, points } : null;
    }
    case 'arrow':
      // The tip is what an arrow is about.
      return isIn(shape.to) ? { ...shape, from: drawnNear(shape.to, shape.from, isNear) } : null;
    default: {
      const { left, top, right, bottom } = boxBetween(toShown(sheet, shape.from), toShown(sheet, shape.to));
      if (right <= left || bottom <= top) return null;
      if (isNear(shape.from) && isNear(shape.to)) return shape;
      // A frame whose lines are far outside of the picture shows nothing in it; a highlight covers what is left.
      if (shape.tool !== 'highlight') return null;
      return { ...shape, from: toSource(sheet, [left, top]), to: toSource(sheet, [right, bottom]) };
    }
  }
}

/** The place nearest to `from` on the way to `to` that can still be said. */
function drawnNear(to: FramePoint, from: FramePoint, isNear: (at: readonly [number, number]) => boolean): FramePoint {
  for (let share = 0; share < 1; share += 0.02) {
    const at = framePoint(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share);
    if (isNear(at)) return at;
  }
  return to;
}

/** What was done, and what was taken back. */
export interface History {
  readonly past: readonly Sheet[];
  readonly now: Sheet;
  readonly future: readonly Sheet[];
}

const MOST_STEPS = 200;

export const beginHistory = (now: Sheet): History => ({ past: [], now, future: [] });
/** One more step; what was taken back before is gone. */
export const step = ({ past, now }: History, next: Sheet): History =>
  next === now ? { past, now, future: [] } : { past: [...past, now].slice(-MOST_STEPS), now: next, future: [] };
export function undo({ past, now, future }: History): History {
  const last = past.at(-1);
  return last === undefined ? { past, now, future } : { past: past.slice(0, -1), now: last, future: [now, ...future] };
}
export function redo({ past, now, future }: History): History {
  const [next, ...later] = future;
  return next === undefined ? { past, now, future } : { past: [...past, now], now: next, future: later };
}
