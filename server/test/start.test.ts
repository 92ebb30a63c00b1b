import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const place = inject('postgres');
let dataDir = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sightglass-start-'));
  await chmod(dataDir, 0o755);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  // A killed server leaves its database running.
  const pid = Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => ''), 10);
  if (pid > 1) process.kill(pid, 'SIGQUIT');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

interface Run {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  said(): string;
  /** What went to the error output. */
  complained(): string;
  readonly ended: Promise<number | null>;
}

function run(
  environment: Record<string, string> = {},
  words: string[] = [],
  as: { uid?: number; gid?: number } = {},
): Run {
  const usual = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, PORT: '0', HTTPS_PORT: '0', HOST: '127.0.0.1' };
  const child = spawn(process.execPath, [main, ...words], { env: { ...usual, ...environment }, ...as });
  children.push(child);
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { child, said: () => said, complained: () => complained, ended };
}

/** Starts a server and waits until it is ready; gives its addresses from what it prints. */
async function started(
  environment: Record<string, string> = {},
  words: string[] = [],
): Promise<Run & { local: string; httpsPort: number }> {
  const server = run(environment, words);
  await Promise.race([ready(server), server.ended]);
  const local = /On this computer: {2}(\S+)/.exec(server.said())?.[1];
  const httpsPort = Number(/"httpsPort":(\d+)/.exec(server.said())?.[1]);
  if (local === undefined) throw new Error(`it did not start: ${server.said()}${server.complained()}`);
  return { ...server, local, httpsPort };
}

async function ready(server: Run): Promise<void> {
  while (!server.said().includes('"msg":"ready"')) await wait(20);
}

async function get(address: string): Promise<{ status: number; json: unknown }> {
  return new Promise((resolve, reject) => {
    const client = address.startsWith('https:') ? https : http;
    const request = client.get(address, { agent: false, rejectUnauthorized: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, json: JSON.parse(text) }));
    });
    request.on('error', reject);
  });
}

describe('a server', { timeout: 60_000 }, () => {
  test('starts on an empty folder, answers on both ports, is alone there, stops in order and starts again', async () => {
    const first = await started();
    expect(first.said()).toMatch(
      /Set up your organization here \(works once\):\s+http:\/\/localhost:\d+\/setup\/\S{20,}/,
    );
    expect(await get(`${first.local}/healthz`)).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect(await get(`${first.local}/readyz`)).toMatchObject({ status: 200, json: { status: 'ready' } });
    expect(await get(`https://127.0.0.1:${first.httpsPort}/healthz`)).toMatchObject({ status: 200 });

    const second = run();
    expect(await second.ended).toBe(1);
    expect(second.complained().trim()).toBe(
      `Sightglass is running at ${first.local} on this data folder already (process ${first.child.pid}).`,
    );

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(first.said()).toContain('Stopped.');
    await expect(readFile(join(dataDir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    await expect(readFile(join(dataDir, 'server.lock'))).rejects.toThrow('ENOENT');

    const from = performance.now();
    const third = await started();
    expect(third.said()).toContain('up to date');
    // Wide, because the test machine is busy; the aim is 3 s with nothing else going on.
    expect(performance.now() - from).toBeLessThan(15_000);
    third.child.kill('SIGINT');
    expect(await third.ended).toBe(0);
  });

  test('starts again after kill -9 and adopts the database', async () => {
    const first = await started();
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await started();
    expect(second.said()).toContain('still running from before, taken over');
    expect(await get(`${second.local}/readyz`)).toMatchObject({ status: 200 });
  });

  test('runs on a database of the operator', async () => {
    // The database has no tables yet: the server makes them.
    const name = `start_${Date.now()}`;
    const { default: pg } = await import('pg');
    const owner = new pg.Client({ ...place, database: 'postgres' });
    await owner.connect();
    await owner.query(`create database ${name}`);
    const server = await started({ DATABASE_URL: `postgres:///${name}?host=${place.host}&user=${place.user}` });
    expect(await get(`${server.local}/readyz`)).toMatchObject({ status: 200 });
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    await owner.query(`drop database ${name}`);
    await owner.end();
  });
});

describe('what keeps a server from starting is one sentence, without a stack', { timeout: 60_000 }, () => {
  async function expectSentence(server: Run, sentence: RegExp): Promise<void> {
    expect(await server.ended).toBe(1);
    expect(server.complained().trim()).toMatch(sentence);
    expect(server.complained().trim().split('\n')).toHaveLength(1);
  }

  test('a taken port', async () => {
    const other = http.createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const address = other.address();
    const port = String(typeof address === 'object' && address !== null ? address.port : 0);
    await expectSentence(run({ PORT: port }), new RegExp(`^Port ${port} is taken by another program: set PORT to`));
    await expectSentence(
      run({ HTTPS_PORT: port }),
      new RegExp(`^Port ${port} is taken by another program: set HTTPS_PORT to`),
    );
    other.close();
  });

  test('a data folder that is a file', async () => {
    await expectSentence(
      run({ DATA_DIR: main }),
      /^The data folder .*main\.ts cannot be written \(it is a file\): set DATA_DIR/,
    );
  });

  test.runIf(process.getuid?.() === 0)('a data folder of somebody else', async () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    await expectSentence(
      run({ HOME: '/tmp' }, [], nobody),
      /^The data folder \S+ cannot be written \(permission denied\): set DATA_DIR/,
    );
  });

  test('a database that is not there', async () => {
    await expectSentence(
      run({ DATABASE_URL: 'postgres://anna:hunter2@127.0.0.1:1/app' }),
      /^The database at 127\.0\.0\.1:1 cannot be reached \(nothing listens there\): check DATABASE_URL\.$/,
    );
    await expectSentence(
      run({ DATABASE_URL: `postgres:///missing?host=${place.host}&user=${place.user}` }),
      /^There is no database "missing" at \S+: create it, or check DATABASE_URL\.$/,
    );
    await expectSentence(
      run({ DATABASE_URL: `postgres:///postgres?host=${place.host}&user=nobody_here` }),
      /^The database at \S+ refuses the user "nobody_here" or its password: check DATABASE_URL\.$/,
    );
  });

  test('a misspelt variable, a malformed value, an unknown option', async () => {
    await expectSentence(run({ PROT: '80' }), /^The environment variable PROT is unknown: did you mean PORT\?$/);
    await expectSentence(run({ PORT: 'eighty' }), /^PORT must be a port number from 0 to 65535, not "eighty"\.$/);
    await expectSentence(run({}, ['--dmeo']), /^The option --dmeo is unknown: did you mean --demo\?$/);
  });
});
