import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// node scripts/build-tracker.ts          compiles tracker/core/*.as.ts to core.wasm (committed: the product starts without the compiler)
// node scripts/build-tracker.ts --check  fails when the committed module is not what the sources give

const here = join(dirname(fileURLToPath(import.meta.url)), '../tracker');
const committed = join(here, 'core/core.wasm');
const FLAGS = '--enable simd --runtime stub -O3 --noAssert --converge --use abort='.split(' ');

/** The compiler's command: dev dependency assemblyscript, or ASC = path of its bin/asc.js. */
function compiler(): string {
  const named = process.env['ASC'];
  if (named) return named;
  return join(dirname(fileURLToPath(import.meta.resolve('assemblyscript'))), '../bin/asc.js');
}

function compile(to: string): void {
  const run = spawnSync(process.execPath, [compiler(), 'core/core.as.ts', '-o', to, ...FLAGS], {
    cwd: here,
    stdio: 'inherit',
  });
  if (run.status !== 0) throw new Error('the core does not compile');
}

if (process.argv.includes('--check')) {
  const dir = mkdtempSync(join(tmpdir(), 'tracker-'));
  compile(join(dir, 'core.wasm'));
  const same = readFileSync(join(dir, 'core.wasm')).equals(readFileSync(committed));
  rmSync(dir, { recursive: true });
  if (!same) throw new Error('tracker/core/core.wasm is not what its sources give: run node scripts/build-tracker.ts');
} else compile(committed);
