import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** The oldest Node that can run these start scripts, and the oldest that runs TypeScript files. */
export const oldestForScripts = [20, 19];
const oldestForServer = [22, 18];

/** True when a version like 22.18.0 is at least [major, minor]. */
export function isAtLeast(version, [major, minor]) {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** True when this very process can run the server. */
export function canRunServer() {
  return isAtLeast(process.versions.node, oldestForServer);
}

/** The Node that runs TypeScript: the packaged Node 24, else the installed one where it is new enough, else null. */
export function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
  if (existsSync(packaged)) return packaged;
  return canRunServer() ? process.execPath : null;
}
