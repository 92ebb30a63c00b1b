import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Host = 'a' | 'b' | 's';

/** Three hosts (two people and the server) with a delay between any two; see network.py. */
export interface Network {
  readonly address: Readonly<Record<Host, string>>;
  /** Words that run a command on the host. */
  on(host: Host, ...command: string[]): [string, ...string[]];
  /** A program that runs Chromium on the host, for Playwright's executablePath. */
  browserOn(host: Host, chromium: string): Promise<string>;
  close(): Promise<void>;
}

const hosts: Host[] = ['a', 'b', 's'];

/** Lays the wires. `rttMs` is what a packet there and back takes between any two hosts. */
export async function openNetwork(rttMs: number): Promise<Network> {
  const script = fileURLToPath(new URL('./network.py', import.meta.url));
  const wire: ChildProcess = spawn('python3', [script, String(rttMs / 2), ...hosts], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [first] = await Promise.race([once(wire.stdout!, 'data'), once(wire, 'exit')]);
  if (!String(first).includes('ready'))
    throw new Error('the network lab needs root, /dev/net/tun, iproute2 and python3');
  const on = (host: Host, ...command: string[]): [string, ...string[]] => [
    'ip',
    'netns',
    'exec',
    `sg-${host}`,
    ...command,
  ];
  return {
    address: { a: '10.81.0.1', b: '10.81.0.2', s: '10.81.0.3' },
    on,
    async browserOn(host, chromium) {
      const path = join(tmpdir(), `sightglass-bench-chromium-${host}`);
      await writeFile(path, `#!/bin/sh\nexec ${on(host, chromium).join(' ')} "$@"\n`);
      await chmod(path, 0o755);
      return path;
    },
    async close() {
      wire.kill('SIGTERM');
      await once(wire, 'exit');
    },
  };
}
