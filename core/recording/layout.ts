import type { Size } from '../geometry/points.ts';

/** px of a recording's picture. */
export const recordedSize = { width: 1280, height: 720 } as const;

/** A part of a picture, px. */
export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

const MARGIN = 16;
const GAP = 12;
/** As wide as a fifth of the picture; with many people they shrink, but never below what a face can be seen in. */
const TILE_WIDTH = 256;
const LEAST_TILE_WIDTH = 96;

/** Colour is kept for squares of two px, so every edge of a placed picture is even. */
const even = (px: number) => 2 * Math.round(px / 2);

/** Where a picture lies on the stage, whole: bars are left beside it where its shape is another one. */
export function onStage(picture: Size): Area {
  const { width, height } = recordedSize;
  const scale = Math.min(width / Math.max(1, picture.width), height / Math.max(1, picture.height));
  const across = Math.min(width, Math.max(2, even(picture.width * scale)));
  const down = Math.min(height, Math.max(2, even(picture.height * scale)));
  return { x: even((width - across) / 2), y: even((height - down) / 2), width: across, height: down };
}

/** Where the tiles of so many people lie: one over the other in the right lower corner, the first at the bottom, then further columns. */
export function tiles(many: number): readonly Area[] {
  const { width, height } = recordedSize;
  for (let wide = TILE_WIDTH; ; wide = Math.max(LEAST_TILE_WIDTH, even(wide * 0.8))) {
    const size = { width: wide, height: even((wide * 9) / 16) };
    const rows = Math.floor((height - 2 * MARGIN + GAP) / (size.height + GAP));
    const columns = Math.ceil(many / rows);
    // They may take the right third at the most.
    const fits = columns * (size.width + GAP) <= width / 3;
    if (!fits && wide > LEAST_TILE_WIDTH) continue;
    return Array.from({ length: many }, (_, nth) => ({
      x: width - MARGIN - size.width - Math.floor(nth / rows) * (size.width + GAP),
      y: height - MARGIN - size.height - (nth % rows) * (size.height + GAP),
      ...size,
    }));
  }
}

/** What of a picture is seen in a tile: its middle, cut to the tile's shape; px of the upright picture. */
export function cutFor(tile: Size, picture: Size): Area {
  const scale = Math.min(picture.width / tile.width, picture.height / tile.height);
  const [width, height] = [tile.width * scale, tile.height * scale];
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 2, width, height };
}
