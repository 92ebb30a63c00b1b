import type { Drawing, Shape, Style } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { outlineOf } from '#core/annotation/outline.ts';
import { framePoint, type Size } from '#core/geometry/points.ts';
import { applyHomography } from '#core/geometry/spaces.ts';
import { type Frame, frameSize, sameFrame } from './frames.ts';
import type { Pictures } from './pictures.ts';
import { pictureOf } from './placing.ts';
import type { Found, Tracking } from './tracking.ts';

/** A drawing in parts of a still, free of what it was drawn on. */
export interface PlacedDrawing {
  readonly id: DrawingId;
  readonly shape: Shape;
  readonly style: Style;
}

interface PlacingParts {
  /** A tracker for this one still: the one of the live picture goes on undisturbed. */
  readonly tracking: Tracking;
  readonly pictures: Pictures;
}

/** A still is looked at so often: the first look finds the place, the next ones its exact position. */
const LOOKS = 3;

/**
 * Finds these drawings in a still. `ownPicture` is the still's own name when something was drawn on it itself. What is not in
 * the still is left out.
 */
export async function placeOnStill(
  still: Frame,
  ownPicture: PictureId | null,
  drawings: readonly Drawing[],
  { tracking, pictures }: PlacingParts,
): Promise<readonly PlacedDrawing[]> {
  const onThing = drawings.filter((drawing) => pictureOf(drawing) !== null && pictureOf(drawing) !== ownPicture);
  const found = onThing.length === 0 ? [] : await find(still, onThing, { tracking, pictures });
  const size = frameSize(still);
  return drawings.flatMap(({ id, shape, style, ...drawing }) => {
    if (!onThing.some((one) => one.id === id)) return [{ id, shape, style }];
    const at = found.find((one) => one.id === id);
    const seen = at?.sight === 'tracking' || at?.sight === 'uncertain' ? at.pose : null;
    return seen === null || drawing.surface.kind === 'screen'
      ? []
      : [{ id, shape: movedShape(shape, seen, size), style }];
  });
}

async function find(
  still: Frame,
  drawings: readonly Drawing[],
  { tracking, pictures }: PlacingParts,
): Promise<readonly Found[]> {
  const ids = new Set(drawings.flatMap((drawing) => pictureOf(drawing) ?? []));
  for (const id of ids) {
    const file = await pictures.file(id);
    if (file !== null) tracking.learn(id, file);
  }
  tracking.want(
    drawings.flatMap((drawing) => {
      const pictureId = pictureOf(drawing);
      return pictureId === null ? [] : [{ id: drawing.id, pictureId, shape: drawing.shape, onTheWay: false }];
    }),
  );
  let found: readonly Found[] = [];
  for (let look = 0; look < LOOKS; look++) found = (await tracking.look(sameFrame(still)))?.found ?? found;
  return found;
}

/** How far, in parts of the picture, a box may be from upright and still be the same kind of box. */
const UPRIGHT = 0.02;

/** The shape where a homography takes it. A box that comes to stand askew goes on as the line around it. */
function movedShape(shape: Shape, pose: Float32Array, picture: Size): Shape {
  const move = (at: readonly [number, number]) => framePoint(...applyHomography(pose, at));
  switch (shape.tool) {
    case 'pen':
      return { tool: 'pen', points: shape.points.map(move) };
    case 'arrow':
      return { tool: 'arrow', from: move(shape.from), to: move(shape.to) };
    case 'rectangle':
    case 'ellipse': {
      const [from, to] = [move(shape.from), move(shape.to)];
      const [other, another] = [move([shape.to[0], shape.from[1]]), move([shape.from[0], shape.to[1]])];
      const askew = Math.max(
        Math.abs(other[0] - to[0]),
        Math.abs(other[1] - from[1]),
        Math.abs(another[0] - from[0]),
        Math.abs(another[1] - to[1]),
      );
      if (askew <= UPRIGHT) return { tool: shape.tool, from, to };
      return { tool: 'pen', points: outlineOf(shape, picture).map(move) };
    }
    case 'text':
    case 'mark':
      return { ...shape, at: move(shape.at) };
  }
}
