// Builds the two sets of pages into dist/desk and dist/visit. A half-finished build never replaces a working one.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { compressPages } from './prepare/compress.mjs';
import { hashOfSources, stampFile } from './prepare/pages.mjs';
import { say, step } from './prepare/progress.mjs';
import { root } from './prepare/root.mjs';

const pages = [
  { name: 'desk', config: join(root, 'web', 'vite.desk.config.ts') },
  { name: 'visit', config: join(root, 'web', 'vite.visit.config.ts') },
];

const missing = pages.filter((page) => !existsSync(page.config));
for (const page of missing) say(`  ! ${page.config} does not exist yet, so dist/${page.name} is not built.`);

const from = hashOfSources();
const half = join(root, 'dist', `.half-${process.pid}`);
try {
  await step('Building the pages', 'Pages', async () => {
    await Promise.all(
      pages
        .filter((page) => !missing.includes(page))
        .map((page) =>
          build({
            configFile: page.config,
            logLevel: 'error',
            build: { outDir: join(half, page.name), emptyOutDir: true },
          }),
        ),
    );
    await compressPages(half);
  });
  await mkdir(half, { recursive: true });
  for (const page of pages) {
    if (missing.includes(page)) continue;
    await rm(join(root, 'dist', page.name), { recursive: true, force: true });
    await rename(join(half, page.name), join(root, 'dist', page.name));
  }
  if (missing.length === 0) await writeFile(stampFile, from);
} finally {
  await rm(half, { recursive: true, force: true });
}
