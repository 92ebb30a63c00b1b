import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listLogins, readMe, revokeLogin, signIn, signOut, updateMe, updateMember } from '#contract/access/http.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import type { Database } from '../../database/pool.ts';
import { type AccessServer, type Browser, openAccessServer, password, uuid } from './testing.ts';
import type { Limits } from './throttle.ts';

let database: Database;
let drop: () => Promise<void>;
let server: AccessServer;
beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
  return () => drop();
});
afterAll(() => server.close());

async function open(limits: Partial<Limits> = {}): Promise<Browser> {
  server = await openAccessServer(database, limits);
  return (await server.setUp()).browser;
}
const right = { email: 'ADA@example.org', password };
const wrong = { email: 'ada@example.org', password: 'not this one' };

describe('sign-in', () => {
  it('takes the e-mail address in any case and leaves an http-only cookie', async () => {
    await open();
    const browser = server.browser();
    const answer = await browser.ask(signIn, { body: right });
    expect(answer.reply.member.name).toBe('Ada');
    expect(answer.headers['set-cookie']).toMatch(
      /^sg_login=[\w-]{43}; Path=\/; Expires=Sun, 20 Dec 2026 10:00:00 GMT; HttpOnly; SameSite=Lax$/,
    );
    expect((await browser.ask(readMe)).status).toBe(200);
    const kept = await database.execute('select token_hash from login');
    expect(JSON.stringify(kept.rows)).not.toContain(browser.cookies.get('sg_login'));
  });

  it('tells nobody whether an account exists', async () => {
    const admin = await open();
    const { me } = await server.addMember(admin, 'Off', 'expert');
    await admin.ask(updateMember, { params: { memberId: me.member.id }, body: { requestId: uuid(), active: false } });
    const answers = [];
    for (const body of [wrong, { ...wrong, email: 'nobody@example.org' }, { email: 'off@example.org', password }]) {
      answers.push(await server.browser().ask(signIn, { body }));
    }
    for (const { status, raw, headers } of answers) {
      expect({ status, raw, cookie: headers['set-cookie'] }).toEqual({
        status: 401,
        raw: '{"error":{"code":"wrong-credentials"}}',
        cookie: undefined,
      });
    }
  });

  it('takes as much work for an unknown e-mail address as for a wrong password', async () => {
    await open({ accountAtAddress: { points: 100, seconds: 60 } });
    // The processor's time, not the clock's: other work of this machine must not count.
    const workOf = async (email: string) => {
      const before = process.cpuUsage();
      await server.browser().ask(signIn, { body: { email, password: 'not this one' } });
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      known.push(await workOf('ada@example.org'));
      unknown.push(await workOf('nobody@example.org'));
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[4] ?? 0;
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it.each([
    { email: 'x' },
    { email: 'a@b.example', password: 'x'.repeat(201) },
    { email: ['a'], password: {} },
    [],
    'x',
    null,
  ])('refuses the malformed %j', async (body) => {
    await open();
    expect((await server.browser().ask(signIn, { body })).refusal?.code).toBe('malformed');
  });
});

describe('throttling of sign-in', () => {
  it('stops one who guesses at one account, with the time to wait, and even with the right password', async () => {
    await open({ accountAtAddress: { points: 3, seconds: 1 } });
    const browser = server.browser();
    for (let n = 0; n < 3; n += 1) expect((await browser.ask(signIn, { body: wrong })).status).toBe(401);
    const stopped = await browser.ask(signIn, { body: right });
    expect(stopped.status).toBe(429);
    expect(stopped.refusal).toEqual({ code: 'too-many', retryAfterSeconds: 1 });
    expect(stopped.headers['retry-after']).toBe('1');
    expect((await browser.ask(signIn, { body: right, address: '192.0.2.51' })).status).toBe(200);
    await wait(1100);
    expect((await browser.ask(signIn, { body: right })).status).toBe(200);
  });

  it('treats unknown e-mail addresses alike', async () => {
    await open({ accountAtAddress: { points: 2, seconds: 60 } });
    const body = { ...wrong, email: 'nobody@example.org' };
    const codes = [];
    for (let n = 0; n < 3; n += 1) codes.push((await server.browser().ask(signIn, { body })).refusal?.code);
    expect(codes).toEqual(['wrong-credentials', 'wrong-credentials', 'too-many']);
  });

  it('forgets the failures before a success', async () => {
    await open({ accountAtAddress: { points: 2, seconds: 60 } });
    const browser = server.browser();
    for (let n = 0; n < 3; n += 1) {
      expect((await browser.ask(signIn, { body: wrong })).status).toBe(401);
      expect((await browser.ask(signIn, { body: right })).status).toBe(200);
    }
  });

  it('does not lock out others behind the same address who signed in there before', async () => {
    const admin = await open({ address: { points: 4, seconds: 60 } });
    await server.addMember(admin, 'Eve', 'expert');
    const address = '198.51.100.1';
    expect((await server.browser().ask(signIn, { body: right, address })).status).toBe(200);
    const attacker = server.browser();
    for (let n = 0; n < 6; n += 1) {
      await attacker.ask(signIn, { body: { email: `guess${n}@example.org`, password: 'guess' }, address });
    }
    const newcomer = { email: 'eve@example.org', password };
    expect((await server.browser().ask(signIn, { body: newcomer, address })).refusal?.code).toBe('too-many');
    expect((await server.browser().ask(signIn, { body: right, address })).status).toBe(200);
  });

  it('stops guesses at one account from many addresses, but not its owner', async () => {
    await open({ account: { points: 3, seconds: 60 } });
    for (let n = 0; n < 3; n += 1) {
      await server.browser().ask(signIn, { body: wrong, address: `203.0.113.${n}` });
    }
    const elsewhere = await server.browser().ask(signIn, { body: right, address: '203.0.113.9' });
    expect(elsewhere.refusal?.code).toBe('too-many');
    expect((await server.browser().ask(signIn, { body: right })).status).toBe(200);
  });

  it('counts the addresses of one IPv6 network as one', async () => {
    await open({ accountAtAddress: { points: 2, seconds: 60 } });
    const codes = [];
    for (const address of ['2001:db8:1:2::1', '2001:db8:1:2::2', '2001:db8:1:2:ffff::3', '2001:db8:1:3::1']) {
      codes.push((await server.browser().ask(signIn, { body: wrong, address })).refusal?.code);
    }
    expect(codes).toEqual(['wrong-credentials', 'wrong-credentials', 'too-many', 'wrong-credentials']);
  });
});

describe('logins', () => {
  it('are listed, and the own one marked', async () => {
    const admin = await open();
    server.now = new Date('2026-11-20T11:00:00.000Z');
    await server.browser().ask(signIn, { body: right, address: '198.51.100.1' });
    server.now = new Date('2026-11-20T11:00:01.000Z');
    const { logins } = (await admin.ask(listLogins)).reply;
    expect(logins.map(({ device, address, current }) => ({ device, address, current }))).toEqual([
      { device: 'Firefox, Linux', address: '192.0.2.50', current: true },
      { device: 'Firefox, Linux', address: '198.51.100.1', current: false },
    ]);
    expect(logins[0]?.lastSeenAt).toBe('2026-11-20T11:00:01.000Z');
  });

  it('end when revoked, sockets and all, and only by their owner', async () => {
    const admin = await open();
    const eve = await server.addMember(admin, 'Eve', 'expert');
    const other = server.browser();
    await other.ask(signIn, { body: right });
    const { logins } = (await admin.ask(listLogins)).reply;
    const loginId = logins.find(({ current }) => !current)?.id ?? '';
    const params = { loginId };
    expect((await eve.browser.ask(revokeLogin, { params })).refusal).toEqual({ code: 'not-found' });
    expect((await other.ask(readMe)).status).toBe(200);
    expect((await admin.ask(revokeLogin, { params })).status).toBe(200);
    expect(server.disconnected).toEqual([`login:${loginId}`]);
    expect((await other.ask(readMe)).refusal).toEqual({ code: 'not-signed-in' });
    expect((await admin.ask(revokeLogin, { params })).refusal).toEqual({ code: 'not-found' });
    expect((await admin.ask(revokeLogin, { params: { loginId: 'x' } })).refusal).toEqual({ code: 'not-found' });
  });

  it('end with sign-out, which may be repeated', async () => {
    const admin = await open();
    const token = admin.cookies.get('sg_login') ?? '';
    const [login] = (await admin.ask(listLogins)).reply.logins;
    expect((await admin.ask(signOut, { body: {} })).status).toBe(200);
    expect(admin.cookies.size).toBe(0);
    expect(server.disconnected).toEqual([`login:${login?.id}`]);
    admin.cookies.set('sg_login', token);
    expect((await admin.ask(readMe)).status).toBe(401);
    expect((await admin.ask(signOut, { body: {} })).status).toBe(200);
  });

  it('end after thirty days without use, and last with use', async () => {
    const admin = await open();
    const unused = server.browser();
    await unused.ask(signIn, { body: right });
    for (const day of ['2026-12-10', '2026-12-30', '2027-01-25']) {
      server.now = new Date(`${day}T10:00:00.000Z`);
      expect((await admin.ask(readMe)).status).toBe(200);
    }
    expect((await unused.ask(readMe)).status).toBe(401);
    expect((await admin.ask(listLogins)).reply.logins).toHaveLength(1);
  });

  it('of one browser replace each other', async () => {
    const admin = await open();
    const before = admin.cookies.get('sg_login') ?? '';
    await admin.ask(signIn, { body: right });
    expect((await admin.ask(listLogins)).reply.logins).toHaveLength(1);
    const thief = server.browser();
    thief.cookies.set('sg_login', before);
    expect((await thief.ask(readMe)).status).toBe(401);
  });

  it.each(['', 'x', 'x'.repeat(5000), 'a%00b', '%'])('are not made by the forged cookie %j', async (token) => {
    await open();
    const forger = server.browser();
    forger.cookies.set('sg_login', token);
    forger.cookies.set('sg_device', token);
    expect((await forger.ask(readMe)).refusal).toEqual({ code: 'not-signed-in' });
  });
});

describe('the own account', () => {
  it('changes its name', async () => {
    const admin = await open();
    const { reply } = await admin.ask(updateMe, { body: { requestId: uuid(), name: ' Ada Lovelace ' } });
    expect(reply.member.name).toBe('Ada Lovelace');
  });

  it('changes its password with the present one, signs out the others, and may be repeated', async () => {
    const admin = await open();
    const other = server.browser();
    await other.ask(signIn, { body: right });
    const next = 'a wholly new password';
    const refusal = await admin.ask(updateMe, {
      body: { requestId: uuid(), name: 'Changed', password: { present: 'not this one', next } },
    });
    expect(refusal.refusal).toEqual({ code: 'wrong-credentials', field: 'password.present' });
    expect((await admin.ask(readMe)).reply.member.name).toBe('Ada');

    const body = { requestId: uuid(), password: { present: password, next } };
    const both = await Promise.all([admin.ask(updateMe, { body }), admin.ask(updateMe, { body })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await admin.ask(readMe)).status).toBe(200);
    expect((await other.ask(readMe)).status).toBe(401);
    expect(server.disconnected).toHaveLength(1);
    expect((await other.ask(signIn, { body: right })).status).toBe(401);
    expect((await other.ask(signIn, { body: { ...right, password: next } })).status).toBe(200);
  });

  it('counts guesses at the present password', async () => {
    const admin = await open({ accountAtAddress: { points: 2, seconds: 60 } });
    const codes = [];
    for (let n = 0; n < 3; n += 1) {
      const guess = { present: `guess number ${n}`, next: 'a wholly new password' };
      const answer = await admin.ask(updateMe, { body: { requestId: uuid(), password: guess } });
      codes.push(answer.refusal?.code);
    }
    expect(codes).toEqual(['wrong-credentials', 'wrong-credentials', 'too-many']);
  });
});
