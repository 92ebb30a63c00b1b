import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startUntil, stop } from './process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The product as its operator starts it, with the demo's organization, on a data folder of its own. */
export interface Product {
  readonly process: ChildProcess;
  readonly dataDir: string;
  readonly certificate: { readonly key: string; readonly cert: string };
  close(): Promise<void>;
}

/** Logins of `npm start -- --demo`. */
export const demoLogin = { email: 'anna@nordwerk.example', password: 'sightglass-demo' };

/** Starts the product on fixed ports; `on` puts the command on another host of the lab. */
export async function startProduct(
  ports: { http: number; https: number },
  on: (...command: string[]) => [string, ...string[]] = (...command) => command as [string, ...string[]],
): Promise<Product> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sightglass-bench-'));
  const environment = {
    DATA_DIR: dataDir,
    PORT: String(ports.http),
    HTTPS_PORT: String(ports.https),
    LOG_LEVEL: 'error',
    REQUESTS_PER_MINUTE: '10000000',
  };
  const command = on(process.execPath, join(root, 'scripts/start.mjs'), '--demo');
  const { process: child } = await startUntil(command, environment, /Ctrl-C stops it/);
  return {
    process: child,
    dataDir,
    certificate: { key: join(dataDir, 'https-key.pem'), cert: join(dataDir, 'https-cert.pem') },
    async close() {
      await stop(child);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
