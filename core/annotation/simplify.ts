import type { Size } from '../geometry/points.ts';

type Pair = readonly [number, number];

/**
 * The fewest of these points (parts of a picture) whose line stays within `tolerancePx` px of every point left out, the picture
 * being `picture` px large (Ramer, Douglas, Peucker). First and last point stay. No recursion: a stroke may have thousands.
 */
export function simplify<P extends Pair>(points: readonly P[], picture: Size, tolerancePx: number): P[] {
  const { length } = points;
  if (length <= 2) return [...points];
  const keep = new Uint8Array(length);
  keep[0] = 1;
  keep[length - 1] = 1;
  const spans: [number, number][] = [[0, length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [first, last] = span;
    const from = points[first];
    const to = points[last];
    if (from === undefined || to === undefined) continue;
    let worst = -1;
    let worstPx = tolerancePx;
    for (let i = first + 1; i < last; i++) {
      const at = points[i];
      const px = at === undefined ? 0 : distancePx(at, from, to, picture);
      if (px > worstPx) {
        worst = i;
        worstPx = px;
      }
    }
    if (worst < 0) continue;
    keep[worst] = 1;
    spans.push([first, worst], [worst, last]);
  }
  return points.filter((_, i) => keep[i] === 1);
}

/** The same, with the tolerance doubled until no more than `most` points are left; beyond reason, every n-th. */
export function simplifyTo<P extends Pair>(
  points: readonly P[],
  picture: Size,
  tolerancePx: number,
  most: number,
): P[] {
  let kept = simplify(points, picture, tolerancePx);
  for (let px = tolerancePx * 2; kept.length > most && px < 64; px *= 2) kept = simplify(points, picture, px);
  if (kept.length <= most) return kept;
  const step = (kept.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => kept[Math.round(i * step)]).filter((one) => one !== undefined);
}

/** From a point to the nearest place of the line between two others, px of the picture. */
export function distancePx(at: Pair, from: Pair, to: Pair, { width, height }: Size): number {
  const [x, y] = [at[0] * width, at[1] * height];
  const [x0, y0] = [from[0] * width, from[1] * height];
  const [dx, dy] = [to[0] * width - x0, to[1] * height - y0];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return Math.hypot(x - x0 - along * dx, y - y0 - along * dy);
}
