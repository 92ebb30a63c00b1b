import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from './progress.mjs';
import { root } from './root.mjs';

/** What the pages are made from. */
const sources = ['web', 'contract', 'core', 'tracker', 'package-lock.json', 'scripts/build-pages.ts'];

/** Where the build notes what it was made from. */
export const stampFile = join(root, 'dist', 'made-from');

/** Builds the pages when something that they are made from has changed since the last time. */
export async function preparePages(node) {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfSources()) return;
  const child = spawn(node, [join(root, 'scripts', 'build-pages.ts')], { cwd: root, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) refuse('The pages could not be built: see the lines above.');
}

/** A fingerprint of all sources of the pages, tests left out. */
export function hashOfSources() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder)) {
    hash.update(`${file}\0`);
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!/^[^.]+$/.test(path)) return [path];
  return readdirSync(full, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
