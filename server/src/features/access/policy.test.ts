import { afterAll, beforeAll, expect, it } from 'vitest';
import * as http from '#contract/access/http.ts';
import type { Route } from '#contract/route.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import { type AccessServer, type Browser, openAccessServer, uuid } from './testing.ts';

type Who = 'nobody' | 'codeUser' | 'expert' | 'co-admin' | 'admin';
const everybody: readonly Who[] = ['nobody', 'codeUser', 'expert', 'co-admin', 'admin'];

let drop: () => Promise<void>;
let server: AccessServer;
let browsers: Record<Who, Browser>;
/** The ids of real things that none of the askers own. */
const ids = { memberId: '', codeId: '', loginId: '', invitationId: '' };

beforeAll(async () => {
  const fresh = await freshDatabase();
  server = await openAccessServer(fresh.database);
  drop = async () => {
    await server.close();
    await fresh.drop();
  };
  const admin = (await server.setUp()).browser;
  const [coAdmin, expert, other] = [
    await server.addMember(admin, 'Co', 'co-admin'),
    await server.addMember(admin, 'Ex', 'expert'),
    await server.addMember(admin, 'Other', 'expert'),
  ];
  const code = (await admin.ask(http.createCode, { body: { requestId: uuid(), name: 'Press 4' } })).reply;
  const customer = server.browser();
  const key = { link: code.link.split('/').at(-1) };
  await customer.ask(http.enterCode, { body: { requestId: uuid(), key, displayName: 'Max' } });
  browsers = {
    nobody: server.browser(),
    codeUser: customer,
    expert: expert.browser,
    'co-admin': coAdmin.browser,
    admin,
  };
  ids.memberId = other.me.member.id;
  ids.codeId = code.id;
  ids.loginId = (await other.browser.ask(http.listLogins)).reply.logins[0]?.id ?? '';
});
afterAll(() => drop());

const hidden = { nobody: 'not-signed-in', codeUser: 'not-found' } as const;
const forMembers = { ...hidden, expert: 'done', 'co-admin': 'done', admin: 'done' };
const forManagers = { ...hidden, expert: 'not-allowed', 'co-admin': 'done', admin: 'done' };
const forOwner = { ...hidden, expert: 'not-found', 'co-admin': 'not-found', admin: 'not-found' };

const table: readonly [string, Route, object | undefined, Record<Who, string>][] = [
  ['readMe', http.readMe, undefined, { ...forMembers, codeUser: 'not-signed-in' }],
  ['updateMe', http.updateMe, {}, forMembers],
  ['listLogins', http.listLogins, undefined, forMembers],
  ['revokeLogin of somebody else', http.revokeLogin, undefined, forOwner],
  ['listMembers', http.listMembers, undefined, forMembers],
  ['updateMember', http.updateMember, { role: 'expert' }, forManagers],
  ['listInvitations', http.listInvitations, undefined, forManagers],
  ['invite', http.invite, { email: 'new@example.org', role: 'expert' }, forManagers],
  ['revokeInvitation', http.revokeInvitation, undefined, forManagers],
  ['listCodes', http.listCodes, undefined, forMembers],
  ['readCode', http.readCode, undefined, forMembers],
  ['createCode', http.createCode, { name: 'Saw' }, forManagers],
  ['updateCode', http.updateCode, { name: 'Press 4' }, forManagers],
  ['rotateCode', http.rotateCode, {}, forManagers],
];
const open = [
  http.setupState,
  http.setUp,
  http.signIn,
  http.signOut,
  http.readInvitation,
  http.acceptInvitation,
  http.askForReset,
  http.resetState,
  http.resetPassword,
  http.openCode,
  http.enterCode,
];

it.each(table)('%s', async (_name, route, body, expected) => {
  const answers: Record<string, string> = {};
  for (const who of everybody) {
    if (route === http.revokeInvitation) {
      const wish = { requestId: uuid(), email: 'gone@example.org', role: 'expert' as const };
      ids.invitationId = (await browsers.admin.ask(http.invite, { body: wish })).reply.invitation.id;
    }
    const asked = body === undefined ? {} : { body: { requestId: uuid(), ...body } };
    const answer = await browsers[who].ask(route, { params: ids, ...asked });
    answers[who] = answer.refusal?.code ?? 'done';
  }
  expect(answers).toEqual(expected);
});

it.each(table)('%s shows who may not the same for what exists and what does not', async (_name, route, body) => {
  const missing = { memberId: uuid(), codeId: uuid(), loginId: uuid(), invitationId: uuid() };
  for (const who of ['nobody', 'codeUser', 'expert'] as const) {
    const ask = async (params: object) =>
      browsers[who].ask(route, { params, ...(body === undefined ? {} : { body: { requestId: uuid(), ...body } }) });
    const [foreign, none] = [await ask(ids), await ask(missing)];
    if (foreign.refusal !== null) expect({ who, raw: none.raw }).toEqual({ who, raw: foreign.raw });
  }
});

it('knows every route of the contract', () => {
  const exported: readonly unknown[] = Object.values(http);
  const routes = exported.filter(isRoute);
  const tested = new Set<Route>([...table.map(([, route]) => route), ...open]);
  expect(routes.filter((route) => !tested.has(route)).map(({ path }) => path)).toEqual([]);
});

function isRoute(value: unknown): value is Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}
