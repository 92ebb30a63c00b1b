import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ErrorCode, errors } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import { asBytes, hideAll } from './access-hiding.ts';
import { fresh, type Row, type Wish } from './access-row.ts';
import { type ActorName, actors, makeWorld, type World } from './access-world.ts';
import { closeWithoutFaults } from './harness/case.ts';
import type { Answer } from './harness/client.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

export const nameOf = (route: Route) => `${route.method} ${route.path}`;
const NOT_FOUND = '{"error":{"code":"not-found"}}';

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

/** It names one session, or something in one. */
const isAboutOne = ({ route }: Row) => /:(sessionId|recordingId)/.test(route.path);

/** A4: each row that is about a session, as each actor, after that session was hidden; as if there were none for code users. */
export function tryHiddenRows(rows: readonly Row[]): void {
  let server: TestServer;
  let world: World;
  beforeAll(async () => {
    server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
    world = await makeWorld(server.origin, await server.setupPath());
  });
  afterAll(() => closeWithoutFaults(server));

  const about = rows.filter(isAboutOne).map((row) => ({ label: labelOf(row), row }));
  describe.each(about)('of a hidden session: $label', ({ row }) => {
    test.each(actors)('as %s', async (actor) => {
      const wish = await row.wish(world, actor);
      await hideAll(server, world);
      const client = wish.client ?? world.people[actor].copy();
      const answer = await client.ask(row.route, wish);
      const isCustomer = !['nobody', 'revoked', 'expert', 'coAdmin', 'admin'].includes(actor);
      expect(saidOf(answer)).toEqual(isCustomer ? { status: 404, code: 'not-found' } : expectedOf(row, actor));
      if (!isCustomer) return;
      const { params = {} } = elsewhere({ ...row, missing: undefined }, wish);
      const other = await client.ask(row.route, { ...wish, params, body: { ...wish.body, ...fresh() } });
      expect(asBytes(answer)).toEqual(asBytes(other));
    });
  });
}

/** Tries each row as each actor, in a server and a world of its own; several files do so at once. */
export function tryRows(rows: readonly Row[]): { server(): TestServer } {
  let server: TestServer;
  let world: World;
  beforeAll(async () => {
    server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
    world = await makeWorld(server.origin, await server.setupPath());
  });
  afterAll(() => closeWithoutFaults(server));

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
  return { server: () => server };
}
