import { expect, test } from 'vitest';
import { blend, colourOf, createPicture, fill, type Picture, pictureIn, pictureOf, place } from './planes.ts';

/** A picture whose brightness grows to the right and, in steps of 100, downwards. */
function slope(width: number, height: number): Picture {
  const picture = createPicture({ width, height });
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) picture.data[y * width + x] = x * 4 + (y >= height / 2 ? 100 : 0);
  return picture;
}
const lightAt = ({ planes: [light], width }: Picture, x: number, y: number) => light.data[light.offset + y * width + x];
const whole = ({ width, height }: Picture) => ({ x: 0, y: 0, width, height });

test('a picture of the same size is copied as it is', () => {
  const from = slope(16, 8);
  const to = createPicture({ width: 16, height: 8 });
  place(to, whole(to), from, whole(from));
  expect(to.data).toEqual(from.planes[0].data);
});

test('a picture is made larger and smaller, and stays in its place', () => {
  const large = createPicture({ width: 32, height: 16 });
  place(large, whole(large), slope(16, 8), { x: 0, y: 0, width: 16, height: 8 });
  expect(lightAt(large, 16, 2)).toBeCloseTo(31, -0.5);
  expect(lightAt(large, 16, 14)).toBeCloseTo(131, -0.5);
  const small = createPicture({ width: 8, height: 4 });
  fill(small, whole(small), [1, 2, 3]);
  place(small, { x: 4, y: 2, width: 4, height: 2 }, slope(16, 8), { x: 0, y: 0, width: 16, height: 8 });
  expect(lightAt(small, 3, 2)).toBe(1);
  expect(lightAt(small, 6, 2)).toBeCloseTo(38, -0.6);
  expect(lightAt(small, 6, 3)).toBeGreaterThan(100);
});

test('a lying picture is stood upright', () => {
  const lying = { ...slope(16, 8), rotation: 90 as const };
  const to = createPicture({ width: 8, height: 16 });
  place(to, whole(to), lying, { x: 0, y: 0, width: 8, height: 16 });
  // Turned clockwise, its left edge is on top and its lower half on the left.
  expect(lightAt(to, 0, 0)).toBe(100);
  expect(lightAt(to, 7, 0)).toBe(0);
  expect(lightAt(to, 7, 15)).toBe(60);
});

test('colours that lie in turns (NV12) are taken apart', () => {
  const data = new Uint8Array([10, 10, 10, 10, 10, 10, 10, 10, 50, 200, 60, 210]);
  const light = { data, offset: 0, stride: 4, step: 1 };
  const nv12: Picture = {
    width: 4,
    height: 2,
    rotation: 0,
    planes: [light, { data, offset: 8, stride: 4, step: 2 }, { data, offset: 9, stride: 4, step: 2 }],
  };
  const to = createPicture({ width: 4, height: 2 });
  place(to, whole(to), nv12, whole(nv12));
  expect([...to.data.slice(8)]).toEqual([50, 60, 200, 210]);
});

test('px lie over a picture by their opacity, and beside it nothing is touched', () => {
  const onto = createPicture({ width: 8, height: 4 });
  fill(onto, whole(onto), colourOf(0, 0, 0));
  const pixels = new Uint8ClampedArray(4 * 4 * 4);
  for (let at = 0; at < pixels.length; at += 4) pixels.set([34, 139, 230, 255], at);
  blend(onto, { data: pixels, width: 4, height: 4 }, 6, 2);
  const [light, blue, red] = colourOf(34, 139, 230);
  expect(lightAt(onto, 6, 2)).toBeCloseTo(light, -0.3);
  expect(lightAt(onto, 5, 2)).toBe(16);
  expect(onto.data[32 + 7]).toBeCloseTo(blue, -0.3);
  expect(onto.data[40 + 7]).toBeCloseTo(red, -0.3);
  const half = createPicture({ width: 2, height: 2 });
  fill(half, whole(half), [100, 128, 128]);
  blend(
    half,
    { data: new Uint8Array([255, 255, 255, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), width: 2, height: 2 },
    0,
    0,
  );
  expect([...half.data.slice(0, 4)]).toEqual([168, 100, 100, 100]);
});

test('px of odd size become a picture of even size', () => {
  const picture = pictureOf({ data: new Uint8Array(5 * 3 * 4).fill(255), width: 5, height: 3 });
  expect([picture.width, picture.height]).toEqual([4, 2]);
  expect(lightAt(picture, 3, 1)).toBe(235);
  expect(pictureIn(new Uint8Array(6), { width: 2, height: 2 }).planes[2].offset).toBe(5);
});
