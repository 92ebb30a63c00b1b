import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  acceptInvitation,
  invite,
  listInvitations,
  listMembers,
  readInvitation,
  readMe,
  revokeInvitation,
  signIn,
  updateMember,
} from '#contract/access/http.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import type { Database } from '../../database/pool.ts';
import { type AccessServer, type Browser, openAccessServer, password, uuid } from './testing.ts';

let database: Database;
let drop: () => Promise<void>;
let server: AccessServer;
let admin: Browser;
let adminId: string;
beforeAll(async () => {
  ({ database, drop } = await freshDatabase());
});
afterAll(() => drop());
beforeEach(async () => {
  server = await openAccessServer(database);
  const made = await server.setUp();
  admin = made.browser;
  adminId = made.me.member.id;
  return () => server.close();
});

const inviting = (email: string, role = 'expert') => ({ requestId: uuid(), email, role });
const secretIn = (link: string) => ({ secret: link.split('/').at(-1) ?? '' });
const accepting = () => ({ requestId: uuid(), name: 'Eve', password });
const change = (browser: Browser, memberId: string, body: object) =>
  browser.ask(updateMember, { params: { memberId }, body: { requestId: uuid(), ...body } });

describe('invitations', () => {
  it('lead to a member with the role, signed in', async () => {
    const { link, invitation } = (await admin.ask(invite, { body: inviting('Eve@Example.org', 'co-admin') })).reply;
    expect(invitation).toMatchObject({ email: 'eve@example.org', role: 'co-admin', invitedBy: 'Ada' });
    expect((await admin.ask(listInvitations)).reply.invitations).toEqual([invitation]);
    const eve = server.browser();
    const params = secretIn(link);
    expect((await eve.ask(readInvitation, { params })).reply).toEqual({
      organization: { name: 'Mill & Co' },
      email: 'eve@example.org',
      role: 'co-admin',
    });
    const { member } = (await eve.ask(acceptInvitation, { params, body: accepting() })).reply;
    expect(member).toMatchObject({ name: 'Eve', email: 'eve@example.org', role: 'co-admin' });
    expect((await eve.ask(readMe)).reply.member).toEqual(member);
    expect((await admin.ask(listInvitations)).reply.invitations).toEqual([]);
    expect((await admin.ask(listMembers)).reply.members.map(({ name }) => name)).toEqual(['Ada', 'Eve']);
    expect((await eve.ask(readInvitation, { params })).refusal).toEqual({ code: 'not-found' });
    expect((await server.browser().ask(acceptInvitation, { params, body: accepting() })).status).toBe(404);
  });

  it('carry the address that the member uses, or the one for phones where that is this computer only', async () => {
    const ask = async (host: string) =>
      new URL((await admin.ask(invite, { body: inviting('e@example.org'), headers: { host } })).reply.link).origin;
    expect(await ask('help.example.org:8080')).toBe('http://help.example.org:8080');
    expect(await ask('localhost:8080')).toBe('https://192.0.2.1:8443');
    expect(await ask('127.0.0.1:8080')).toBe('https://192.0.2.1:8443');
  });

  it('bring one that works when they are repeated, and keep no secret', async () => {
    const body = inviting('eve@example.org');
    const first = (await admin.ask(invite, { body })).reply;
    const second = (await admin.ask(invite, { body })).reply;
    expect(second.invitation).toEqual(first.invitation);
    expect((await server.browser().ask(readInvitation, { params: secretIn(second.link) })).status).toBe(200);
    expect((await server.browser().ask(readInvitation, { params: secretIn(first.link) })).status).toBe(404);
    const dump = JSON.stringify([
      (await database.execute('select * from invitation')).rows,
      (await database.execute('select * from request')).rows,
    ]);
    expect(dump).not.toContain(secretIn(second.link).secret);
  });

  it('replace earlier ones to the same address', async () => {
    const body = inviting('eve@example.org');
    const first = (await admin.ask(invite, { body })).reply;
    const second = (await admin.ask(invite, { body: inviting('eve@example.org', 'co-admin') })).reply;
    expect((await admin.ask(invite, { body })).refusal).toEqual({ code: 'not-in-this-state' });
    expect((await server.browser().ask(readInvitation, { params: secretIn(first.link) })).status).toBe(404);
    expect((await server.browser().ask(readInvitation, { params: secretIn(second.link) })).reply.role).toBe('co-admin');
    expect((await admin.ask(listInvitations)).reply.invitations).toHaveLength(1);
  });

  it('end after seven days', async () => {
    const { link } = (await admin.ask(invite, { body: inviting('eve@example.org') })).reply;
    server.now = new Date('2026-11-27T10:00:00.000Z');
    const params = secretIn(link);
    expect((await server.browser().ask(readInvitation, { params })).status).toBe(404);
    expect((await server.browser().ask(acceptInvitation, { params, body: accepting() })).status).toBe(404);
    expect((await admin.ask(listInvitations)).reply.invitations).toEqual([]);
    expect((await admin.ask(invite, { body: inviting('eve@example.org') })).status).toBe(200);
  });

  it('can be taken back', async () => {
    const { link, invitation } = (await admin.ask(invite, { body: inviting('eve@example.org') })).reply;
    const params = { invitationId: invitation.id };
    expect((await admin.ask(revokeInvitation, { params })).status).toBe(200);
    expect((await admin.ask(revokeInvitation, { params })).refusal).toEqual({ code: 'not-found' });
    expect((await server.browser().ask(readInvitation, { params: secretIn(link) })).status).toBe(404);
  });

  it('are accepted once: a repeat of the request is the same member, anything else is refused', async () => {
    const { link } = (await admin.ask(invite, { body: inviting('eve@example.org') })).reply;
    const params = secretIn(link);
    const body = accepting();
    const browsers = [server.browser(), server.browser()];
    const both = await Promise.all(browsers.map((browser) => browser.ask(acceptInvitation, { params, body })));
    expect(new Set(both.map(({ reply }) => reply.member.id)).size).toBe(1);
    for (const browser of browsers) expect((await browser.ask(readMe)).status).toBe(200);
    const guess = { ...body, password: 'something else entirely' };
    expect((await server.browser().ask(acceptInvitation, { params, body: guess })).status).toBe(404);
    expect((await server.browser().ask(acceptInvitation, { params, body: accepting() })).status).toBe(404);
  });

  it('are refused for who is a member already, and for roles above the own', async () => {
    expect((await admin.ask(invite, { body: inviting('ADA@example.org') })).refusal).toEqual({
      code: 'email-taken',
      field: 'email',
    });
    const eve = await server.addMember(admin, 'Eve', 'co-admin');
    expect((await eve.browser.ask(invite, { body: inviting('x@example.org', 'admin') })).refusal).toEqual({
      code: 'not-allowed',
      field: 'role',
    });
    const { invitation } = (await admin.ask(invite, { body: inviting('boss@example.org', 'admin') })).reply;
    const refused = await eve.browser.ask(revokeInvitation, { params: { invitationId: invitation.id } });
    expect(refused.refusal).toEqual({ code: 'not-allowed' });
    expect((await eve.browser.ask(invite, { body: inviting('boss@example.org') })).refusal?.code).toBe('not-allowed');
    expect((await admin.ask(listInvitations)).reply.invitations).toEqual([invitation]);
  });
});

describe('members', () => {
  it('change their role at once, and their pages ask anew', async () => {
    const eve = await server.addMember(admin, 'Eve', 'expert');
    expect((await eve.browser.ask(listInvitations)).refusal?.code).toBe('not-allowed');
    expect((await change(admin, eve.me.member.id, { role: 'co-admin' })).reply.role).toBe('co-admin');
    expect((await eve.browser.ask(listInvitations)).status).toBe(200);
    expect(server.disconnected).toHaveLength(1);
  });

  it('that are switched off are out at once, and come back by signing in', async () => {
    const eve = await server.addMember(admin, 'Eve', 'expert');
    const { id } = eve.me.member;
    expect((await change(admin, id, { active: false })).reply.active).toBe(false);
    expect(server.disconnected).toHaveLength(1);
    expect((await eve.browser.ask(readMe)).refusal).toEqual({ code: 'not-signed-in' });
    const body = { email: 'eve@example.org', password };
    expect((await eve.browser.ask(signIn, { body })).status).toBe(401);
    await change(admin, id, { active: true });
    expect((await eve.browser.ask(readMe)).status).toBe(401);
    expect((await eve.browser.ask(signIn, { body })).status).toBe(200);
  });

  it('include an admin always', async () => {
    expect((await change(admin, adminId, { role: 'expert' })).refusal).toEqual({ code: 'last-admin' });
    expect((await change(admin, adminId, { active: false })).refusal).toEqual({ code: 'last-admin' });
    const eve = await server.addMember(admin, 'Eve', 'admin');
    // Both take the other's role at the same moment: one of them is too late.
    const both = await Promise.all([
      change(admin, eve.me.member.id, { role: 'expert' }),
      change(eve.browser, adminId, { role: 'expert' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    const { members } = (await admin.ask(listMembers)).reply;
    expect(members.filter(({ role, active }) => role === 'admin' && active)).toHaveLength(1);
  });

  it('that do not exist are not found', async () => {
    expect((await change(admin, uuid(), { role: 'expert' })).refusal).toEqual({ code: 'not-found' });
    expect((await change(admin, 'x', { role: 'expert' })).refusal).toEqual({ code: 'not-found' });
  });

  it('are changed once by a repeated request', async () => {
    const eve = await server.addMember(admin, 'Eve', 'expert');
    const params = { memberId: eve.me.member.id };
    const body = { requestId: uuid(), role: 'co-admin' as const };
    const first = await admin.ask(updateMember, { params, body });
    await change(admin, eve.me.member.id, { role: 'expert' });
    const again = await admin.ask(updateMember, { params, body });
    expect(again.raw).toBe(first.raw);
    expect((await eve.browser.ask(readMe)).reply.member.role).toBe('expert');
    const reused = await admin.ask(invite, { body: { ...inviting('x@example.org'), requestId: body.requestId } });
    expect(reused.refusal?.code).toBe('request-id-reused');
  });
});
