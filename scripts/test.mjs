// `npm test`: installs what the tests need, runs them all, and closes with one line. `npm test -- unit`, `npm test -- e2e`,
// `npm test -- e2e/x.spec.ts` and `npm test -- core/session` run a part.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { findNode, isAtLeast, oldestForScripts } from './prepare/node.mjs';
import { preparePackages } from './prepare/packages.mjs';
import { preparePages } from './prepare/pages.mjs';
import { refuse } from './prepare/progress.mjs';
import { root } from './prepare/root.mjs';
import { findChromium, prepareTools } from './prepare/tools.mjs';
import { closingLine, countBrowser, countVitest, isGood, planRuns } from './test/runs.mjs';

if (!isAtLeast(process.versions.node, oldestForScripts)) {
  refuse(`The tests need Node.js ${oldestForScripts.join('.')} or later, and this is ${process.versions.node}.`);
}
const plan = planRuns(process.argv.slice(2));
await preparePackages({ forTests: true });
const node = findNode();
if (node === null) {
  refuse(`There is no packaged Node.js for this computer (${process.platform} ${process.arch}): install Node.js 24.`);
}
if (plan.browser !== null) {
  await prepareTools();
  await preparePages(node);
}

const reports = mkdtempSync(join(tmpdir(), 'sightglass-reports-'));
const counts = [];
if (plan.vitest !== null) {
  const report = join(reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...plan.vitest], {});
  counts.push(countVitest(readReport(report), code));
}
if (plan.browser !== null) {
  const report = join(reports, 'browser.json');
  const more = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM: findChromium() };
  const code = await run(
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json', ...plan.browser],
    more,
  );
  counts.push(countBrowser(readReport(report), code));
}
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\n${closingLine(counts)}\n`);
process.exit(isGood(counts) ? 0 : 1);

/** Runs one runner on the packaged Node, its output going straight through. */
function run(words, more) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(node, words, { cwd: root, env: { ...process.env, ...more, PATH: path }, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
