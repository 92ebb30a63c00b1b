import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import * as sessions from '#contract/session/http.ts';
import { type AskName, asks } from '#contract/socket.ts';
import * as tickets from '#contract/ticket/http.ts';
import { type ActorName, actors, makeWorld, type World } from './access-world.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { Client, type Ear, newRequestId } from './harness/client.ts';
import { enterCode, enterWith, makeCode } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let world: World;
const ears: Ear[] = [];
const listen = async (client: Client): Promise<Ear> => {
  const ear = await client.connect();
  ears.push(ear);
  return ear;
};

beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  world = await makeWorld(server.origin, await server.setupPath());
});
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});
afterAll(() => closeWithoutFaults(server));

interface Row {
  readonly ask: AskName;
  readonly about: string;
  /** As in access-table.ts: nobody · revoked · expert · coAdmin · admin · owner · stranger · switchedOff · rotated. */
  readonly answers: string;
  readonly what: (actor: ActorName) => Promise<object>;
  /** The same about something that does not exist. */
  readonly missing: object | null;
}

const nowhere = { streamId: '6e4e0b0e-58b4-4c1a-8a7e-0a3b6f7f9d11', after: 0 };
const ofTicket = async (actor: ActorName) => ({ streamId: world.ticketOf(actor), after: 0 });
const ofSession = async (actor: ActorName) => ({ streamId: await world.newSession(actor), after: 0 });
const onlySeen = 'none none ok ok ok ok none none none';

const rows: readonly Row[] = [
  { ask: 'follow', about: 'a ticket', answers: onlySeen, what: ofTicket, missing: nowhere },
  { ask: 'follow', about: 'a session', answers: onlySeen, what: ofSession, missing: nowhere },
  { ask: 'unfollow', about: 'a ticket', answers: 'ok ok ok ok ok ok ok ok ok', what: ofTicket, missing: nowhere },
  { ask: 'watch', about: 'lists', answers: 'login login ok ok ok ok ok ok ok', what: async () => ({}), missing: null },
  { ask: 'typing', about: 'a ticket', answers: onlySeen, what: ofTicket, missing: nowhere },
  { ask: 'typing', about: 'a session', answers: onlySeen, what: ofSession, missing: nowhere },
  {
    ask: 'active',
    about: 'at the desk',
    answers: 'login login ok ok ok none none none none',
    what: async () => ({}),
    missing: null,
  },
  {
    ask: 'attach',
    about: 'a session',
    answers: onlySeen,
    what: async (actor) => ({ sessionId: await world.newSession(actor), tabId: randomUUID() }),
    missing: { sessionId: nowhere.streamId, tabId: randomUUID() },
  },
];

const refusedWith = (code: string) => ({ ok: false, error: { code } });

test('the table has every ask of the socket', () => {
  expect(new Set(rows.map(({ ask }) => ask))).toEqual(new Set(Object.keys(asks)));
});

describe.each(rows.map((row) => ({ label: `${row.ask} ${row.about}`, row })))('$label', ({ row }) => {
  test.each(actors)('as %s', async (actor) => {
    const ear = await listen(world.people[actor]);
    const word = row.answers.split(' ')[actors.indexOf(actor)];
    const answer = await ear.ask(row.ask, await row.what(actor));
    if (word === 'ok') expect(answer).toMatchObject({ ok: true });
    else expect(answer).toEqual(refusedWith(word === 'login' ? 'not-signed-in' : 'not-found'));
    if (row.missing === null || row.ask === 'unfollow') return;
    expect(await ear.ask(row.ask, row.missing)).toEqual(refusedWith('not-found'));
  });
});

describe('what is no longer allowed is no longer heard', () => {
  /** A customer of a new code follows its ticket; the expert writes after `what` was done. */
  async function afterwards(what: (made: { code: access.Code; ticketId: string }) => Promise<unknown>): Promise<Ear> {
    const { admin, expert } = world.people;
    const code = await makeCode(admin, 'Lathe 5');
    const customer = await enterCode(server.origin, code, 'Cleo');
    const body = { requestId: newRequestId(), subject: 'Smoke', code: code.id };
    const ticketId = (await customer.get(tickets.openTicket, { body })).id;
    const ear = await listen(customer);
    expect(await ear.ask('follow', { streamId: ticketId, after: 0 })).toMatchObject({ ok: true });
    expect(await ear.ask('watch', {})).toEqual({ ok: true });
    const heardBefore = ear.heard.length;
    await what({ code, ticketId });
    await ear.until(() => ear.socket.disconnected, 'the end of the connection');
    await expert.get(tickets.sayInTicket, {
      params: { ticketId },
      body: { requestId: newRequestId(), text: 'Not for everybody.' },
    });
    expect(ear.heard.slice(heardBefore).map(({ name }) => name)).toEqual(['access-changed']);
    // Their page connects again as whoever they are now, and hears nothing either.
    const again = await listen(customer);
    expect(await again.ask('follow', { streamId: ticketId, after: 0 })).toEqual(refusedWith('not-found'));
    return again;
  }

  test('a code that is switched off', async () => {
    await afterwards(({ code }) =>
      world.people.admin.get(access.updateCode, {
        params: { codeId: code.id },
        body: { requestId: newRequestId(), enabled: false },
      }),
    );
  });

  test('a code that is rotated', async () => {
    await afterwards(({ code }) =>
      world.people.admin.get(access.rotateCode, { params: { codeId: code.id }, body: { requestId: newRequestId() } }),
    );
  });

  test('a ticket that is moved to another code, whose name its former users do not learn', async () => {
    await afterwards(({ ticketId }) =>
      world.people.expert.get(tickets.updateTicket, {
        params: { ticketId },
        body: { requestId: newRequestId(), code: world.codeOf('owner').id },
      }),
    );
  });

  test('a ticket that is taken from its code', async () => {
    await afterwards(({ ticketId }) =>
      world.people.expert.get(tickets.updateTicket, {
        params: { ticketId },
        body: { requestId: newRequestId(), code: null },
      }),
    );
  });

  test('a session of a ticket that is moved to another code', async () => {
    const { admin, expert } = world.people;
    const code = await makeCode(admin, 'Lathe 6');
    const customer = await enterCode(server.origin, code, 'Cleo');
    const body = { requestId: newRequestId(), subject: 'Smoke', code: code.id };
    const ticketId = (await customer.get(tickets.openTicket, { body })).id;
    const made = { params: { ticketId }, body: { requestId: newRequestId() } };
    const { id: sessionId } = await expert.get(sessions.createSessionInTicket, made);
    const ear = await listen(customer);
    expect(await ear.ask('follow', { streamId: sessionId, after: 0 })).toMatchObject({ ok: true });
    const heardBefore = ear.heard.length;
    await expert.get(tickets.updateTicket, { params: { ticketId }, body: { requestId: newRequestId(), code: null } });
    await ear.until(() => ear.socket.disconnected, 'the end of the connection');
    expect(ear.heard.slice(heardBefore).map(({ name }) => name)).toEqual(['access-changed']);
  });

  test.each(['signed out', 'login ended from elsewhere', 'switched off', 'made an admin'] as const)(
    'a member who was %s',
    async (how) => {
      const { client, memberId, loginId } = await world.newMember('expert');
      const ear = await listen(client.copy());
      expect(await ear.ask('watch', {})).toEqual({ ok: true });
      const { admin } = world.people;
      const change = (body: object) =>
        admin.get(access.updateMember, { params: { memberId }, body: { requestId: newRequestId(), ...body } });
      if (how === 'signed out') await client.get(access.signOut);
      else if (how === 'login ended from elsewhere') await client.get(access.revokeLogin, { params: { loginId } });
      else await change(how === 'switched off' ? { active: false } : { role: 'admin' });
      await ear.until(() => ear.socket.disconnected, 'the end of the connection');
      expect(ear.told('access-changed')).toHaveLength(1);
    },
  );
});

describe('lists and pages hold only the own', () => {
  test("a customer's list", async () => {
    const codes = await world.people.owner.get(tickets.listTickets);
    expect(codes.tickets.map(({ id }) => id)).toContain(world.ticketOf('owner'));
    for (const actor of ['stranger', 'switchedOff', 'rotated'] as const) {
      expect(await world.people[actor].get(tickets.listTickets)).toMatchObject({ tickets: [], total: 0 });
    }
  });

  test('a foreign code and a missing one list the same', async () => {
    const { stranger } = world.people;
    const foreign = await stranger.ask(tickets.listTickets, { query: { code: world.codeOf('owner').id } });
    const missing = await stranger.ask(tickets.listTickets, { query: { code: randomUUID() } });
    expect(foreign.text).toBe(missing.text);
  });

  test('search and other filters do not reach beyond the own codes', async () => {
    const { stranger } = world.people;
    for (const query of [{ search: 'Trouble' }, { search: '%' }, { status: 'open' }, { assignee: 'none' }]) {
      expect(await stranger.get(tickets.listTickets, { query })).toMatchObject({ tickets: [], total: 0 });
    }
  });

  test.each(actors)("the session's page as %s", async (actor) => {
    const client = world.people[actor];
    const sessionId = await world.newSession(actor);
    const as = ['owner', 'stranger', 'switchedOff', 'rotated'].includes(actor) ? '?as=code' : '';
    const page = await client.send('GET', `/s/${sessionId}${as}`);
    const missing = await client.send('GET', `/s/${randomUUID()}${as}`);
    const malformed = await client.send('GET', `/s/1${as}`);
    expect(missing.text).not.toContain('bootstrap"');
    expect(malformed.text).toBe(missing.text);
    if (['expert', 'coAdmin', 'admin', 'owner'].includes(actor)) expect(page.text).toContain('id="bootstrap"');
    else expect({ status: page.status, text: page.text }).toEqual({ status: missing.status, text: missing.text });
  });

  test.each(['png', 'svg'] as const)('the QR code as %s is for members', async (kind) => {
    const path = (id: string) => access.codePicturePaths[kind].replace(':codeId', id);
    const { id } = world.codeOf('owner');
    for (const actor of actors) {
      const answer = await world.people[actor].send('GET', path(id));
      const missing = await world.people[actor].send('GET', path(randomUUID()));
      const isStaff = ['expert', 'coAdmin', 'admin'].includes(actor);
      const refusal = ['nobody', 'revoked'].includes(actor) ? 401 : 404;
      expect([actor, answer.status]).toEqual([actor, isStaff ? 200 : refusal]);
      if (!isStaff) expect(answer.text).toBe(missing.text);
      else expect(missing.status).toBe(404);
    }
  });
});

describe('one browser, two hats', () => {
  test('a signed-in member who has entered a code is asked as the code user only where they say so', async () => {
    const { client } = await world.newMember('expert');
    await enterWith(client, await makeCode(world.people.admin, 'Loom 1'), 'Tess');
    const path = `/api/tickets/${world.ticketOf('owner')}`;
    expect((await client.send('GET', path)).status).toBe(200);
    expect((await client.send('GET', path, undefined, { 'sightglass-as': 'code' })).status).toBe(404);
    const page = `/s/${await world.newSession('owner')}`;
    expect((await client.send('GET', page)).text).toContain('id="bootstrap"');
    expect((await client.send('GET', `${page}?as=code`)).text).not.toContain('id="bootstrap"');
    // Nobody can say that they are somebody: only cookies do.
    const nobody = new Client(server.origin, 'code');
    expect((await nobody.send('GET', path)).status).toBe(401);
  });

  test('a request from another site is refused whoever sends it', async () => {
    const { admin } = world.people;
    const body = { requestId: newRequestId(), name: 'Evil' };
    for (const headers of [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]) {
      const answer = await admin.send('POST', '/api/codes', body, headers);
      expect([answer.status, answer.text]).toEqual([403, '{"error":{"code":"not-allowed"}}']);
    }
  });
});
