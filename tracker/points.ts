import { at, type Core } from './core.ts';
import { bounds, contains, grown, type Quad } from './region.ts';

/** Bytes of one template slot; every point has one per pyramid level (core/patch.as.ts). */
export const SLOT_BYTES = 1600;
export const LEVELS = 4;
/** f32 values per point (core/pose.as.ts). */
export const POINT_FLOATS = 8;

export interface PatchPlace {
  readonly x: number;
  readonly y: number;
  /** Share of what a perfect corner would tell about its position, 0..2 (two directions). */
  readonly texture: number;
  readonly inside: boolean;
}

/** Variance, in gray^2 px^2 summed over a patch, at which a direction counts half: 3 gray levels of noise, 0.15 px. */
const HALF_INFORMED = 400;

function texture(core: Core, pSlot: number, pPyramid: number, x: number, y: number): number {
  if (!core.call.makeTemplate(pSlot, pPyramid, x, y, 1, 0, 0, 1)) return 0;
  const f = pSlot / 4 + 384;
  const a = at(core.f32, f);
  const b = at(core.f32, f + 1);
  const c = at(core.f32, f + 2);
  const spread = Math.sqrt(((a - c) / 2) ** 2 + b * b);
  const large = (a + c) / 2 + spread;
  const small = Math.max(0, (a + c) / 2 - spread);
  return large / (large + HALF_INFORMED) + small / (small + HALF_INFORMED);
}

/** Greedy choice of the best that keep apart; the distance is relaxed until there are enough. */
function thinned(places: readonly PatchPlace[], most: number, spacing: number): PatchPlace[] {
  const kept: PatchPlace[] = [];
  for (let gap = spacing; gap >= spacing / 2 && kept.length < most; gap *= 0.7) {
    for (const p of places) {
      if (kept.length >= most) break;
      if (kept.every((k) => Math.max(Math.abs(k.x - p.x), Math.abs(k.y - p.y)) >= gap)) kept.push(p);
    }
  }
  return kept;
}

/** Patch centres with texture: at most `most` inside the region and `around` in a ring of `margin` (share of its size) about it. */
export function choosePoints(
  core: Core,
  pSlot: number,
  pPyramid: number,
  width: number,
  height: number,
  region: Quad,
  limits: { readonly most: number; readonly around: number; readonly margin: number },
): PatchPlace[] {
  const outer = grown(region, 1 + 2 * limits.margin);
  const box = bounds(outer);
  const area = (box.x1 - box.x0) * (box.y1 - box.y0);
  const step = Math.max(3, Math.min(8, Math.sqrt(area / 2500)));
  const found: PatchPlace[] = [];
  for (let y = Math.max(6, box.y0); y <= Math.min(height - 7, box.y1); y += step) {
    for (let x = Math.max(6, box.x0); x <= Math.min(width - 7, box.x1); x += step) {
      const px = Math.round(x);
      const py = Math.round(y);
      if (!contains(outer, px, py)) continue;
      const t = texture(core, pSlot, pPyramid, px, py);
      if (t > 0.25) found.push({ x: px, y: py, texture: t, inside: contains(region, px, py) });
    }
  }
  found.sort((a, b) => b.texture - a.texture);
  const inner = bounds(region);
  const spacing = Math.max(4, Math.sqrt(((inner.x1 - inner.x0) * (inner.y1 - inner.y0)) / limits.most) * 1.2);
  const within = thinned(
    found.filter((p) => p.inside),
    limits.most,
    spacing,
  );
  const ring = thinned(
    found.filter((p) => !p.inside),
    limits.around,
    spacing * 1.4,
  );
  return [...within, ...ring];
}
