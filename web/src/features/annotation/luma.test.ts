import { describe, expect, it } from 'vitest';
import { uprightToSensor } from '#core/geometry/spaces.ts';
import { createShrinker, grayOf, type Plane, sharpness } from './luma.ts';

/** A picture that is brighter to the right and down, with padding at the end of each row and before the first. */
function ramp(width: number, height: number): Plane {
  const stride = width + 13;
  const data = new Uint8Array(7 + stride * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data[7 + y * stride + x] = Math.round((120 * x) / width + (100 * y) / height);
  }
  return { data, offset: 7, stride, width, height };
}

describe('the gray picture', () => {
  it('has the mean of what each px covers, at every ratio, whatever the rows are padded with', () => {
    for (const [width, height] of [
      [1280, 720],
      [960, 540],
      [640, 360],
      [1000, 700],
    ] as const) {
      const small = { width: 640, height: 360 };
      const gray = createShrinker().shrink(ramp(width, height), small, 0);
      for (const [x, y] of [
        [0, 0],
        [320, 180],
        [639, 359],
        [100, 300],
      ] as const) {
        const truth = (120 * (x + 0.5)) / 640 + (100 * (y + 0.5)) / 360;
        expect(Math.abs((gray[y * 640 + x] ?? 0) - truth)).toBeLessThan(1.6);
      }
    }
  });

  it('is upright when the sensor is not', () => {
    for (const rotation of [90, 180, 270] as const) {
      const small = rotation === 180 ? { width: 64, height: 36 } : { width: 36, height: 64 };
      const gray = createShrinker().shrink(ramp(128, 72), small, rotation);
      for (const [x, y] of [
        [0.1, 0.2],
        [0.8, 0.3],
        [0.5, 0.9],
      ] as const) {
        const [sx, sy] = uprightToSensor(rotation, x, y);
        const at = Math.floor(y * small.height) * small.width + Math.floor(x * small.width);
        expect(Math.abs((gray[at] ?? 0) - (120 * sx + 100 * sy))).toBeLessThan(5);
      }
    }
  });

  it('is made of coloured pixels by their brightness', () => {
    const pixels = new Uint8Array([255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 255, 255, 0, 255, 0, 255]);
    expect([...grayOf(pixels, { width: 4, height: 1 }).data]).toEqual([255, 76, 28, 149]);
    expect([...grayOf(pixels, { width: 4, height: 1 }, true).data]).toEqual([255, 28, 76, 149]);
  });

  it('is sharper than its blurred self', () => {
    const size = { width: 32, height: 32 };
    const board = Uint8Array.from({ length: 1024 }, (_, i) => (((i >> 2) + (i >> 7)) % 2 === 0 ? 40 : 200));
    const blurred = board.map((_, i) => ((board[i - 1] ?? 0) + (board[i] ?? 0) + (board[i + 1] ?? 0)) / 3);
    expect(sharpness(board, size)).toBeGreaterThan(2 * sharpness(blurred, size));
  });
});
