// `npm run check`: everything that can be said about the code without running it. Exits with 1 when something is found.
import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { arrowFindings } from './check/arrows.ts';
import { cycleFindings } from './check/cycles.ts';
import { deadFindings } from './check/dead.ts';
import { docsFindings } from './check/docs.ts';
import { checkLanguages } from './check/languages.ts';
import { sizeFindings, sizeSummary } from './check/sizes.ts';
import { listFiles, readSources } from './check/sources.ts';
import { root } from './prepare/root.mjs';

type Result = { name: string; findings: string[]; note: string };

const from = performance.now();
const lintWords = ['check', '--max-diagnostics=none', '--diagnostic-level=error', '--reporter=github', '.'];
const tools = [
  tool('types', 'tsc', ['-p', '.', '--pretty', 'false'], (line) => line),
  tool('lint and format', 'biome', lintWords, lintFinding),
];
const files = listFiles();
const sources = readSources(files);
const read: Result[] = [
  { name: 'arrows', findings: arrowFindings(sources), note: '' },
  { name: 'cycles', findings: cycleFindings(sources), note: '' },
  { name: 'sizes', findings: sizeFindings(sources), note: sizeSummary(sources) },
  { name: 'dead code', findings: deadFindings(sources), note: '' },
  { name: 'languages', ...checkLanguages(sources, files) },
  { name: 'paths in documents', findings: docsFindings(files), note: '' },
];
const results = [...(await Promise.all(tools)), ...read];
for (const { name, findings, note } of results) {
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
  console.log(
    `${findings.length === 0 ? '✓' : '✗'} ${name}${findings.length === 0 ? '' : `: ${count}`}${note === '' ? '' : `  (${note})`}`,
  );
  for (const finding of findings) console.log(`    ${finding}`);
}
console.log(`${((performance.now() - from) / 1000).toFixed(1)} s`);
process.exit(results.every((result) => result.findings.length === 0) ? 0 : 1);

/** Runs a tool of another house; when it fails, its lines are the findings. */
async function tool(
  name: string,
  program: string,
  words: string[],
  findingOf: (line: string) => string | null,
): Promise<Result> {
  const child = spawn(join(root, 'node_modules', '.bin', program), words, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code === 0) return { name, findings: [], note: '' };
  const findings = said
    .trim()
    .split('\n')
    .map(findingOf)
    .filter((finding) => finding !== null);
  return { name, findings: findings.length === 0 ? [said.trim()] : findings, note: '' };
}

/** Biome's line for a code host, as ours; what is behind the last finding is a summary. */
function lintFinding(line: string): string | null {
  const found = /^::error title=([^,]*),file=([^,]*),line=(\d+),.*?::(.*)$/.exec(line);
  if (found === null) return null;
  const [, rule = '', file = '', at = '', text = ''] = found;
  const said = rule === 'format' ? 'not formatted: npm run fix' : `${text} (${rule})`;
  return `${relative(root, file)}:${at}: ${said}`;
}
