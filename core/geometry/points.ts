import type { FramePoint } from '#contract/annotation/drawing.ts';

/** A place on the glass: CSS px from the upper left corner of the element that shows the picture. */
export type ScreenPoint = readonly [x: number, y: number] & { readonly space: 'screen' };
/** A place in the small gray picture that a tracker works on: px from its upper left corner. */
export type AnchorPoint = readonly [x: number, y: number] & { readonly space: 'anchor' };

/** Width and height in px of the space it goes with. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box with its sides along the axes, in the space it is said to be in. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/*
 * Brands exist for the compiler only. These makers, and the parsers of the contract, are the only places where a pair
 * of numbers becomes a point of some space.
 */

/** Names this pair of CSS px. */
export const screenPoint = (x: number, y: number): ScreenPoint => [x, y] as unknown as ScreenPoint;

/** Names this pair of px of the tracker's picture. */
export const anchorPoint = (x: number, y: number): AnchorPoint => [x, y] as unknown as AnchorPoint;

/** How far over the picture's edge a point may lie, as the contract has it, in parts of the picture. */
const OVER = 0.5;
/** A 4,096th of a picture's side is far below a pixel of what is shown, and half as long on the wire. */
const STEPS = 16_384;

const part = (value: number) => {
  const held = Math.min(1 + OVER, Math.max(-OVER, value));
  return Number.isNaN(held) ? 0 : Math.round(held * STEPS) / STEPS;
};

/** Names this pair of parts of a picture, held to what the contract allows and rounded for the wire. */
export const framePoint = (x: number, y: number): FramePoint => [part(x), part(y)] as unknown as FramePoint;
