import { expect, test } from 'vitest';
import { cutFor, onStage, recordedSize, tiles } from './layout.ts';

test('a picture of the same shape fills the stage', () => {
  expect(onStage({ width: 1280, height: 720 })).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
  expect(onStage({ width: 640, height: 360 })).toEqual({ x: 0, y: 0, width: 1280, height: 720 });
});

test("an upright phone's picture stands whole in the middle", () => {
  const { x, y, width, height } = onStage({ width: 720, height: 1280 });
  expect([y, height]).toEqual([0, 720]);
  expect(width / height).toBeCloseTo(720 / 1280, 2);
  expect(Math.abs(x - (recordedSize.width - width - x))).toBeLessThanOrEqual(2);
});

test('every edge is even, whatever the shape', () => {
  for (const picture of [
    { width: 641, height: 479 },
    { width: 3, height: 4000 },
    { width: 5000, height: 1 },
    { width: 0, height: 0 },
  ]) {
    const area = onStage(picture);
    for (const px of Object.values(area)) expect(px % 2).toBe(0);
    expect(area.x + area.width).toBeLessThanOrEqual(recordedSize.width);
    expect(area.y + area.height).toBeLessThanOrEqual(recordedSize.height);
  }
});

test('tiles lie inside, apart from each other, from the corner on', () => {
  for (const many of [1, 2, 4, 7, 15, 24]) {
    const all = tiles(many);
    expect(all).toHaveLength(many);
    for (const { x, y, width, height } of all) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(recordedSize.width);
      expect(y + height).toBeLessThanOrEqual(recordedSize.height);
      for (const px of [x, y, width, height]) expect(px % 2).toBe(0);
    }
    all.forEach((one, i) => {
      for (const other of all.slice(i + 1))
        expect(one.x >= other.x + other.width || one.y >= other.y + other.height || other.x >= one.x + one.width).toBe(
          true,
        );
    });
  }
  expect(tiles(1)[0]).toEqual({ x: 1008, y: 560, width: 256, height: 144 });
});

test("a tile shows the middle of a picture in the tile's shape", () => {
  expect(cutFor({ width: 256, height: 144 }, { width: 1280, height: 720 })).toEqual({
    x: 0,
    y: 0,
    width: 1280,
    height: 720,
  });
  expect(cutFor({ width: 256, height: 144 }, { width: 720, height: 1280 })).toEqual({
    x: 0,
    y: 437.5,
    width: 720,
    height: 405,
  });
});
