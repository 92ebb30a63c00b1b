import type { FramePoint } from '#contract/annotation/drawing.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import { framePoint, type Size } from '../geometry/points.ts';
import { simplifyTo } from './simplify.ts';

/** A freehand stroke that is being drawn. */
export interface Stroke {
  readonly points: readonly FramePoint[];
  /** Nothing more is taken: a stroke that never ends must not grow for ever. */
  readonly full: boolean;
}

/** Points closer than this, in px of the picture, are the tremor of a resting hand. */
const LEAST_STEP_PX = 0.75;
/** How far, in px of a picture of the size it was drawn on, the kept stroke may be from the drawn one. */
const TOLERANCE_PX = 0.6;

/** A stroke with its first point. */
export const openStroke = (at: FramePoint): Stroke => ({ points: [at], full: false });

/** The stroke with the points of one pointer event (all that were coalesced into it), in order. */
export function extendStroke(stroke: Stroke, more: readonly FramePoint[], picture: Size): Stroke {
  if (stroke.full) return stroke;
  const points = [...stroke.points];
  for (const at of more) {
    const last = points.at(-1);
    if (last !== undefined && apartPx(last, at, picture) < LEAST_STEP_PX) continue;
    if (points.length >= limits.pointsPerDrawing) return { points, full: true };
    points.push(at);
  }
  return points.length === stroke.points.length ? stroke : { points, full: false };
}

/** What is kept of it: the same line with few points. */
export const closeStroke = (stroke: Stroke, picture: Size): FramePoint[] =>
  simplifyTo(stroke.points, picture, TOLERANCE_PX, limits.pointsPerDrawing);

/** Px of a picture of this size between two places. */
export const apartPx = (a: readonly [number, number], b: readonly [number, number], { width, height }: Size): number =>
  Math.hypot((a[0] - b[0]) * width, (a[1] - b[1]) * height);

/**
 * A stroke of somebody else, as batches come in over a channel that may lose or swap them: the batch that begins with point
 * number `from` takes its place. Points that are missing before it lie on the line to it until they come.
 */
export function placeBatch(
  known: readonly FramePoint[],
  from: number,
  batch: readonly FramePoint[],
): readonly FramePoint[] {
  const first = batch[0];
  if (first === undefined || from >= limits.pointsPerDrawing) return known;
  const points = [...known];
  const before = points.at(-1) ?? first;
  const missing = from - points.length;
  for (let i = 1; i <= missing; i++) {
    const part = i / (missing + 1);
    points.push(framePoint(before[0] + (first[0] - before[0]) * part, before[1] + (first[1] - before[1]) * part));
  }
  batch.slice(0, limits.pointsPerDrawing - from).forEach((at, i) => {
    points[from + i] = at;
  });
  return points;
}
