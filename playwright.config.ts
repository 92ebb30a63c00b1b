import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/prepare/tools.mjs';

/** Pages that are read and clicked; those with a call in it measure nothing of its pictures. */
const pages =
  /\/(accessibility|coming-back|devices|direct-call|inbox|kills|languages|messenger|notifications|rating|requests|session|tickets-case|visibility|ways-in)\.spec\.ts$/;

/**
 * Browser tests: real Chromium, real server, and no second try. Calls, drawings and recordings keep this small machine busy: one
 * at a time. Beside them, where they wait, there is room for one page.
 */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  projects: [
    { name: 'calls', testIgnore: pages, workers: 1 },
    { name: 'pages', testMatch: pages, workers: 1 },
  ],
  retries: 0,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    ignoreHTTPSErrors: true,
    launchOptions: { executablePath: findChromium() ?? 'chromium' },
    screenshot: 'only-on-failure',
  },
});
