import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  codePicturePaths,
  createCode,
  enterCode,
  listCodes,
  openCode,
  readCode,
  rotateCode,
  updateCode,
} from '#contract/access/http.ts';
import { CodeId } from '#contract/ids.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import type { Database } from '../../database/pool.ts';
import { type AccessServer, type Browser, openAccessServer, uuid } from './testing.ts';

let database: Database;
let drop: () => Promise<void>;
let server: AccessServer;
let admin: Browser;
beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
});
afterAll(() => drop());
beforeEach(async () => {
  server = await openAccessServer(database);
  admin = (await server.setUp()).browser;
  return () => server.close();
});

const create = async (name = 'Press 4') => (await admin.ask(createCode, { body: { requestId: uuid(), name } })).reply;
const linkIn = (link: string) => ({ link: link.split('/').at(-1) ?? '' });
const enter = (browser: Browser, key: object, displayName = 'Max') =>
  browser.ask(enterCode, { body: { requestId: uuid(), key, displayName } });

describe('codes', () => {
  it('have a link for phones with 256 random bits and a short code', async () => {
    const code = await create();
    expect(code).toMatchObject({ name: 'Press 4', enabled: true, openTickets: 0 });
    expect(code.link).toMatch(/^https:\/\/192\.0\.2\.1:8443\/c\/[A-Za-z0-9_-]{43}$/);
    expect(code.shortCode).toMatch(/^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{8}$/);
    expect((await admin.ask(readCode, { params: { codeId: code.id } })).reply).toEqual(code);
    const other = await create('Press 5');
    expect(new Set([code.link, other.link, code.shortCode, other.shortCode]).size).toBe(4);
  });

  it('are made once by a repeated request, also at the same time', async () => {
    const body = { requestId: uuid(), name: 'Press 4' };
    const both = await Promise.all([admin.ask(createCode, { body }), admin.ask(createCode, { body })]);
    expect(both[0]?.reply).toEqual(both[1]?.reply);
    expect((await admin.ask(listCodes)).reply.codes).toHaveLength(1);
    const kept = JSON.stringify((await database.execute('select * from request')).rows);
    expect(kept).not.toContain(linkIn(both[0]?.reply.link ?? '').link);
  });

  it('are found by name and short code, where % and _ are letters like others', async () => {
    const press = await create('Press 4 (100 %)');
    await create('Saw_1');
    const search = async (text: string) =>
      (await admin.ask(listCodes, { query: { search: text } })).reply.codes.map(({ name }) => name);
    expect(await search('')).toEqual(['Press 4 (100 %)', 'Saw_1']);
    expect(await search('press')).toEqual(['Press 4 (100 %)']);
    expect(await search('%')).toEqual(['Press 4 (100 %)']);
    expect(await search('_')).toEqual(['Saw_1']);
    expect(await search('\\')).toEqual([]);
    const typed = press.shortCode.toLowerCase();
    expect(await search(`${typed.slice(0, 4)}-${typed.slice(4)}`)).toEqual(['Press 4 (100 %)']);
    expect((await admin.ask(listCodes, { query: { search: 'x'.repeat(201) } })).status).toBe(400);
  });

  it('are renamed', async () => {
    const code = await create();
    const params = { codeId: code.id };
    const { reply } = await admin.ask(updateCode, { params, body: { requestId: uuid(), name: 'Press 5' } });
    expect(reply).toEqual({ ...code, name: 'Press 5' });
    expect((await admin.ask(updateCode, { params, body: { requestId: uuid() } })).reply).toEqual(reply);
    expect(server.disconnected).toEqual([]);
  });

  it('count the open tickets that the feature above counts', async () => {
    const code = await create();
    server.access.countOpenTicketsBy(async () => new Map([[CodeId.parse(code.id), 3]]));
    expect((await admin.ask(listCodes)).reply.codes[0]?.openTickets).toBe(3);
  });

  it('that do not exist are not found', async () => {
    for (const codeId of [uuid(), 'x']) {
      const body = { requestId: uuid() };
      for (const answer of [
        await admin.ask(readCode, { params: { codeId } }),
        await admin.ask(updateCode, { params: { codeId }, body }),
        await admin.ask(rotateCode, { params: { codeId }, body: { requestId: uuid() } }),
      ]) {
        expect(answer.raw).toBe('{"error":{"code":"not-found"}}');
      }
    }
  });
});

describe('a code that is switched off', () => {
  it('is like none, at once, and its users come back when it is switched on', async () => {
    const code = await create();
    const params = { codeId: code.id };
    const customer = server.browser();
    const { deviceId } = (await enter(customer, linkIn(code.link))).reply;
    await admin.ask(updateCode, { params, body: { requestId: uuid(), enabled: false } });
    expect(server.disconnected).toEqual([`code:${code.id}`, `device:${deviceId}`]);
    const asked = await customer.ask(openCode, { body: linkIn(code.link) });
    expect(asked.raw).toBe('{"error":{"code":"not-found"}}');
    expect((await customer.ask(openCode, { body: { shortCode: code.shortCode } })).raw).toBe(asked.raw);
    expect((await enter(customer, linkIn(code.link))).raw).toBe(asked.raw);
    expect(await server.access.actorOf(Object.fromEntries(customer.cookies), 'code')).toMatchObject({ codeIds: [] });

    await admin.ask(updateCode, { params, body: { requestId: uuid(), enabled: true } });
    expect((await customer.ask(openCode, { body: linkIn(code.link) })).reply.entered).toBe(true);
    expect(await server.access.actorOf(Object.fromEntries(customer.cookies), undefined)).toEqual({
      kind: 'codeUser',
      deviceId,
      name: 'Max',
      codeIds: [code.id],
    });
  });
});

describe('a rotated code', () => {
  it('has a new link and short code, and shuts out who had the old ones', async () => {
    const code = await create();
    const params = { codeId: code.id };
    const customer = server.browser();
    const { deviceId } = (await enter(customer, linkIn(code.link))).reply;
    const body = { requestId: uuid() };
    const rotated = (await admin.ask(rotateCode, { params, body })).reply;
    expect(rotated).toEqual({ ...code, link: rotated.link, shortCode: rotated.shortCode });
    expect(rotated.link).not.toBe(code.link);
    expect(rotated.shortCode).not.toBe(code.shortCode);
    expect(server.disconnected).toEqual([`code:${code.id}`, `device:${deviceId}`]);
    for (const key of [linkIn(code.link), { shortCode: code.shortCode }]) {
      expect((await customer.ask(openCode, { body: key })).refusal).toEqual({ code: 'not-found' });
    }
    expect(await server.access.actorOf(Object.fromEntries(customer.cookies), 'code')).toMatchObject({ codeIds: [] });
    expect((await admin.ask(rotateCode, { params, body })).reply).toEqual(rotated);

    const opened = (await customer.ask(openCode, { body: linkIn(rotated.link) })).reply;
    expect(opened).toMatchObject({ displayName: 'Max', entered: false });
    expect((await enter(customer, linkIn(rotated.link))).reply.deviceId).toBe(deviceId);
    expect((await customer.ask(openCode, { body: linkIn(rotated.link) })).reply.entered).toBe(true);
  });
});

describe('the QR code', () => {
  const ask = (browser: Browser, codeId: string, kind: 'png' | 'svg') =>
    server.app.inject({
      url: codePicturePaths[kind].replace(':codeId', codeId),
      cookies: Object.fromEntries(browser.cookies),
    });

  it('is a picture to print', async () => {
    const code = await create();
    const png = await ask(admin, code.id, 'png');
    expect(png.headers['content-type']).toBe('image/png');
    expect(png.headers['cache-control']).toBe('no-store');
    expect(png.rawPayload.subarray(1, 4).toString()).toBe('PNG');
    expect(png.rawPayload.readUInt32BE(16)).toBe(1024);
    const svg = await ask(admin, code.id, 'svg');
    expect(svg.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(svg.payload).toMatch(/^<svg /);
  });

  it('is for members only', async () => {
    const code = await create();
    const customer = server.browser();
    await enter(customer, linkIn(code.link));
    expect((await ask(customer, code.id, 'png')).statusCode).toBe(404);
    expect((await ask(server.browser(), code.id, 'svg')).statusCode).toBe(401);
    expect((await ask(admin, uuid(), 'svg')).statusCode).toBe(404);
    expect((await ask(admin, 'x', 'png')).statusCode).toBe(404);
  });
});
