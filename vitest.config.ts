import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,core,tracker,web,scripts}/**/*.test.{ts,tsx}', 'server/**/*.test.ts'],
    // One PostgreSQL for all tests of the server; each file has a database of its own in it.
    globalSetup: ['server/test/harness/database-for-all.ts'],
    // Its own choice would leave one of two cores idle.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
