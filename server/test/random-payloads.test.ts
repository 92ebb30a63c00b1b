import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import { ErrorReply } from '#contract/error-reply.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import { type AskName, asks, SocketAnswer } from '#contract/socket.ts';
import * as tickets from '#contract/ticket/http.ts';
import type { Row, Wish } from './access-row.ts';
import { rows } from './access-table.ts';
import { makeWorld, type World } from './access-world.ts';
import { Client, type Ear, newRequestId, pathOf } from './harness/client.ts';
import { PASSWORD } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';
import { type Random, randomFrom, randomText, randomValue, spoil } from './random-values.ts';

const PAYLOADS = Number(process.env['RANDOM_PAYLOADS'] ?? 250);

let server: TestServer;
let world: World;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '10000000' });
  world = await makeWorld(server.origin, await server.setupPath());
});
afterAll(() => server.close());

/** After whatever was sent, a person can still work. */
async function stillWorks(): Promise<void> {
  const { admin, owner } = world.people;
  const params = { ticketId: world.ticketOf('owner') };
  const text = 'Still here.';
  const said = await owner.get(tickets.sayInTicket, { params, body: { requestId: newRequestId(), text } });
  const { events } = await admin.get(tickets.ticketEvents, { params, query: { after: String(said.seq - 1) } });
  expect(events).toEqual([said]);
  expect(server.faults.splice(0)).toEqual([]);
}

interface Sent {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: string;
}

/** Optional parts of bodies, to be spoilt as well. */
const optional = new Map<Route, object>([
  [access.updateMe, { password: { present: PASSWORD, next: `${PASSWORD} more` } }],
  [access.updateMember, { active: true }],
  [access.updateCode, { enabled: true }],
  [tickets.openTicket, { text: 'It makes a noise.' }],
  [tickets.updateTicket, { subject: 'It makes a noise', assignee: null }],
  [sessions.joinSession, { move: true }],
  [sessions.cancelSession, { reason: 'Nobody came.' }],
]);

/** A request to the route's address with something wrong in the address, the head or the body; sometimes nothing is. */
function randomRequest(random: Random, { route }: Row, good: Wish, cookie: string): Sent {
  const params: Record<string, string> = { ...good.params };
  for (const name of Object.keys(params)) if (random.below(8) === 0) params[name] = wellFormed(randomText(random, 300));
  const query: Record<string, string> = { ...good.query };
  if (random.below(3) === 0) {
    const name = random.pick(['after', 'page', 'search', 'status', 'assignee', 'code', 'tabId', 'as', 'x']);
    query[name] = wellFormed(randomText(random, 2000));
  }
  const url = pathOf(route, { params, query });
  const headers: Record<string, string> = { cookie, host: 'localhost' };
  if (random.below(10) === 0)
    headers['sightglass-as'] = random.pick(['code', 'member', 'x'.repeat(5000), 'code, code']);
  if (random.below(15) === 0)
    headers['cookie'] = `sg_login=${encodeURIComponent(wellFormed(randomText(random, 500)))}; ;=;`;
  if (route.method === 'GET') return { url, headers };
  return { url, ...body(random, good, headers) };
}

function body(random: Random, good: Wish, headers: Record<string, string>): Omit<Sent, 'url'> {
  const type =
    random.below(20) === 0
      ? random.pick(['text/plain', 'application/xml', 'application/json; charset=x', ''])
      : 'application/json';
  const withType = type === '' ? headers : { ...headers, 'content-type': type };
  // A new id, or the first stored answer would be all that comes back.
  const fresh = 'requestId' in (good.body ?? {}) && random.below(5) > 0 ? { requestId: newRequestId() } : {};
  const whole = { ...good.body, ...fresh };
  switch (random.below(10)) {
    case 0:
      return { headers: withType, payload: randomText(random) };
    case 1:
      return { headers: withType, payload: JSON.stringify(whole).slice(0, random.below(80)) };
    case 2:
      return { headers: withType, payload: JSON.stringify(randomValue(random)) };
    case 3:
      return { headers: withType, payload: `{"__proto__":{"admin":true},"requestId":"${newRequestId()}"}` };
    default:
      return { headers: withType, payload: JSON.stringify(spoil(random, whole)) };
  }
}

/** Addresses can't carry halves of pairs. */
const wellFormed = (text: string) => text.toWellFormed();

describe(`${PAYLOADS} random requests at each route`, () => {
  const firstOf = rows.filter((row, at) => rows.findIndex(({ route }) => route === row.route) === at);

  test.each(firstOf.map((row) => ({ name: `${row.route.method} ${row.route.path}`, row })))(
    '$name',
    async ({ row }) => {
      const random = randomFrom(firstOf.indexOf(row) + 1);
      const wish = await row.wish(world, 'admin');
      const good = { ...wish, body: { ...optional.get(row.route), ...wish.body } };
      // Wrong passwords shut out whoever gives them; that should not be the one whom the other tests need.
      const spare = row.route === access.updateMe ? (await world.newMember('expert')).client : undefined;
      const { cookie } = wish.client ?? spare ?? world.people.admin;
      const surprises = new Map<string, unknown>();
      for (let sent = 0; sent < PAYLOADS; sent += 25) {
        const batch = Array.from({ length: 25 }, () => randomRequest(random, row, good, cookie));
        const answers = await Promise.all(batch.map((one) => server.inject(row.route.method, one)));
        answers.forEach((answer, at) => {
          const expected = answer.status < 400 || (answer.status < 500 && ErrorReply.safeParse(answer.json).success);
          if (!expected)
            surprises.set(`${answer.status} ${answer.text.slice(0, 60)}`, JSON.stringify(batch[at]).slice(0, 400));
        });
      }
      expect(Object.fromEntries(surprises)).toEqual({});
      await stillWorks();
    },
  );

  test('nobody was let in, nothing was carried out for whom it should not be', async () => {
    const { admin, coAdmin, expert } = world.people;
    const { members } = await admin.get(access.listMembers);
    const roleOf = (email: string) => members.find((one) => one.email === email)?.role;
    expect([roleOf('ada@example.org'), roleOf('carl.coadmin@example.org')]).toEqual(['admin', 'co-admin']);
    for (const client of [admin, coAdmin, expert]) expect((await client.ask(access.readMe)).status).toBe(200);
  });

  test('a body that is too large, and one that never ends well', async () => {
    const { admin } = world.people;
    const large = await admin.send('POST', '/api/codes', `{"name":"${'x'.repeat(300_000)}"}`);
    expect([large.status, large.text]).toEqual([413, '{"error":{"code":"too-large"}}']);
    const deep = await admin.send('POST', '/api/codes', '['.repeat(90_000));
    expect(deep.status).toBe(400);
    const deepButGood = await admin.send('POST', '/api/codes', `${'['.repeat(90_000)}${']'.repeat(90_000)}`);
    expect(deepButGood.status).toBe(400);
    await stillWorks();
  });
});

describe(`${PAYLOADS} random messages at each ask of the socket`, () => {
  const LONGEST = 4_000;
  const AT_ONCE = 200;

  async function good(ask: AskName): Promise<object> {
    const sessionId = await world.newSession('owner');
    if (ask === 'attach') return { sessionId, tabId: newRequestId() };
    return ask === 'watch' || ask === 'active' ? {} : { streamId: sessionId, after: 0 };
  }

  /** Sends many, and waits for an answer to each: every one is of the contract, and the socket is still open. */
  async function pelt(ear: Ear, messages: readonly { name: string; what: unknown }[]): Promise<void> {
    const answers = await Promise.all(messages.map(({ name, what }) => ear.ask(name, what)));
    const odd = answers.filter((answer) => !SocketAnswer.safeParse(answer).success || isFault(answer));
    expect(odd).toEqual([]);
    expect(ear.socket.connected).toBe(true);
  }
  const isFault = (answer: unknown) => JSON.stringify(answer).includes('"code":"failed"');

  test.each(Object.keys(asks).filter((name): name is AskName => Object.hasOwn(asks, name)))('%s', async (ask) => {
    const random = randomFrom(Object.keys(asks).indexOf(ask) + 1000);
    const model = await good(ask);
    // It is for employees to say that they are active.
    const asker = ask === 'active' ? world.people.expert : world.people.owner;
    // One page may ask so much in ten seconds and no more; each socket counts for itself.
    for (let sent = 0; sent < PAYLOADS; sent += AT_ONCE) {
      const ear = await asker.connect();
      const messages = Array.from({ length: AT_ONCE }, () => ({ name: ask, what: spoil(random, model, LONGEST) }));
      await pelt(ear, messages);
      // In any order, and without waiting for an answer.
      ear.socket.emit(ask);
      ear.socket.emit(ask, randomValue(random, LONGEST), randomValue(random, LONGEST), randomValue(random, LONGEST));
      ear.socket.emit(ask, Buffer.from([0, 1, 255]), { binary: Buffer.alloc(10) });
      expect(await ear.ask(ask, model)).toMatchObject({ ok: true });
      ear.close();
    }
    await stillWorks();
  });

  test('names that are no asks', async () => {
    const random = randomFrom(2000);
    const ear = await world.people.owner.connect();
    const names = [
      'event',
      'signal',
      'moved',
      '__proto__',
      'constructor',
      'toString',
      'follow ',
      'FOLLOW',
      '',
    ] as const;
    const messages = Array.from({ length: 200 }, (_, at) => ({
      name: at % 2 === 0 ? random.pick(names) : `x${randomText(random, 100)}`,
      what: randomValue(random, LONGEST),
    }));
    await pelt(ear, messages);
    ear.close();
    await stillWorks();
  });

  test('asks too often: the rest is refused, and the socket lives on', async () => {
    const ear = await world.people.owner.connect();
    const answers = await Promise.all(Array.from({ length: 400 }, () => ear.ask('watch', {})));
    expect(answers.filter((answer) => JSON.stringify(answer) === '{"ok":true}')).toHaveLength(300);
    expect(answers.at(-1)).toEqual({ ok: false, error: { code: 'too-many' } });
    expect(ear.socket.connected).toBe(true);
    ear.close();
  });

  test('a message beyond all size ends that one socket; the person connects again, others notice nothing', async () => {
    const other = await world.people.expert.connect();
    const ear = await world.people.owner.connect();
    ear.socket.emit('typing', { streamId: 'x'.repeat(100_000) });
    await ear.until(() => ear.socket.disconnected, 'the end of the connection');
    const again = await world.people.owner.connect();
    expect(await again.ask('watch', {})).toEqual({ ok: true });
    expect(await other.ask('watch', {})).toEqual({ ok: true });
    again.close();
    other.close();
  });

  test('a handshake with anything in it', async () => {
    const random = randomFrom(3000);
    for (let at = 0; at < 50; at++) {
      const client = new Client(server.origin);
      const ear = await client.connect({ as: spoil(random, { as: 'code' }, 500) });
      expect(await ear.ask('watch', {})).toMatchObject({ ok: false });
      ear.close();
    }
    await stillWorks();
  });
});

test('text is kept as it was written, whatever it looks like', async () => {
  const { owner, admin } = world.people;
  const params = { ticketId: world.ticketOf('owner') };
  for (const text of [
    '<script>alert(1)</script>',
    "Robert'); drop table ticket;--",
    '{{7*7}} %s %n',
    'a\n\tb',
    '👩🏽‍🔧 ‮abc',
  ]) {
    const { seq } = await owner.get(tickets.sayInTicket, { params, body: { requestId: newRequestId(), text } });
    const { events } = await admin.get(tickets.ticketEvents, { params, query: { after: String(seq - 1) } });
    expect(events[0]?.body).toEqual({ kind: 'message-said', text });
  }
});

test('a text in the session page cannot leave its element', async () => {
  const { admin, owner } = world.people;
  const subject = '</script><script>alert(1)</script><!--';
  const code = world.codeOf('owner').id;
  const ticket = await admin.get(tickets.openTicket, { body: { requestId: newRequestId(), subject, code } });
  const made = { params: { ticketId: ticket.id }, body: { requestId: newRequestId() } };
  const { id } = await admin.get(sessions.createSessionInTicket, made);
  const page = await owner.send('GET', `/s/${id}?as=code`);
  const [, json = ''] = /<script type="application\/json" id="bootstrap">(.*?)<\/script>/s.exec(page.text) ?? [];
  expect(JSON.parse(json)).toMatchObject({ session: { subject } });
  expect(page.text.match(/<script/g)).toHaveLength(1);
});
