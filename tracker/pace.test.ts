import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

const GAP = 1000 / 30;

const run = (p: Pace, ms: number, n: number, gapMs = GAP): void => {
  for (let i = 0; i < n; i++) p.note({ ms, gapMs, searched: false });
};

/** Frames without a search between two searches, each of which takes `ms`. */
const passedBetween = (p: Pace, ms: number, gapMs: number): number => {
  let passed = 0;
  for (let i = 0; i < 100; i++) {
    const searched = p.maySearch;
    p.note({ ms: searched ? ms : 1, gapMs, searched });
    passed = searched ? 0 : passed + 1;
    if (passed > 20) break;
  }
  while (!p.maySearch) {
    p.note({ ms: 1, gapMs, searched: false });
    passed++;
  }
  return passed;
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

test('searches that take long are thinned out, but never by more than two frames, and they cost no detail', () => {
  expect(passedBetween(new Pace(20), 8, GAP)).toBe(0);
  expect(passedBetween(new Pace(20), 30, GAP)).toBe(1);
  expect(passedBetween(new Pace(20), 30, 100)).toBe(0);
  const slow = new Pace(20);
  expect(passedBetween(slow, 500, GAP)).toBe(2);
  expect(slow.detail.patches).toBe(1);
  expect(passedBetween(new Pace(undefined), 500, GAP)).toBe(0);
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
