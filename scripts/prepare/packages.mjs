import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, step } from './progress.mjs';
import { root } from './root.mjs';

/** Installs the packages of the lock file when some are missing or have another version than it says. */
export async function preparePackages({ forTests }) {
  if (packagesFit(forTests)) return;
  await step('Installing packages (once, takes a minute or two)', 'Packages', () => installPackages(forTests));
}

/** Compares the lock file with the one that npm keeps about what it has installed. */
function packagesFit(forTests) {
  const installed = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return false;
  const wanted = packagesIn(join(root, 'package-lock.json')) ?? {};
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const have = installed[path];
    if (have !== undefined) return have.version === entry.version && have.integrity === entry.integrity;
    // Left out on purpose: packages of other platforms, and test tools where only the server runs.
    return entry.optional === true || entry.devOptional === true || (entry.dev === true && !forTests);
  });
}

function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

async function installPackages(forTests) {
  const { npm_execpath: npmScript, npm_node_execpath: npmNode } = process.env;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(forTests ? ['--include=dev'] : [])];
  // npm's own Node, because this process may run on the one in node_modules, which npm ci takes away.
  const viaScript = npmScript?.endsWith('.js') === true && npmNode !== undefined && existsSync(npmNode);
  const child = viaScript
    ? spawn(npmNode, [npmScript, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  const keep = (chunk) => {
    said += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      said += error.message;
      resolve(1);
    });
    child.on('close', resolve);
  });
  if (code !== 0) refuse(`${said.trim()}\n\nThe packages could not be installed (npm ci): see the lines above.`);
}
