import { expect, it } from 'vitest';
import { DrawingId } from '#contract/annotation/ids.ts';
import type { ScreenshotDrawing, ScreenshotShape } from '#contract/file/http.ts';
import { framePoint } from '../geometry/points.ts';
import {
  beginHistory,
  boxBetween,
  changesPixels,
  openSheet,
  redo,
  shownDrawings,
  shownSize,
  step,
  toShown,
  toSource,
  undo,
} from './editing.ts';

const drawn = (shape: ScreenshotShape): ScreenshotDrawing => ({
  id: DrawingId.parse('00000000-0000-4000-8000-000000000001'),
  shape,
  style: { colour: 'red', width: 'medium' },
});
const at = framePoint;
const half = { left: 0.5, top: 0, right: 1, bottom: 0.5 };

it('turns and crops places, and finds them again', () => {
  for (const turns of [0, 1, 2, 3, 4, -1]) {
    const sheet = { ...openSheet([]), turns, crop: half };
    const [x, y] = toSource(sheet, toShown(sheet, [0.75, 0.25]));
    expect([x, y]).toEqual([0.75, 0.25]);
  }
  // What was at the upper left is at the upper right after a quarter turn clockwise.
  expect(toShown({ ...openSheet([]), turns: 1 }, [0, 0])).toEqual([1, 0]);
});

it('has the size of what is left', () => {
  expect(shownSize({ ...openSheet([]), crop: half, turns: 1 }, { width: 4000, height: 3000 })).toEqual({
    width: 1500,
    height: 2000,
  });
});

it('knows whether pixels change', () => {
  const sheet = openSheet([]);
  expect(changesPixels(sheet)).toBe(false);
  expect(changesPixels({ ...sheet, turns: 4 })).toBe(false);
  expect(changesPixels({ ...sheet, turns: 1 })).toBe(true);
  expect(changesPixels({ ...sheet, crop: half })).toBe(true);
  expect(changesPixels({ ...sheet, blurs: [{ id: 'a', box: half }] })).toBe(true);
});

it('leaves drawings where they are on the thing, and leaves out what was cut off', () => {
  const inside = drawn({ tool: 'mark', at: at(0.75, 0.25), number: 1 });
  const outside = drawn({ tool: 'mark', at: at(0.25, 0.75), number: 2 });
  const [shown, ...others] = shownDrawings({ ...openSheet([inside, outside]), crop: half });
  expect(others).toEqual([]);
  expect(shown?.shape).toEqual({ tool: 'mark', at: [0.5, 0.5], number: 1 });
});

it('keeps places that the contract allows, whatever is cut off', () => {
  const tiny = { left: 0.48, top: 0.48, right: 0.52, bottom: 0.52 };
  const arrow = drawn({ tool: 'arrow', from: at(0, 0), to: at(0.5, 0.5) });
  const highlight = drawn({ tool: 'highlight', from: at(0, 0), to: at(1, 1) });
  const ring = drawn({ tool: 'ellipse', from: at(0, 0), to: at(1, 1) });
  const shapes = shownDrawings({ ...openSheet([arrow, highlight, ring]), crop: tiny }).map(({ shape }) => shape);
  expect(shapes.map(({ tool }) => tool)).toEqual(['arrow', 'highlight']);
  for (const shape of shapes) {
    if (!('from' in shape)) continue;
    for (const part of [...shape.from, ...shape.to]) expect(Math.abs(part - 0.5)).toBeLessThan(1);
  }
});

it('makes a box of any two corners, within the picture', () => {
  expect(boxBetween([0.8, -0.2], [0.2, 0.4])).toEqual({ left: 0.2, top: 0, right: 0.8, bottom: 0.4 });
});

it('takes steps back and again', () => {
  const first = openSheet([]);
  const second = { ...first, turns: 1 };
  const history = step(beginHistory(first), second);
  expect(undo(history).now).toBe(first);
  expect(redo(undo(history)).now).toBe(second);
  expect(undo(beginHistory(first)).now).toBe(first);
  expect(step(undo(history), { ...first, turns: 2 }).future).toEqual([]);
});
