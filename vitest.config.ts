import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,core,tracker,web,scripts}/**/*.test.{ts,tsx}', 'server/**/*.test.ts'],
    // One PostgreSQL for all tests of the server; each file has a database of its own in it.
    globalSetup: ['server/test/harness/database-for-all.ts'],
    // Files share the modules that they import, which are most of their work otherwise; whoever changes what is global puts it back.
    isolate: false,
    // Most tests of the server wait for its database, its disk or its clock: more files than cores at once.
    maxWorkers: Math.max(3, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
