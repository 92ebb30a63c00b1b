import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const node = join(root, 'node_modules', '.bin', 'node');

/** The real server as an operator runs it, in a process, with a data folder and a port of its own. */
export interface Product {
  readonly origin: string;
  /** Where its files and its database are. */
  readonly dataDir: string;
  /** The path of the one-time set-up page, as the server printed it; null on a database that is set up. */
  readonly setupPath: string | null;
  /** Everything it has written. */
  readonly said: string;
  /** kill -9: nothing is closed, nothing is said. Its PostgreSQL lives on. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Ends it in order and takes its data away. */
  end(): Promise<void>;
}

/** Starts one; further variables of the environment as an operator would set them. */
export async function startProduct(environment: Readonly<Record<string, string>> = {}): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-e2e-'));
  // Root's PostgreSQL runs as nobody, who must be able to walk in.
  await chmod(folder, 0o755);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '/',
    DATA_DIR: folder,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    PUBLIC_URL: origin,
    LOG_LEVEL: 'warn',
    REQUESTS_PER_MINUTE: '1000000',
    ...environment,
  };
  let child: ChildProcess | null = null;
  let said = '';

  const start = async () => {
    const before = said.length;
    const server = spawn(node, ['server/src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = server;
    for (const stream of [server.stdout, server.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    await ready(origin, server, () => said.slice(before));
  };
  const stop = async (how: NodeJS.Signals) => {
    const server = child;
    child = null;
    if (server === null || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(how);
    await gone;
  };
  await start();
  return {
    origin,
    dataDir: folder,
    get setupPath() {
      return /\/setup\/[\w-]+/.exec(said)?.[0] ?? null;
    },
    get said() {
      return said;
    },
    kill: () => stop('SIGKILL'),
    start,
    end: async () => {
      // A killed server has left its database running: only a started one can stop it in order.
      if (child === null) await start();
      await stop('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(origin: string, server: ChildProcess, said: () => string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (server.exitCode !== null) throw new Error(`the server ended while it started:\n${said()}`);
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    // It answers a moment before it has said where it is, and where it is set up.
    if (answer?.ok === true && said().includes('is ready') && said().includes('Ctrl-C')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server did not get ready:\n${said()}`);
}

/** A port that nobody has, and that the server keeps over its restarts. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return address.port;
}
