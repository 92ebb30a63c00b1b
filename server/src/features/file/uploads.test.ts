import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { UploadId } from '#contract/file/ids.ts';
import { fileLimits } from '#contract/file/limits.ts';
import { uploadsPath } from '#contract/file/upload.ts';
import { SessionId } from '#contract/ids.ts';
import { freshDatabase, type TestDatabase } from '../../../test/harness/database.ts';
import { transact } from '../../database/transact.ts';
import { session } from '../session/tables.ts';
import { sweepUploads } from './janitor.ts';
import { createPurposes, type Purpose } from './purposes.ts';
import { upload } from './tables.ts';
import { bareSession, type FilesServer, openFilesServer, somebody } from './testing.ts';
import { openUploadStore } from './upload-store.ts';

const Meta = z.object({ purpose: z.literal('note'), sessionId: SessionId, level: z.string() });
type Meta = z.infer<typeof Meta>;
const [ann, bob] = [somebody('ann'), somebody('bob')];

let store: TestDatabase;
let server: FilesServer;
let sessionId: SessionId;
let may: { create: Outcome<unknown>; write: Outcome<unknown>; isNeeded: boolean };
let afterWriteIsAllowed: (id: UploadId) => void;
let received: number[];
const purpose = (): Purpose<Meta> => ({
  name: 'note',
  metadata: Meta,
  mostBytes: () => 1000,
  mostBytesAtOnce: 400,
  mayCreate: async () => may.create,
  mostMsAtOnce: 1_500,
  mayWrite: async (_actor, _meta, id) => {
    const answer = may.write;
    afterWriteIsAllowed(id);
    return answer;
  },
  received: async (_meta, _id, bytes) => void received.push(bytes),
  isNeeded: async () => may.isNeeded,
});
beforeAll(async () => {
  store = await freshDatabase();
  sessionId = await bareSession(store.database);
});
afterAll(() => store.drop());
beforeEach(async () => {
  await store.database.delete(upload);
  may = { create: accepted(null), write: accepted(null), isNeeded: false };
  afterWriteIsAllowed = () => undefined;
  received = [];
  server = await openFilesServer(store.database, [ann, bob]);
  server.files.takePurpose(purpose());
});
afterEach(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const metadata = (parts: object) =>
  Object.entries(parts)
    .map(([name, value]) => `${name} ${Buffer.from(String(value)).toString('base64')}`)
    .join(',');
const good = () => metadata({ purpose: 'note', sessionId, level: 'low' });
async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const response = await fetch(server.origin + path, {
    method,
    headers: { 'tus-resumable': '1.0.0', who: 'ann', ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const create = (headers: Record<string, string> = {}) =>
  ask('POST', uploadsPath, { 'upload-length': '10', 'upload-metadata': good(), ...headers });
async function made(headers: Record<string, string> = {}): Promise<string> {
  const { status, headers: said } = await create(headers);
  expect(status).toBe(201);
  return said.get('location') ?? '';
}
const patch = (path: string, offset: number, body: string, headers: Record<string, string> = {}) =>
  ask(
    'PATCH',
    path,
    { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...headers },
    body,
  );
/** Sends a part of what it says it sends, and then nothing more. */
function hang(path: string, offset: number, body: string) {
  const headers = {
    who: 'ann',
    'tus-resumable': '1.0.0',
    'content-type': 'application/offset+octet-stream',
    'upload-offset': String(offset),
    'content-length': String(body.length + 1),
  };
  const request = http.request(server.origin + path, { method: 'PATCH', headers });
  const status = new Promise<number>((resolve) => {
    request.on('response', (response) => resolve(response.statusCode ?? 0));
    request.on('error', () => resolve(0));
  });
  request.write(body);
  return { request, status };
}
const idOf = (path: string) => UploadId.parse(path.split('/').at(-1));
const offsetOf = async (path: string) => (await ask('HEAD', path)).headers.get('upload-offset');
const refusal = (status: number, code: string, field?: string) => ({
  status,
  text: JSON.stringify({ error: { code, ...(field === undefined ? {} : { field }) } }),
});
const contentOf = (path: string) => readFile(join(server.uploads, idOf(path)), 'utf8');
const leftOvers = async () => ({
  files: await readdir(server.uploads),
  rows: (await store.database.select().from(upload)).map(({ id }) => id),
});
const nothing = { files: [], rows: [] };

describe('an upload', () => {
  test('comes in parts, says how far it is, and is then used up once', async () => {
    const path = await made();
    expect(path).toMatch(/^\/api\/uploads\/[0-9a-f-]{36}$/);
    expect((await patch(path, 0, 'hello')).headers.get('upload-offset')).toBe('5');
    expect(await offsetOf(path)).toBe('5');
    expect(await server.files.uploadFile(idOf(path))).toMatchObject({ bytes: 5, isComplete: false });
    const rows = openUploadStore(server.parts, server.uploads);
    const use = (who = ann, name = 'note') =>
      transact(server.parts, (change) => rows.spend(change, idOf(path), who, name));
    expect(await use()).toEqual(refused('not-found'));
    expect((await patch(path, 5, 'world')).status).toBe(204);
    expect(await contentOf(path)).toBe('helloworld');
    expect(received).toEqual([5, 10]);
    expect(await use(bob)).toEqual(refused('not-found'));
    expect(await use(ann, 'other')).toEqual(refused('not-found'));
    const used = await Promise.all([use(), use()]);
    expect(used.filter(({ ok }) => ok)).toMatchObject([{ value: { bytes: 10, row: { sessionId } } }]);
    expect(await offsetOf(path)).toBe(null);
    await server.files.removeUpload(idOf(path));
    expect(await leftOvers()).toEqual(nothing);
  });

  test('may say its length at the end', async () => {
    const path = await made({ 'upload-length': '', 'upload-defer-length': '1' }).catch(() => '');
    expect(path).toBe('');
    const response = await ask('POST', uploadsPath, { 'upload-defer-length': '1', 'upload-metadata': good() });
    const deferred = response.headers.get('location') ?? '';
    await patch(deferred, 0, 'hello');
    expect((await ask('HEAD', deferred)).headers.get('upload-defer-length')).toBe('1');
    expect((await patch(deferred, 5, '', { 'upload-length': '5' })).status).toBe(204);
    expect(await server.files.uploadFile(idOf(deferred))).toMatchObject({ bytes: 5, isComplete: true });
  });

  test('is given up by who made it', async () => {
    const path = await made();
    await patch(path, 0, 'hello');
    expect((await ask('DELETE', path)).status).toBe(204);
    expect(await leftOvers()).toEqual(nothing);
    expect(await ask('DELETE', path)).toMatchObject(refusal(404, 'not-found'));
  });

  test('keeps what came before the connection was lost', async () => {
    const path = await made({ 'upload-length': '400' });
    const hanging = hang(path, 0, 'x'.repeat(300));
    await expect.poll(async () => (await contentOf(path)).length).toBe(300);
    hanging.request.destroy();
    await expect.poll(() => offsetOf(path)).toBe('300');
    expect((await patch(path, 300, 'y'.repeat(100))).status).toBe(204);
  });

  test('ends what hangs when somebody goes on with it, and when it is interrupted', async () => {
    const path = await made({ 'upload-length': '400' });
    const hanging = hang(path, 0, 'x'.repeat(100));
    await expect.poll(async () => (await contentOf(path)).length).toBe(100);
    expect(await offsetOf(path)).toBe('100');
    hanging.request.destroy();
    await patch(path, 100, 'y'.repeat(100));
    const interrupted = hang(path, 200, 'z');
    await expect.poll(async () => (await contentOf(path)).length).toBe(201);
    may.write = refused('not-in-this-state');
    server.files.interrupt(idOf(path));
    expect(await interrupted.status).toBe(204);
    expect(await patch(path, 201, 'z')).toMatchObject(refusal(409, 'not-in-this-state'));
  });
});

test('bytes that nobody wants keep their connection from no later request', async () => {
  const path = await made();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const once = (method: string, headers: Record<string, string>, body: string) =>
    new Promise<number>((resolve, reject) => {
      const said = { who: 'ann', 'tus-resumable': '1.0.0', ...headers };
      const request = http.request(server.origin + path, { method, agent, headers: said });
      request.once('error', reject);
      request.once('response', (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0)));
      request.end(body);
    });
  const type = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
  expect(await once('PATCH', type, 'x'.repeat(3_000_000))).toBe(413);
  expect(await once('HEAD', {}, '')).toBe(200);
  agent.destroy();
});

describe('takes nothing more', () => {
  test('when it is interrupted between the answer that it may and its first byte', async () => {
    const path = await made({ 'upload-length': '400' });
    afterWriteIsAllowed = (id) => server.files.interrupt(id);
    for (const same of [path, `${uploadsPath}/${idOf(path).toUpperCase()}`])
      expect((await patch(same, 0, 'x'.repeat(100))).headers.get('upload-offset')).toBe('0');
    expect(await contentOf(path)).toBe('');
  });

  test('of a part that takes too long: the rest is asked about anew', async () => {
    const path = await made({ 'upload-length': '400' });
    const endless = hang(path, 0, 'x');
    await expect.poll(async () => (await contentOf(path)).length).toBe(1);
    expect(await endless.status).toBe(204);
    expect(received).toEqual([1]);
  });
});

describe('is refused', () => {
  test('to nobody, and to somebody else with the same bytes as what is missing', async () => {
    const path = await made();
    expect(await create({ who: 'eve' })).toMatchObject(refusal(401, 'not-signed-in'));
    const missing = `${uploadsPath}/${randomUUID()}`;
    for (const at of [path, missing, `${uploadsPath}/x`]) {
      expect(await patch(at, 0, 'hello', { who: 'bob' })).toMatchObject(refusal(404, 'not-found'));
      expect(await ask('DELETE', at, { who: 'bob' })).toMatchObject(refusal(404, 'not-found'));
      expect((await ask('HEAD', at, { who: 'bob' })).status).toBe(404);
    }
    expect(await contentOf(path)).toBe('');
  });

  test('where its purpose refuses, and leaves nothing', async () => {
    may.create = refused('not-joined');
    expect(await create()).toMatchObject(refusal(409, 'not-joined'));
    expect(await leftOvers()).toEqual(nothing);
    may.create = accepted(null);
    const path = await made();
    may.write = refused('not-found');
    expect(await patch(path, 0, 'hello')).toMatchObject(refusal(404, 'not-found'));
    expect(await ask('DELETE', path)).toMatchObject(refusal(404, 'not-found'));
  });

  test.each([
    ['no metadata', { 'upload-metadata': '' }, 'Upload-Metadata'],
    ['no base64', { 'upload-metadata': 'purpose a-b' }, 'Upload-Metadata'],
    [
      'an unknown purpose',
      { 'upload-metadata': metadata({ purpose: 'constructor', sessionId: 'x' }) },
      'Upload-Metadata',
    ],
    ['a part missing', { 'upload-metadata': metadata({ purpose: 'note', level: 'low' }) }, 'Upload-Metadata'],
    ['a length that is none', { 'upload-length': '-1' }, 'Upload-Length'],
    ['two lengths', { 'upload-defer-length': '1' }, 'Upload-Length'],
    ['another protocol', { 'tus-resumable': '0.2.2' }, 'Tus-Resumable'],
  ])('with %s', async (_what, headers, field) => {
    expect(await create(headers)).toMatchObject(refusal(400, 'malformed', field));
    expect(await leftOvers()).toEqual(nothing);
  });

  test('past the agreed size, at the start, in a part, and when the length is said', async () => {
    expect(await create({ 'upload-length': '1001' })).toMatchObject(refusal(413, 'too-large'));
    const path = await made();
    expect(await patch(path, 0, 'x'.repeat(11))).toMatchObject(refusal(413, 'too-large'));
    const response = await ask('POST', uploadsPath, { 'upload-defer-length': '1', 'upload-metadata': good() });
    const deferred = response.headers.get('location') ?? '';
    expect(await patch(deferred, 0, 'x', { 'upload-length': '1001' })).toMatchObject(refusal(413, 'too-large'));
    for (const offset of [0, 400, 800]) await patch(deferred, offset, 'x'.repeat(offset === 800 ? 150 : 400));
    expect(await patch(deferred, 950, 'x'.repeat(100))).toMatchObject(refusal(413, 'too-large'));
    expect((await contentOf(deferred)).length).toBeLessThanOrEqual(1000);
  });

  test('more at once than may be: the rest comes with the next part', async () => {
    const path = await made({ 'upload-length': '1000' });
    expect((await patch(path, 0, 'x'.repeat(600))).headers.get('upload-offset')).toBe('400');
    expect((await patch(path, 400, 'x'.repeat(200))).headers.get('upload-offset')).toBe('600');
  });

  test('at a wrong offset, of another type, and nothing is written', async () => {
    const path = await made();
    expect(await patch(path, 3, 'hello')).toMatchObject(refusal(409, 'not-in-this-state'));
    expect((await patch(path, 0, 'hello', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await patch(path, 0, 'hello', { 'upload-offset': 'x' })).status).toBe(400);
    expect(await contentOf(path)).toBe('');
  });
});

test('1,000 at once: as many as may be, the others refused with a reason, nothing half made', async () => {
  const answers = await Promise.all(Array.from({ length: 1000 }, () => create()));
  const good = answers.filter(({ status }) => status === 201);
  const other = new Set(answers.filter(({ status }) => status !== 201).map(({ status, text }) => `${status} ${text}`));
  expect(good).toHaveLength(fileLimits.uploadsUnderWay);
  expect([...other]).toEqual(['429 {"error":{"code":"too-many"}}']);
  const ids = good.map(({ headers }) => idOf(headers.get('location') ?? '')).toSorted();
  const left = await leftOvers();
  expect([left.files.toSorted(), left.rows.toSorted()]).toEqual([ids, ids]);
  expect((await create({ who: 'bob' })).status).toBe(201);
  server.now = new Date(server.now.getTime() + fileLimits.uploadIdleMs + 1);
  expect((await create()).status).toBe(201);
}, 60_000);

test('left-overs are found and removed; what is needed or goes on stays', async () => {
  const folder = server.uploads;
  const sweeping = openUploadStore(server.parts, folder);
  const purposes = createPurposes();
  purposes.take(purpose());
  const sweep = () => sweepUploads(server.parts, sweeping, purposes);
  const [forgotten, withoutFile, goesOn] = [await made(), await made(), await made()];
  const withoutRow = UploadId.parse(randomUUID());
  await writeFile(join(folder, withoutRow), 'x');
  await rm(join(folder, idOf(withoutFile)));
  await sweep();
  expect((await leftOvers()).files).not.toContain(withoutRow);
  expect((await leftOvers()).rows).toHaveLength(3);
  server.now = new Date(server.now.getTime() + fileLimits.uploadPatienceMs + 1);
  await patch(goesOn, 0, 'hello');
  may.isNeeded = true;
  await sweep();
  expect((await leftOvers()).rows.toSorted()).toEqual([idOf(forgotten), idOf(goesOn)].toSorted());
  may.isNeeded = false;
  await sweep();
  expect(await leftOvers()).toEqual({ files: [idOf(goesOn)], rows: [idOf(goesOn)] });
});

test('a session that is gone takes its uploads with it', async () => {
  const own = await bareSession(store.database);
  await made({ 'upload-metadata': metadata({ purpose: 'note', sessionId: own, level: 'x' }) });
  await store.database.delete(session).where(eq(session.id, own));
  expect((await leftOvers()).rows).toEqual([]);
});
