// `npm start`: prepares what is missing and runs the server. Plain JavaScript, because on a fresh checkout nothing is
// installed and the Node at hand may be one that cannot run TypeScript.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { canRunServer, findNode, isAtLeast, oldestForScripts } from './prepare/node.mjs';
import { preparePackages } from './prepare/packages.mjs';
import { preparePages } from './prepare/pages.mjs';
import { refuse } from './prepare/progress.mjs';
import { root } from './prepare/root.mjs';

if (!isAtLeast(process.versions.node, oldestForScripts)) {
  refuse(`Sightglass needs Node.js ${oldestForScripts.join('.')} or later, and this is ${process.versions.node}.`);
}
await preparePackages({ forTests: false });
const node = findNode();
if (node === null) {
  refuse(`There is no packaged Node.js for this computer (${process.platform} ${process.arch}): install Node.js 24.`);
}
await preparePages(node);

const main = join(root, 'server', 'src', 'main.ts');
const words = process.argv.slice(2);
if (canRunServer()) {
  const server = await import(pathToFileURL(main).href);
  await server.main(words);
} else {
  runAsChild(node, main, words);
}

/** Runs the server on the packaged Node. It stops when told through the channel, and when the channel closes. */
function runAsChild(node, main, words) {
  const child = spawn(node, [main, ...words], { cwd: process.cwd(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const stop = () => {
    if (child.connected) child.send('stop');
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
  // npm that is killed passes nothing on, and the shell between lives on without it.
  if (process.env.npm_lifecycle_event !== undefined) {
    const ancestors = lineage();
    setInterval(() => {
      if (lineage() !== ancestors) stop();
    }, 500).unref();
  }
  child.on('error', (error) => refuse(`Node.js could not be started (${node}): ${error.message}.`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 0 : 1)));
}

/** Parent and grandparent, as in server/src/boot/stop-signal.ts, which this script cannot import. */
function lineage() {
  try {
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8'))?.[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}
