import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readMe, setUp, setupState } from '#contract/access/http.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import type { Database } from '../../database/pool.ts';
import { type AccessServer, openAccessServer, password, secretOf, uuid } from './testing.ts';

let database: Database;
let drop: () => Promise<void>;
let server: AccessServer;
beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
});
afterAll(() => drop());
beforeEach(async () => {
  server = await openAccessServer(database);
  return () => server.close();
});

const founding = () => ({
  requestId: uuid(),
  organization: 'Mill & Co',
  name: 'Ada',
  email: ' Ada@Example.org ',
  password,
});

describe('set-up', () => {
  it('makes the organization and signs its administrator in', async () => {
    const params = { secret: await secretOf(server.access) };
    const browser = server.browser();
    expect((await browser.ask(setupState, { params })).reply).toEqual({ open: true });
    const { reply } = await browser.ask(setUp, { params, body: founding() });
    expect(reply).toEqual({
      member: { id: expect.any(String), name: 'Ada', email: 'ada@example.org', role: 'admin' },
      organization: { name: 'Mill & Co' },
    });
    expect((await browser.ask(readMe)).reply).toEqual(reply);
    expect(await server.access.setupPath()).toBeNull();
    expect((await browser.ask(setupState, { params })).refusal?.code).toBe('already-set-up');
  });

  it('needs the secret of the link', async () => {
    const params = { secret: 'A'.repeat(43) };
    const browser = server.browser();
    expect((await browser.ask(setupState, { params })).refusal).toEqual({ code: 'not-found' });
    expect((await browser.ask(setUp, { params, body: founding() })).refusal).toEqual({ code: 'not-found' });
    expect((await browser.ask(setUp, { params: { secret: '../x' }, body: founding() })).status).toBe(404);
    expect(browser.cookies.size).toBe(0);
    expect(await server.access.setupPath()).not.toBeNull();
  });

  it('lets one of two at the same time through', async () => {
    const params = { secret: await secretOf(server.access) };
    const both = await Promise.all(
      ['one', 'two', 'three'].map((name) =>
        server.browser().ask(setUp, { params, body: { ...founding(), name, email: `${name}@example.org` } }),
      ),
    );
    expect(both.map(({ refusal }) => refusal?.code ?? 'done').sort()).toEqual([
      'already-set-up',
      'already-set-up',
      'done',
    ]);
  });

  it('answers a repeat of the same request with a new login, also at the same time', async () => {
    const params = { secret: await secretOf(server.access) };
    const body = founding();
    const browsers = [server.browser(), server.browser(), server.browser()];
    const both = await Promise.all(browsers.map((browser) => browser.ask(setUp, { params, body })));
    expect(new Set(both.map(({ reply }) => reply.member.id)).size).toBe(1);
    for (const browser of browsers) expect((await browser.ask(readMe)).status).toBe(200);
    const other = { ...body, password: 'something else entirely' };
    expect((await server.browser().ask(setUp, { params, body: other })).refusal?.code).toBe('already-set-up');
    const later = { ...body, requestId: uuid() };
    expect((await server.browser().ask(setUp, { params, body: later })).refusal?.code).toBe('already-set-up');
  });

  it.each([
    ['organization', ' '],
    ['organization', 'x'.repeat(81)],
    ['name', 'two\nlines'],
    ['email', 'nobody'],
    ['password', 'short'],
    ['password', 'x'.repeat(201)],
    ['requestId', 'x'],
    ['name', 7],
    ['name', 'nul\u0000'],
  ])('refuses a malformed %s', async (field, value) => {
    const params = { secret: await secretOf(server.access) };
    const answer = await server.browser().ask(setUp, { params, body: { ...founding(), [field]: value } });
    expect(answer.status).toBe(400);
    expect(answer.refusal).toEqual({ code: 'malformed', field });
  });
});
