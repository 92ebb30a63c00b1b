import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

const GAP = 1000 / 30;

const run = (p: Pace, ms: number, n: number, gapMs = GAP): void => {
  for (let i = 0; i < n; i++) p.note({ ms, gapMs, searched: false });
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

test('what a call may take grows with the time between two frames', () => {
  const p = new Pace(20);
  run(p, 40, 200, 100);
  expect(p.detail.patches).toBe(1);
  run(p, 40, 200);
  expect(p.detail.patches).toBeLessThan(1);
});

test('searches that take long are thinned out, but made ten times a second in any case, and they cost no detail', () => {
  const pauseOf = (ms: number, budgetMs?: number): number => {
    const p = new Pace(budgetMs);
    for (let i = 0; i < 100; i++) p.note({ ms, gapMs: GAP, searched: true });
    expect(p.detail.patches).toBe(1);
    return p.searchPauseMs;
  };
  expect(pauseOf(8, 20)).toBeLessThan(GAP);
  expect(pauseOf(30, 20)).toBeGreaterThan(GAP);
  expect(pauseOf(500, 20)).toBeLessThan(100);
  expect(pauseOf(500)).toBe(0);
});

test('one slow call changes nothing, and without a budget nothing does', () => {
  const p = new Pace(5);
  run(p, 1, 60);
  run(p, 30, 1);
  run(p, 1, 5);
  expect(p.detail.patches).toBe(1);
  const free = new Pace(undefined);
  run(free, 100, 500);
  expect(free.detail.patches).toBe(1);
  expect(free.averageMs).toBeCloseTo(100, 3);
});
