import type { ScreenPoint } from '../geometry/points.ts';
import { distancePx } from './simplify.ts';

/** A drawing as it is on the glass at this moment. */
export interface OnScreen<Id> {
  readonly id: Id;
  /** Its outline, CSS px. */
  readonly points: readonly ScreenPoint[];
  /** What stands around its place: half the size of a mark or a text, CSS px; 0 for lines. */
  readonly around: number;
}

const ONE = { width: 1, height: 1 };

/** The drawing under this place, the newest of several; null when none is within `reach` CSS px. */
export function drawingAt<Id>(at: ScreenPoint, drawings: readonly OnScreen<Id>[], reach: number): Id | null {
  let best: { id: Id; px: number } | null = null;
  for (const { id, points, around } of drawings) {
    const px = Math.max(0, nearest(at, points) - around);
    if (px <= reach && (best === null || px <= best.px)) best = { id, px };
  }
  return best?.id ?? null;
}

function nearest(at: ScreenPoint, points: readonly ScreenPoint[]): number {
  let px = Number.POSITIVE_INFINITY;
  points.forEach((to, i) => {
    px = Math.min(px, distancePx(at, points[i - 1] ?? to, to, ONE));
  });
  return px;
}
