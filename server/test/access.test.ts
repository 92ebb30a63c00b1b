import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import * as policies from '#contract/access/policies.ts';
import * as annotation from '#contract/annotation/http.ts';
import * as call from '#contract/call/http.ts';
import { type ErrorCode, errors } from '#contract/errors.ts';
import * as files from '#contract/file/http.ts';
import { uploadsPath } from '#contract/file/upload.ts';
import * as recordings from '#contract/recording/http.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import type { Row, Wish } from './access-row.ts';
import { rows } from './access-table.ts';
import { type ActorName, actors, makeWorld, type World } from './access-world.ts';
import type { Answer } from './harness/client.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  world = await makeWorld(server.origin, await server.setupPath());
});
afterAll(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const isRoute = (thing: unknown): thing is Route =>
  typeof thing === 'object' && thing !== null && 'method' in thing && 'path' in thing && 'reply' in thing;
const nameOf = (route: Route) => `${route.method} ${route.path}`;
const NOT_FOUND = '{"error":{"code":"not-found"}}';

test('the table has every route of the contract', () => {
  const routes = [access, policies, tickets, sessions, call, annotation, files, recordings]
    .flatMap((module) => Object.values<unknown>(module))
    .filter(isRoute);
  const tried = new Set(rows.map(({ route }) => nameOf(route)));
  expect(routes.map(nameOf).filter((name) => !tried.has(name))).toEqual([]);
  expect(routes.length).toBeGreaterThan(30);
});

test('the server has no route under /api that the contract does not have', () => {
  // Files: access-socket.test.ts and pictures.test.ts ask for them as everybody.
  const codePictures = Object.values(access.codePicturePaths).map((path) => `GET ${path}`);
  const pictures = ['GET', 'PUT', 'DELETE'].map((method) => `${method} ${annotation.picturePath}`);
  // Uploads: features/file/uploads.test.ts; files of recordings: recording-files.test.ts.
  const uploads = [`POST ${uploadsPath}`, `PATCH ${uploadsPath}/:uploadId`, `DELETE ${uploadsPath}/:uploadId`];
  // screenshots-access.test.ts
  const screenshots = [`GET ${files.screenshotFilePath}`, `GET ${files.screenshotsArchivePath}`];
  const fileRoutes = [...codePictures, ...pictures, ...uploads, ...screenshots, `GET ${recordings.recordingFilePath}`];
  const known = new Set([...rows.map(({ route }) => nameOf(route)), ...fileRoutes]);
  const served = server.routes().filter((name) => name.includes('/api/') && !name.startsWith('HEAD '));
  expect(served.filter((name) => !known.has(name))).toEqual([]);
  expect(served.length).toBeGreaterThanOrEqual(known.size);
});

const words: Readonly<Record<string, ErrorCode>> = { login: 'not-signed-in', no: 'not-allowed', none: 'not-found' };
const isCode = (word: string): word is ErrorCode => Object.hasOwn(errors, word);

/** What the table says, in the words of the answer. */
function expectedOf(row: Row, actor: ActorName): { status: number; code?: ErrorCode } {
  const columns = row.answers.split(' ');
  if (columns.length !== actors.length) throw new Error(`${nameOf(row.route)} does not name all actors`);
  const word = columns[actors.indexOf(actor)] ?? '';
  if (word === 'ok') return { status: 200 };
  const code = words[word] ?? word;
  if (!isCode(code)) throw new Error(`${word} is no answer`);
  return { status: errors[code].status, code };
}

/** What was said, in the words of the table. */
function saidOf({ status, json }: Answer): { status: number; code?: unknown } {
  if (status === 200) return { status };
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : undefined;
  return { status, code: typeof error === 'object' && error !== null && 'code' in error ? error.code : json };
}

/** The same address with ids and secrets that nothing has. */
function elsewhere(row: Row, wish: Wish): Wish {
  if (typeof row.missing === 'function') return row.missing(wish);
  const unknown = (name: string) => (name === 'secret' ? randomBytes(32).toString('base64url') : randomUUID());
  const params = Object.fromEntries(Object.keys(wish.params ?? {}).map((name) => [name, unknown(name)]));
  return { ...wish, params };
}

const labelOf = ({ route, when }: Row) => (when === undefined ? nameOf(route) : `${nameOf(route)} (${when})`);

describe.each(rows.map((row) => ({ label: labelOf(row), row })))('$label', ({ row }) => {
  test.each(actors)('as %s', async (actor) => {
    const wish = await row.wish(world, actor);
    const client = wish.client ?? world.people[actor].copy();
    const answer = await client.ask(row.route, wish);
    const expected = expectedOf(row, actor);
    expect(saidOf(answer)).toEqual(expected);
    if (expected.code === 'not-found') expect(answer.text).toBe(NOT_FOUND);
    if (row.missing === 'nothing is named') return;

    const spare = await row.wish(world, actor);
    const other = await (spare.client ?? world.people[actor].copy()).ask(row.route, elsewhere(row, spare));
    const said = { status: other.status, text: other.text };
    // To whoever may see the one, the other is not there. Everybody else reads the same about both, byte by byte; who is
    // refused a deed on what they see may read that the other is not there.
    const same = { status: answer.status, text: answer.text };
    const notThere = { status: 404, text: NOT_FOUND };
    if (expected.code === 'not-allowed') expect([same, notThere]).toContainEqual(said);
    else expect(said).toEqual(expected.code === 'not-signed-in' ? same : notThere);
  });
});
