import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Core } from './core.ts';
import { coreUrl, type Homography } from './index.ts';
import { glanceAt } from './locate.ts';

const [WIDTH, HEIGHT] = [320, 240];
const region = [110, 80, 210, 80, 210, 160, 110, 160] as const;

/** Blobs of many sizes: no place of it looks like another. */
const blobs = (x: number, y: number): number =>
  128 +
  40 * Math.sin(x / 9 + 2 * Math.sin(y / 23)) +
  40 * Math.sin(y / 11 + 3 * Math.cos(x / 31)) +
  30 * Math.sin((x + y) / 17 + (x * y) / 9000);

function pyramid(core: Core, at: (x: number, y: number) => number): number {
  const gray = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    Math.max(0, Math.min(255, at(i % WIDTH, Math.floor(i / WIDTH)))),
  );
  const p = core.takePyramid(WIDTH, HEIGHT);
  core.upload(p, gray, WIDTH, HEIGHT);
  return p;
}

/** Made smaller by `scale` about the region's middle, then moved: anchor px -> frame px. */
const map = (scale: number, dx: number, dy: number): Homography => [
  scale,
  0,
  160 * (1 - scale) + dx,
  0,
  scale,
  120 * (1 - scale) + dy,
  0,
  0,
  1,
];

test('a glance tells the right place from others, small and in bad light; what is out of the picture is not judged', () => {
  const core = new Core(new WebAssembly.Module(readFileSync(coreUrl)));
  const pSource = pyramid(core, blobs);
  const [scale, dx, dy] = [0.3, 40, -25];
  const pFrame = pyramid(
    core,
    (x, y) => 0.4 * blobs(160 + (x - 160 - dx) / scale, 120 + (y - 120 - dy) / scale) + 15 + ((x * 7 + y * 13) % 9),
  );
  const glance = (...at: Parameters<typeof map>) => glanceAt(core, pFrame, { region, pSource }, map(...at));
  expect(glance(scale, dx, dy)).toBeGreaterThan(0.9);
  expect(glance(scale, dx + 2, dy - 2)).toBeGreaterThan(0.8);
  for (const [x, y] of [
    [dx + 14, dy],
    [dx - 12, dy + 12],
    [0, 0],
    [-60, 30],
  ] as const)
    expect(glance(scale, x, y)).toBeLessThan(0.7);
  expect(glance(scale, 200, 0)).toBe(-1);
});
