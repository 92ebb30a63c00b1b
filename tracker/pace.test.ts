import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

const run = (p: Pace, ms: number, n: number): void => {
  for (let i = 0; i < n; i++) p.note(ms);
};

test('detail is lowered while calls take too long and raised again when there is room', () => {
  const p = new Pace(5);
  expect(p.detail.patches).toBe(1);
  run(p, 9, 100);
  expect(p.detail.patches).toBeLessThan(0.6);
  expect(p.detail.framesPerSecond).toBeLessThan(30);
  run(p, 0.5, 300);
  expect(p.detail.patches).toBe(1);
});

test('one slow call changes nothing, and without a budget nothing does', () => {
  const p = new Pace(5);
  run(p, 1, 60);
  run(p, 30, 1);
  run(p, 1, 5);
  expect(p.detail.searchEvery).toBe(1);
  const free = new Pace(undefined);
  run(free, 100, 500);
  expect(free.detail.patches).toBe(1);
  expect(free.averageMs).toBeCloseTo(100, 3);
});
