import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/prepare/tools.mjs';

/** Browser tests: real Chromium, real server, one at a time on this small machine, and no second try. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 1,
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
