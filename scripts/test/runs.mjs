/** Sorts the words after `npm test --` into what each runner gets; null: this runner does not run. */
export function planRuns(words) {
  const names = words.filter((word) => !word.startsWith('-'));
  const flags = words.filter((word) => word.startsWith('-'));
  const forBrowser = names.filter((name) => name === 'e2e' || name.startsWith('e2e/') || name.includes('.spec.'));
  const forVitest = names.filter((name) => !forBrowser.includes(name));
  return {
    vitest:
      names.length > 0 && forVitest.length === 0 ? null : [...forVitest.filter((name) => name !== 'unit'), ...flags],
    browser:
      names.length > 0 && forBrowser.length === 0 ? null : [...forBrowser.filter((name) => name !== 'e2e'), ...flags],
  };
}

/** Counts what vitest's JSON report holds; a file that could not be loaded is one failure. */
export function countVitest(report, exitCode) {
  const unloaded = (report?.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return settle(
    {
      passed: report?.numPassedTests ?? 0,
      failed: (report?.numFailedTests ?? 0) + unloaded,
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    },
    exitCode,
  );
}

/** Counts what Playwright's JSON report holds. */
export function countBrowser(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  // Retries are off; should somebody put them on, a test that needs one has not passed.
  return settle({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

/** A runner that ends badly without naming a failed test (an error outside of all tests) has failed once. */
function settle(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The one closing line of a whole test run. */
export function closingLine(all) {
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/** Nothing failed, and something ran. */
export function isGood(all) {
  return all.every((counts) => counts.failed === 0) && all.some((counts) => counts.passed > 0);
}
