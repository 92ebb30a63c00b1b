import { expect, it } from 'vitest';
import { createBudget } from './budget.ts';

const FULL_RATE_MS = 1000 / 30;

it('lowers rate, then resolution, when frames take too long, and comes back slowly', () => {
  const budget = createBudget();
  const run = (frames: number, ms: number) => {
    for (let i = 0; i < frames; i++) budget.spent(ms, FULL_RATE_MS);
    return budget.effort;
  };
  expect(run(1000, 12)).toEqual({ every: 1, longest: 640 });
  expect(run(3, 200)).toEqual({ every: 1, longest: 640 });
  run(200, 8);
  expect(run(60, 40).every).toBe(2);
  expect(run(300, 40)).toEqual({ every: 3, longest: 400 });
  expect(run(100, 3)).toEqual({ every: 3, longest: 400 });
  expect(run(2000, 3)).toEqual({ every: 1, longest: 640 });
});

it('takes what there is time for: a search in every frame of a thin stream costs neither rate nor resolution', () => {
  const budget = createBudget();
  for (let i = 0; i < 300; i++) budget.spent(45, 100);
  expect(budget.effort).toEqual({ every: 1, longest: 640 });
  for (let i = 0; i < 300; i++) budget.spent(90, 100);
  expect(budget.effort.longest).toBeLessThan(640);
});
