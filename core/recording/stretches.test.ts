import { expect, it } from 'vitest';
import { partOf } from './fixtures.ts';
import { fileTimeOf, instantOf, layOut } from './stretches.ts';

const time = (part: number, from: number, until: number | null) => ({ partId: partOf(part), from, until });
const part = (n: number, lengthMs: number, lastBytesAt: number) => ({ partId: partOf(n), lengthMs, lastBytesAt });

it('A7 begins before the first bytes came, as the length says', () => {
  expect(layOut([time(1, 11_000, 21_000)], [part(1, 11_000, 21_300)])).toEqual([
    { fromMs: 0, at: 10_000, lengthMs: 11_000 },
  ]);
});

it('leaves pauses out, and ends a broken part with its last bytes', () => {
  const recorded = [time(1, 1_000, 5_000), time(1, 9_000, 30_000), time(2, 40_000, 50_000)];
  const stretches = layOut(recorded, [part(1, 8_000, 12_000), part(2, 10_500, 50_200)]);
  expect(stretches).toEqual([
    { fromMs: 0, at: 0, lengthMs: 5_000 },
    { fromMs: 5_000, at: 9_000, lengthMs: 3_000 },
    { fromMs: 8_000, at: 39_500, lengthMs: 10_500 },
  ]);
  expect(fileTimeOf(stretches, -1)).toBe(null);
  expect(fileTimeOf(stretches, 2_500)).toBe(2_500);
  expect(fileTimeOf(stretches, 7_000)).toBe(5_000);
  expect(fileTimeOf(stretches, 10_000)).toBe(6_000);
  expect(fileTimeOf(stretches, 39_600)).toBe(8_100);
  expect(fileTimeOf(stretches, 50_001)).toBe(null);
  for (let ms = 0; ms < 18_500; ms += 250) {
    expect(fileTimeOf(stretches, instantOf(stretches, ms) ?? -1)).toBe(ms);
  }
  expect(instantOf(stretches, 18_500)).toBe(null);
});

it('has no stretch of a part without frames, and none longer than its part', () => {
  const recorded = [time(1, 1_000, 2_000), time(1, 3_000, 9_000), time(2, 10_000, 11_000)];
  expect(layOut(recorded, [part(1, 2_000, 9_000), part(2, 0, 10_000)])).toEqual([
    { fromMs: 0, at: 7_000, lengthMs: 2_000 },
  ]);
  expect(layOut(recorded, [])).toEqual([]);
});
