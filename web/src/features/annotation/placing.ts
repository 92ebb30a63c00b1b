import type { Drawing } from '#contract/annotation/drawing.ts';
import type { PictureId } from '#contract/annotation/ids.ts';
import { outlineOf } from '#core/annotation/outline.ts';
import type { ScreenPoint } from '#core/geometry/points.ts';
import { applyHomography, frameToScreen, type View } from '#core/geometry/spaces.ts';
import type { Found } from './tracking.ts';

/** The picture that a drawing lies on; null for a surface without one. */
export const pictureOf = ({ surface }: Drawing): PictureId | null =>
  surface.kind === 'screen' ? null : surface.pictureId;

/**
 * Where a drawing is on the glass now: on its own picture where it was drawn, in another one where it was found; null where
 * it is not. `shown` is the still that is shown instead of the live picture.
 */
export function placesOf(
  drawing: Drawing,
  shown: PictureId | null,
  found: Found | undefined,
  view: View,
): readonly ScreenPoint[] | null {
  const own = pictureOf(drawing);
  if (own === null || own === shown) return outlineOf(drawing.shape, view.picture).map((at) => frameToScreen(view, at));
  if (found === undefined) return null;
  if (found.places !== null) {
    const { places } = found;
    return Array.from({ length: places.length / 2 }, (_, i) =>
      frameToScreen(view, [places[2 * i] ?? 0, places[2 * i + 1] ?? 0]),
    ).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  }
  const { pose } = found;
  if (pose === null) return null;
  return outlineOf(drawing.shape, view.picture).map((at) => frameToScreen(view, applyHomography(pose, at)));
}
