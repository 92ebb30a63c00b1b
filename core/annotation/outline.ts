import type { FramePoint, Shape } from '#contract/annotation/drawing.ts';
import { framePoint, type Size } from '../geometry/points.ts';
import { apartPx } from './stroke.ts';

/** Pieces of a line are no longer than this, px of the picture it was drawn on, so that each can follow its own part of a bent thing. */
const PIECE_PX = 28;
const ELLIPSE_PIECES = 40;
/** Of one drawing; each is mapped in every frame. */
const MOST_PIECES = 400;

/**
 * The places that a drawing is made of: these are looked up in every frame, and what is painted goes through them. A line is cut
 * in short pieces; an arrow goes from first to last; a text or a mark is one place.
 */
export function outlineOf(shape: Shape, picture: Size): FramePoint[] {
  switch (shape.tool) {
    case 'pen':
      return cut(shape.points, picture);
    case 'arrow':
      return cut([shape.from, shape.to], picture);
    case 'rectangle': {
      const [[x0, y0], [x1, y1]] = [shape.from, shape.to];
      return cut([shape.from, framePoint(x1, y0), shape.to, framePoint(x0, y1), shape.from], picture);
    }
    case 'ellipse':
      return ellipse(shape.from, shape.to);
    case 'text':
    case 'mark':
      return [shape.at];
  }
}

function cut(points: readonly FramePoint[], picture: Size): FramePoint[] {
  const length = points.reduce((sum, at, i) => sum + apartPx(points[i - 1] ?? at, at, picture), 0);
  const piecePx = Math.max(PIECE_PX, length / MOST_PIECES);
  const pieces: FramePoint[] = [];
  points.forEach((to, i) => {
    const from = points[i - 1];
    if (from !== undefined) {
      const parts = Math.ceil(apartPx(from, to, picture) / piecePx);
      for (let part = 1; part < parts; part++) {
        const share = part / parts;
        pieces.push(framePoint(from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share));
      }
    }
    pieces.push(to);
  });
  return pieces;
}

function ellipse([x0, y0]: FramePoint, [x1, y1]: FramePoint): FramePoint[] {
  return Array.from({ length: ELLIPSE_PIECES + 1 }, (_, i) => {
    const turn = (i / ELLIPSE_PIECES) * 2 * Math.PI;
    return framePoint(
      (x0 + x1) / 2 + ((x1 - x0) / 2) * Math.cos(turn),
      (y0 + y1) / 2 + ((y1 - y0) / 2) * Math.sin(turn),
    );
  });
}
