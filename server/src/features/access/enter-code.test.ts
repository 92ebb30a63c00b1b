import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Code, createCode, enterCode, openCode, readMe } from '#contract/access/http.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import type { Database } from '../../database/pool.ts';
import { type AccessServer, type Browser, openAccessServer, uuid } from './testing.ts';
import type { Limits } from './throttle.ts';

let database: Database;
let drop: () => Promise<void>;
let server: AccessServer;
let code: Code;
beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
});
afterAll(() => drop());
afterEach(() => server.close());

let admin: Browser;
async function open(limits: Partial<Limits> = {}): Promise<Browser> {
  server = await openAccessServer(database, limits);
  admin = (await server.setUp()).browser;
  code = (await admin.ask(createCode, { body: { requestId: uuid(), name: 'Press 4' } })).reply;
  return server.browser();
}
const byLink = () => ({ link: code.link.split('/').at(-1) ?? '' });
const byHand = () => ({ shortCode: code.shortCode });
const nobodysCode = { shortCode: '22222222' };
const entering = (key: object, displayName = 'Max') => ({ requestId: uuid(), key, displayName });

describe('a customer', () => {
  it('opens the link, gives a name once, and is remembered by an http-only cookie', async () => {
    const customer = await open();
    const unknown = (await customer.ask(openCode, { body: byLink() })).reply;
    expect(unknown).toEqual({
      organization: { name: 'Mill & Co' },
      code: { id: code.id, name: 'Press 4', linkPath: new URL(code.link).pathname },
      displayName: null,
      entered: false,
    });
    expect(customer.cookies.size).toBe(0);
    const answer = await customer.ask(enterCode, { body: entering(byLink(), ' Max ') });
    expect(answer.reply).toEqual({ deviceId: expect.any(String), codeId: code.id, displayName: 'Max' });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^sg_device=[A-Za-z0-9_-]{43}; /);
    expect(cookie).toMatch(/; Path=\/;.*HttpOnly.*SameSite=Lax/);
    expect(cookie).not.toMatch(/Secure|Domain/);
    const opened = (await customer.ask(openCode, { body: byLink() })).reply;
    expect(opened).toEqual({ ...unknown, displayName: 'Max', entered: true });
    const kept = JSON.stringify((await database.execute('select * from device_token')).rows);
    expect(kept).not.toContain(customer.cookies.get('sg_device'));
  });

  it('on https gets a Secure cookie that only this origin can set, beside the one of plain http', async () => {
    const customer = await open();
    const first = (await customer.ask(enterCode, { body: entering(byLink()) })).reply;
    const headers = { 'x-forwarded-proto': 'https' };
    const other = server.browser();
    const answer = await other.ask(enterCode, { body: entering(byLink()), headers });
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-sg_device=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(answer.reply.deviceId).not.toBe(first.deviceId);
    other.cookies.set('sg_device', customer.cookies.get('sg_device') ?? '');
    const actor = await server.access.actorOf(Object.fromEntries(other.cookies), 'code');
    expect(actor).toMatchObject({ deviceId: answer.reply.deviceId });
  });

  it('types the short code in whatever way', async () => {
    const customer = await open();
    const typed = `${code.shortCode.slice(0, 4)}-${code.shortCode.slice(4)} `.toLowerCase();
    const { reply } = await customer.ask(openCode, { body: { shortCode: typed } });
    expect(reply.code.linkPath).toBe(new URL(code.link).pathname);
    expect((await customer.ask(enterCode, { body: entering({ shortCode: typed }) })).status).toBe(200);
  });

  it('uses several codes on one device under one name, which can be changed', async () => {
    const customer = await open();
    const first = (await customer.ask(enterCode, { body: entering(byLink()) })).reply;
    code = (await admin.ask(createCode, { body: { requestId: uuid(), name: 'Saw' } })).reply;
    expect((await customer.ask(openCode, { body: byLink() })).reply).toMatchObject({
      displayName: 'Max',
      entered: false,
    });
    const second = (await customer.ask(enterCode, { body: entering(byLink(), 'Moritz') })).reply;
    expect(second.deviceId).toBe(first.deviceId);
    const actor = await server.access.actorOf(Object.fromEntries(customer.cookies), 'code');
    expect(actor).toMatchObject({ kind: 'codeUser', name: 'Moritz' });
    expect(actor.kind === 'codeUser' && new Set(actor.codeIds)).toEqual(new Set([first.codeId, second.codeId]));
  });

  it('is nobody at the desk, and a member beside it is both', async () => {
    const customer = await open();
    await customer.ask(enterCode, { body: entering(byLink()) });
    expect((await customer.ask(readMe)).refusal).toEqual({ code: 'not-signed-in' });
    await admin.ask(enterCode, { body: entering(byLink(), 'Ada outside') });
    const cookies = Object.fromEntries(admin.cookies);
    expect(await server.access.actorOf(cookies, undefined)).toMatchObject({ kind: 'member', name: 'Ada' });
    expect(await server.access.actorOf(cookies, 'code')).toMatchObject({ kind: 'codeUser', name: 'Ada outside' });
    expect(await server.access.actorOf(cookies, ['x', 'code'])).toMatchObject({ kind: 'codeUser' });
    expect((await admin.ask(readMe, { headers: { 'sightglass-as': 'code' } })).status).toBe(401);
    expect(await server.access.actorOf({}, 'code')).toEqual({ kind: 'nobody' });
  });

  it('is forgotten after 400 days away, and not before', async () => {
    const customer = await open();
    await customer.ask(enterCode, { body: entering(byLink()) });
    server.now = new Date('2027-12-20T10:00:00.000Z');
    expect((await customer.ask(openCode, { body: byLink() })).reply.entered).toBe(true);
    server.now = new Date('2028-12-20T10:00:00.000Z');
    expect((await customer.ask(openCode, { body: byLink() })).reply.entered).toBe(true);
    server.now = new Date('2030-02-20T10:00:00.000Z');
    expect((await customer.ask(openCode, { body: byLink() })).reply).toMatchObject({
      entered: false,
      displayName: null,
    });
  });
});

describe('entering again', () => {
  it('with the same request from a new browser whose answer was lost is the same device', async () => {
    await open();
    const body = entering(byLink());
    const browsers = [server.browser(), server.browser(), server.browser()];
    const answers = await Promise.all(browsers.map((browser) => browser.ask(enterCode, { body })));
    expect(new Set(answers.map(({ raw }) => raw)).size).toBe(1);
    for (const browser of browsers) {
      expect((await browser.ask(openCode, { body: byLink() })).reply.entered).toBe(true);
    }
    expect((await database.execute('select id from device')).rows).toHaveLength(1);
  });

  it('with the same request from a known device changes nothing more', async () => {
    const customer = await open();
    await customer.ask(enterCode, { body: entering(byLink()) });
    const body = entering(byLink(), 'Moritz');
    const first = await customer.ask(enterCode, { body });
    await customer.ask(enterCode, { body: entering(byLink(), 'Michel') });
    expect((await customer.ask(enterCode, { body })).raw).toBe(first.raw);
    expect((await customer.ask(openCode, { body: byLink() })).reply.displayName).toBe('Michel');
  });

  it('with somebody else’s request id gives nothing away', async () => {
    await open();
    const body = entering(byLink());
    await server.browser().ask(enterCode, { body });
    code = (await admin.ask(createCode, { body: { requestId: uuid(), name: 'Saw' } })).reply;
    const stranger = server.browser();
    const answer = await stranger.ask(enterCode, { body: { ...body, key: byLink() } });
    expect(answer.refusal).toEqual({ code: 'request-id-reused', field: 'requestId' });
    expect(stranger.cookies.size).toBe(0);
  });
});

describe('guessing', () => {
  const guess = async (browser: Browser, address?: string) =>
    (await browser.ask(openCode, { body: nobodysCode, ...(address === undefined ? {} : { address }) })).refusal?.code;

  it('short codes is stopped by address', async () => {
    const customer = await open({ shortCodeAddress: { points: 3, seconds: 60 } });
    const codes = [];
    for (let n = 0; n < 4; n += 1) codes.push(await guess(customer));
    expect(codes).toEqual(['not-found', 'not-found', 'not-found', 'too-many']);
    const stopped = await customer.ask(enterCode, { body: entering(byHand()) });
    expect(stopped.refusal).toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
    expect(await guess(customer, '192.0.2.99')).toBe('not-found');
    expect((await customer.ask(openCode, { body: byLink() })).status).toBe(200);
  });

  it('short codes is stopped by device, wherever it is', async () => {
    const customer = await open({ shortCodeDevice: { points: 2, seconds: 60 } });
    await customer.ask(enterCode, { body: entering(byLink()) });
    const codes = [];
    for (let n = 0; n < 3; n += 1) codes.push(await guess(customer, `203.0.113.${n}`));
    expect(codes).toEqual(['not-found', 'not-found', 'too-many']);
  });

  it('short codes from everywhere is stopped, but not for devices that were here before', async () => {
    const customer = await open({ shortCodeEverybody: { points: 3, seconds: 60 } });
    await customer.ask(enterCode, { body: entering(byLink()) });
    const codes = [];
    for (let n = 0; n < 4; n += 1) codes.push(await guess(server.browser(), `203.0.113.${n}`));
    expect(codes).toEqual(['not-found', 'not-found', 'not-found', 'too-many']);
    expect((await customer.ask(openCode, { body: byHand() })).status).toBe(200);
  });

  it('does not count those who type it right', async () => {
    const customer = await open({ shortCodeAddress: { points: 2, seconds: 60 } });
    for (let n = 0; n < 5; n += 1) expect((await customer.ask(openCode, { body: byHand() })).status).toBe(200);
  });

  it('links gets one answer', async () => {
    const customer = await open();
    const answer = await customer.ask(openCode, { body: { link: 'A'.repeat(43) } });
    expect(answer.raw).toBe('{"error":{"code":"not-found"}}');
    expect((await customer.ask(enterCode, { body: entering({ link: 'A'.repeat(43) }) })).raw).toBe(answer.raw);
  });

  it('cannot fill the database with devices', async () => {
    await open({ newDevices: { points: 2, seconds: 60 } });
    const codes = [];
    for (let n = 0; n < 3; n += 1) {
      codes.push((await server.browser().ask(enterCode, { body: entering(byLink()) })).status);
    }
    expect(codes).toEqual([200, 200, 429]);
  });

  it.each([
    {},
    { link: 'short' },
    { shortCode: 'ABCDEFG0' },
    { link: ['x'.repeat(30)] },
    { link: `${'x'.repeat(30)}' or 1=1` },
    null,
    'x',
  ])('with the malformed key %j is refused', async (key) => {
    const customer = await open();
    expect((await customer.ask(openCode, { body: key })).refusal?.code).toBe('malformed');
    const entered = await customer.ask(enterCode, { body: { requestId: uuid(), key, displayName: 'Max' } });
    expect(entered.refusal?.code).toBe('malformed');
  });
});
