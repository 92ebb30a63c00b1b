import { expect, test } from 'vitest';
import { closingLine, countBrowser, countVitest, isGood, planRuns } from './runs.mjs';

test('without words everything runs', () => {
  expect(planRuns([])).toEqual({ vitest: [], browser: [] });
  expect(planRuns(['-t', '--bail=1'])).toEqual({ vitest: ['-t', '--bail=1'], browser: ['-t', '--bail=1'] });
});

test('a part runs alone', () => {
  expect(planRuns(['unit'])).toEqual({ vitest: [], browser: null });
  expect(planRuns(['e2e'])).toEqual({ vitest: null, browser: [] });
  expect(planRuns(['e2e/call.spec.ts'])).toEqual({ vitest: null, browser: ['e2e/call.spec.ts'] });
  expect(planRuns(['core/session', '--bail=1'])).toEqual({ vitest: ['core/session', '--bail=1'], browser: null });
});

test('a file that cannot be loaded and an error outside of all tests count as failures', () => {
  const report = { numPassedTests: 3, numFailedTests: 1, testResults: [{ status: 'failed', assertionResults: [] }] };
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  expect(countVitest({ numPassedTests: 3 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  expect(countVitest(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countBrowser({ stats: { expected: 2, flaky: 1 } }, 0)).toEqual({ passed: 2, failed: 1, skipped: 0 });
});

test('one closing line, and nothing run is not good', () => {
  const good = { passed: 3, failed: 0, skipped: 0 };
  expect(closingLine([good, { passed: 2, failed: 1, skipped: 4 }])).toBe('5 passed, 1 failed, 4 skipped');
  expect(closingLine([good])).toBe('3 passed, 0 failed');
  expect(isGood([good])).toBe(true);
  expect(isGood([good, { passed: 0, failed: 1, skipped: 0 }])).toBe(false);
  expect(isGood([{ passed: 0, failed: 0, skipped: 2 }])).toBe(false);
});
