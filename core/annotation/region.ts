import type { FramePoint, Shape } from '#contract/annotation/drawing.ts';
import type { Box, Size } from '../geometry/points.ts';

/** What lies around a drawing helps to find it: so much of its size on each side. */
const MARGIN = 0.2;
/** A region has at least this share of the picture's long side in both directions; a dot holds on to its surroundings. */
const LEAST = 0.18;

/**
 * The part of the picture (in parts, within 0…1) that a drawing is on: what a tracker holds on to. `widen` of 2 and 3 take in more
 * of the surroundings, for places with little to hold on to.
 */
export function regionOf(places: readonly FramePoint[], picture: Size, widen = 1): Box {
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const long = Math.max(picture.width, picture.height);
  const [left, right] = around(Math.min(...xs), Math.max(...xs), (LEAST * long) / picture.width, widen);
  const [top, bottom] = around(Math.min(...ys), Math.max(...ys), (LEAST * long) / picture.height, widen);
  return { left, top, right, bottom };
}

function around(low: number, high: number, least: number, widen: number): [number, number] {
  const from = Math.min(1, Math.max(0, low));
  const to = Math.min(1, Math.max(0, high));
  const size = Math.min(1, Math.max(least, (to - from) * (1 + 2 * MARGIN)) * widen);
  // Where the picture ends on one side, the region reaches further on the other.
  const start = Math.min(1 - size, Math.max(0, (from + to - size) / 2));
  return [start, start + size];
}

/** The region while a stroke is on its way and nobody knows how far it will go. */
export const regionOnTheWay = (first: FramePoint, picture: Size): Box => regionOf([first], picture, 2.2);

/** Whether two regions have a place in common. */
const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The smallest box around both. */
export const union = (a: Box, b: Box): Box => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** Drawings of one picture that are looked for together, and where. */
export interface Group<Item> {
  readonly items: readonly Item[];
  readonly region: Box;
}

/** Puts together what overlaps: a circle, the arrow to it and its number are on one thing. */
export function groupByRegion<Item>(items: readonly { readonly item: Item; readonly region: Box }[]): Group<Item>[] {
  let groups: Group<Item>[] = [];
  for (const { item, region } of items) {
    let joined: Group<Item> = { items: [item], region };
    // A region that has grown may reach others that it did not reach before.
    for (let grown = true; grown; ) {
      const near = groups.filter((one) => overlap(one.region, joined.region));
      grown = near.length > 0;
      groups = groups.filter((one) => !near.includes(one));
      joined = near.reduceRight<Group<Item>>(
        (sum, one) => ({ items: [...one.items, ...sum.items], region: union(one.region, sum.region) }),
        joined,
      );
    }
    groups.push(joined);
  }
  return groups;
}

/** The number that the next mark gets: one more than the highest that is there. */
export const nextMark = (shapes: readonly Shape[]): number =>
  Math.min(999, 1 + Math.max(0, ...shapes.map((shape) => (shape.tool === 'mark' ? shape.number : 0))));
