import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { refuse, say, step } from './progress.mjs';

/** The file of a program on the search path, or null. Debian keeps some outside of a normal user's path. */
function findProgram(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/usr/bin', '/usr/sbin'];
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

/** The Chromium that the tests drive: CHROMIUM, or the one of this computer. */
export function findChromium() {
  const { CHROMIUM: named } = process.env;
  return named === undefined || named === ''
    ? findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome')
    : named;
}

/** Programs that the browser tests use, how to see that they are there, and the Debian packages that bring them. */
const tools = [
  { packages: ['chromium', 'fonts-liberation'], isThere: () => findChromium() !== null },
  { packages: ['coturn'], isThere: () => findProgram('turnserver') !== null },
  { packages: ['espeak-ng'], isThere: () => findProgram('espeak-ng') !== null },
];

/** Installs the tools that are missing, or says in one sentence which those are. */
export async function prepareTools() {
  const missing = tools.filter((tool) => !tool.isThere()).flatMap((tool) => tool.packages);
  if (missing.length === 0) return;
  const wish = `The browser tests need ${missing.join(', ')}`;
  const apt = findProgram('apt-get');
  if (apt === null) refuse(`${wish}: install them (CHROMIUM may name the browser's file), then run npm test again.`);
  const before = rights();
  if (before === null) refuse(`${wish}: run "sudo apt-get install ${missing.join(' ')}", then npm test again.`);
  await step(`Installing ${missing.join(', ')}`, `Tools (${missing.join(', ')})`, () => {
    run([...before, apt, 'update', '-q'], true);
    run([...before, apt, 'install', '-y', '-q', '--no-install-recommends', ...missing], false);
  });
  const still = tools.filter((tool) => !tool.isThere()).flatMap((tool) => tool.packages);
  if (still.length > 0) refuse(`apt-get installed ${still.join(', ')}, but the programs are not found.`);
}

/** What to put before a command that needs root, or null when it cannot be had. `env` carries settings through sudo. */
function rights() {
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  if (process.getuid?.() === 0) return env;
  const sudo = findProgram('sudo');
  if (sudo === null || spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status !== 0) return null;
  return [sudo, '-n', ...env];
}

function run([program, ...words], mayFail) {
  const done = spawnSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status === 0) return;
  if (!mayFail) refuse(`${done.stdout}${done.stderr}\nThe tools could not be installed: see the lines above.`);
  // An old list of packages may still do.
  say(`  ! apt-get update: ${done.stderr.trim().split('\n').at(-1) ?? 'failed'}`);
}
