import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Route } from '#contract/route.ts';
import { mailDelivery } from '#server/adapters/mail/by-config.ts';
import { folderStorage } from '#server/adapters/storage/folder.ts';
import { buildApp } from '#server/app.ts';
import { parseConfig } from '#server/config.ts';
import type { Database } from '#server/database/pool.ts';
import type { PostPush } from '#server/ports/push-post.ts';
import { type Answer, jsonOf } from './client.ts';
import { type TestClock, testClock } from './clock.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** The whole server on a port of its own, over a database of its own, with a clock in the test's hands. */
export interface TestServer {
  readonly origin: string;
  readonly database: Database;
  readonly clock: TestClock;
  /** Where its files are. */
  readonly dataDir: string;
  /** Everything the server logged as an error: none of it is expected. */
  readonly faults: string[];
  setupPath(): Promise<string | null>;
  /** Everything that is served, as `GET /api/me`. */
  routes(): string[];
  /** Sends a request past the network, for tests that send many. */
  inject(
    method: Route['method'],
    request: { readonly url: string; readonly headers: Record<string, string>; readonly payload?: string },
  ): Promise<Answer>;
  /** Ends it and starts another one over the same database and clock; the first one is not to be used or closed any more. */
  again(): Promise<TestServer>;
  close(): Promise<void>;
}

/** Starts one; further variables of the environment as an operator would set them. */
export async function startTestServer(
  environment: Readonly<Record<string, string>> = {},
  postPush: PostPush = refusePush,
): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sightglass-data-'));
  return startOver({ environment, postPush }, testClock(), await freshDatabase(), dataDir);
}

/** What a server is started with, each time. */
interface Start {
  readonly environment: Readonly<Record<string, string>>;
  readonly postPush: PostPush;
}

/** No push service knows the browsers of a test that does not bring one. */
const refusePush: PostPush = async () => 404;

async function startOver(
  start: Start,
  clock: TestClock,
  { database, drop }: TestDatabase,
  dataDir: string,
): Promise<TestServer> {
  const pagesDir = await emptyPages();
  const ended = new AbortController();
  const faults: string[] = [];
  const log = pino({ level: 'error', base: null }, { write: (line) => faults.push(line) });
  const listener = http.createServer((request, response) => built.handler(request, response));
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${portOf(listener.address())}`;
  const config = parseConfig({ HTTPS_PORT: 'off', DATA_DIR: dataDir, ...start.environment });
  const built = await buildApp(ended.signal, {
    config,
    database,
    log,
    pagesDir,
    clock: clock.now,
    phoneOrigin: () => origin,
    storage: folderStorage(join(dataDir, 'files')),
    mailDelivery: mailDelivery(config),
    postPush: start.postPush,
  });
  built.attach(listener);
  const end = async () => {
    ended.abort();
    await built.close();
    listener.closeAllConnections();
    await new Promise<void>((resolve) => {
      listener.close(() => resolve());
    });
    await rm(pagesDir, { recursive: true, force: true });
  };
  return {
    origin,
    database,
    clock,
    dataDir,
    faults,
    setupPath: built.setupPath,
    routes: () => routesIn(built.app.printRoutes({ commonPrefix: false })),
    inject: async (method, request) => {
      const { statusCode, body, headers } = await built.app.inject({ method, ...request });
      const said = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
      return { status: statusCode, text: body, json: jsonOf(body), headers: new Headers(said) };
    },
    again: async () => {
      await end();
      return startOver(start, clock, { database, drop }, dataDir);
    },
    close: async () => {
      await end();
      await drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

/** Pages with nothing but the place for what the server puts in. */
async function emptyPages(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sightglass-pages-'));
  for (const page of ['desk', 'visit']) {
    await mkdir(join(folder, page));
    await writeFile(join(folder, page, `${page}.html`), `<!doctype html><title>${page}</title><!--bootstrap-->`);
  }
  return folder;
}

/** Fastify prints its routes as a tree of path parts; every line with methods in brackets is a route. */
function routesIn(tree: string): string[] {
  const path: { depth: number; part: string }[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([│ ]*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    while ((path.at(-1)?.depth ?? -1) >= indent.length) path.pop();
    path.push({ depth: indent.length, part });
    const whole = path.map((one) => one.part).join('');
    return (methods ?? '').split(', ').flatMap((method) => (method === '' ? [] : [`${method} ${whole}`]));
  });
}
