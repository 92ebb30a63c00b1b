import { defineConfig } from 'drizzle-kit';

/** `npm run migration` compares the tables below with the last migration and writes the next one. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './server/src/**/tables.ts',
  out: './server/migrations',
  strict: true,
});
