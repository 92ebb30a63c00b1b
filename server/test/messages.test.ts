import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import type { TicketId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { FollowAnswer } from '#contract/socket.ts';
import * as tickets from '#contract/ticket/http.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { type Client, type Ear, newRequestId } from './harness/client.ts';
import { enterCode, gather, makeCode, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: TicketId;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
});
beforeEach(async () => {
  const body = { requestId: newRequestId(), subject: 'It stands', code: people.code.id };
  ticketId = (await people.customer.get(tickets.openTicket, { body })).id;
});
afterAll(() => closeWithoutFaults(server));

const say = (client: Client, text: string, requestId: string = newRequestId()) =>
  client.get(tickets.sayInTicket, { params: { ticketId }, body: { requestId, text } });
const eventsAfter = (after: number) =>
  people.admin.get(tickets.ticketEvents, { params: { ticketId }, query: { after: String(after) } });
const follow = async (ear: Ear, after: number) =>
  FollowAnswer.parse(await ear.ask('follow', { streamId: ticketId, after }));
const upTo = (end: number, from = 1) => Array.from({ length: end - from + 1 }, (_, at) => at + from);

describe('a request that arrives more than once', () => {
  test('ten at the same time are one message, and all hear the same', async () => {
    const requestId = newRequestId();
    const said = await Promise.all(Array.from({ length: 10 }, () => say(people.customer, 'Once only.', requestId)));
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    const { events } = await eventsAfter(1);
    expect(events.map(({ body }) => body)).toEqual([{ kind: 'message-said', text: 'Once only.' }]);
  });

  test('a later one gets the first answer, also when its text is another one by then', async () => {
    const requestId = newRequestId();
    const first = await say(people.customer, 'First.', requestId);
    expect(await say(people.customer, 'Second.', requestId)).toEqual(first);
    expect((await eventsAfter(1)).events).toHaveLength(1);
  });

  test('the id belongs to one person and one deed', async () => {
    const requestId = newRequestId();
    await say(people.customer, 'Mine.', requestId);
    await say(people.expert, 'Mine too.', requestId);
    expect((await eventsAfter(1)).events).toHaveLength(2);
    const other = await people.customer.ask(tickets.openTicket, {
      body: { requestId, subject: 'Another', code: people.code.id },
    });
    expect([other.status, other.text]).toEqual([409, '{"error":{"code":"request-id-reused","field":"requestId"}}']);
  });

  test('what was refused may be asked again with the same id', async () => {
    const requestId = newRequestId();
    const stranger = await enterCode(server.origin, await makeCode(people.admin, 'Oven 1'), 'Stan');
    const asked = { params: { ticketId }, body: { requestId, text: 'Let me in.' } };
    expect((await stranger.ask(tickets.sayInTicket, asked)).status).toBe(404);
    const key = { link: people.code.link.split('/').at(-1) };
    await stranger.get(access.enterCode, { body: { requestId: newRequestId(), key, displayName: 'Stan' } });
    expect((await stranger.ask(tickets.sayInTicket, asked)).status).toBe(200);
  });

  test('one ticket, one session, one code, however often it was sent', async () => {
    const { admin, customer } = people;
    const many = <T>(run: () => Promise<T>) => Promise.all(Array.from({ length: 5 }, run));
    const body = { requestId: newRequestId(), subject: 'Again', code: people.code.id, text: 'Hello' };
    const opened = await many(() => customer.get(tickets.openTicket, { body }));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    const made = { params: { ticketId }, body: { requestId: newRequestId() } };
    const created = await many(() => admin.get(sessions.createSessionInTicket, made));
    expect(new Set(created.map(({ id }) => id)).size).toBe(1);
    expect((await admin.get(sessions.listTicketSessions, { params: { ticketId } })).sessions).toHaveLength(1);
    const code = { body: { requestId: newRequestId(), name: 'Only one' } };
    const codes = await many(() => admin.get(access.createCode, code));
    expect(new Set(codes.map(({ id }) => id)).size).toBe(1);
  });
});

// Hundreds of messages one after the other, each in its place: a busy machine takes its time.
describe('many at once', { timeout: 120_000 }, () => {
  test('20 writers, while the ticket is changed: no gaps, everybody in their own order, all hear all of it once', async () => {
    const { admin, expert, customer } = people;
    const ears = await Promise.all([admin.connect(), customer.connect()]);
    for (const ear of ears) await follow(ear, 0);
    const writers = Array.from({ length: 20 }, (_, at) => ({
      name: `w${at}`,
      client: at % 2 === 0 ? expert : customer,
    }));
    const write = async ({ name, client }: (typeof writers)[number]) => {
      for (const nth of upTo(10)) await say(client, `${name} ${nth}`);
    };
    const change = async () => {
      for (const nth of upTo(20)) {
        const status = nth % 2 === 0 ? 'open' : 'in-progress';
        await admin.get(tickets.updateTicket, { params: { ticketId }, body: { requestId: newRequestId(), status } });
      }
    };
    await Promise.all([...writers.map(write), change()]);

    const { events, upTo: last } = await eventsAfter(0);
    expect(last).toBe(1 + 20 * 10 + 20);
    expect(events.map(({ seq }) => seq)).toEqual(upTo(last));
    for (const { name } of writers) {
      const own = events.flatMap(({ body }) => (body.kind === 'message-said' ? [body.text] : []));
      expect(own.filter((text) => text.startsWith(`${name} `))).toEqual(upTo(10).map((nth) => `${name} ${nth}`));
    }
    for (const ear of ears) {
      await ear.until(() => ear.heard.filter(({ name }) => name === 'event').length >= last - 1, 'all events');
      // Two that were kept at the same moment may be told in either order: pages go by the number.
      const heard = ear.told('event').map(({ event }) => event);
      expect(heard.toSorted((a, b) => a.seq - b.seq)).toEqual(events.slice(1));
      ear.close();
    }
  });

  test('who begins to follow in the middle of it has all of it, each once the doubled ones are dropped by number', async () => {
    const writing = (async () => {
      for (const nth of upTo(60)) await say(people.expert, `${nth}`);
    })();
    const heard = await Promise.all(
      upTo(6).map(async () => {
        const ear = await people.customer.connect();
        const { events, upTo: seen } = await follow(ear, 0);
        return { ear, events, seen };
      }),
    );
    await writing;
    for (const { ear, events, seen } of heard) {
      await ear.until(() => ear.told('event').some(({ event }) => event.seq === 61) || seen === 61, 'the last event');
      const later = ear.told('event').flatMap(({ event }) => (event.seq > seen ? [event.seq] : []));
      expect([...events.map(({ seq }) => seq), ...later]).toEqual(upTo(61));
      ear.close();
    }
  });
});

describe('coming back', { timeout: 120_000 }, () => {
  test('after number n: exactly what is missing, by socket and by HTTP', async () => {
    for (const nth of upTo(8)) await say(people.expert, `${nth}`);
    const ear = await people.customer.connect();
    for (const after of [0, 1, 5, 8, 9, 10, 2_000_000_000]) {
      const missing = upTo(9, after + 1);
      const bySocket = await follow(ear, after);
      const byHttp = await eventsAfter(after);
      expect(bySocket.events.map(({ seq }) => seq)).toEqual(after >= 9 ? [] : missing);
      expect(byHttp.events).toEqual(bySocket.events);
      expect([bySocket.upTo, bySocket.more]).toEqual([Math.max(9, after), false]);
    }
    ear.close();
  });

  test('more than one answer holds comes in parts', async () => {
    const total = limits.eventsPerAnswer + 20;
    const writers = upTo(10).map(async () => {
      for (const nth of upTo(total / 10)) await say(people.expert, `${nth}`);
    });
    await Promise.all(writers);
    const ear = await people.customer.connect();
    const first = await follow(ear, 0);
    expect([first.events.length, first.upTo, first.more]).toEqual([
      limits.eventsPerAnswer,
      limits.eventsPerAnswer,
      true,
    ]);
    const rest = await follow(ear, first.upTo);
    expect(rest.events.map(({ seq }) => seq)).toEqual(upTo(total + 1, first.upTo + 1));
    expect(rest.more).toBe(false);
    ear.close();
  });

  test('who has stopped following hears nothing any more', async () => {
    const ear = await people.customer.connect();
    await follow(ear, 0);
    expect(await ear.ask('unfollow', { streamId: ticketId })).toEqual({ ok: true });
    await say(people.expert, 'Unheard.');
    expect(await ear.ask('watch', {})).toEqual({ ok: true });
    expect(ear.told('event')).toEqual([]);
    ear.close();
  });
});

describe('read and unread', () => {
  const unreadOf = async (client: Client) => (await client.get(tickets.readTicket, { params: { ticketId } })).unread;

  test("counts others' messages after the mark, which never goes back", async () => {
    const { customer, expert, admin } = people;
    const { seq } = await say(customer, 'One.');
    await say(customer, 'Two.');
    expect([await unreadOf(customer), await unreadOf(expert), await unreadOf(admin)]).toEqual([0, 2, 2]);
    await expert.get(tickets.markTicketRead, { params: { ticketId }, body: { upTo: seq } });
    expect(await unreadOf(expert)).toBe(1);
    await expert.get(tickets.markTicketRead, { params: { ticketId }, body: { upTo: 1 } });
    expect(await unreadOf(expert)).toBe(1);
    await expert.get(tickets.markTicketRead, { params: { ticketId }, body: { upTo: 999_999 } });
    expect(await unreadOf(expert)).toBe(0);
    // A mark beyond the end does not swallow what comes later.
    await say(customer, 'Three.');
    expect(await unreadOf(expert)).toBe(1);
  });

  test("the reader's own lists hear that it was read, others' don't", async () => {
    const { seq } = await say(people.customer, 'Look.');
    const ears = await Promise.all([people.expert.connect(), people.admin.connect()]);
    const [mine, other] = ears;
    await people.expert.get(tickets.markTicketRead, { params: { ticketId }, body: { upTo: seq } });
    await mine?.until(() => mine.told('ticket-changed').length > 0, 'the change');
    await people.expert.get(tickets.markTicketRead, { params: { ticketId }, body: { upTo: 1 } });
    expect(await mine?.ask('watch', {})).toEqual({ ok: true });
    expect(await other?.ask('watch', {})).toEqual({ ok: true });
    expect(mine?.told('ticket-changed')).toEqual([{ ticketId }]);
    expect(other?.told('ticket-changed')).toEqual([]);
    for (const ear of ears) ear.close();
  });

  test('the list of others changes while it is open', async () => {
    const ear = await people.expert.connect();
    await ear.ask('watch', {});
    await say(people.customer, 'Look here.');
    await ear.until(() => ear.told('ticket-changed').length > 0, 'the change');
    expect(ear.told('ticket-changed')[0]).toEqual({ ticketId });
    ear.close();
  });

  test('"is typing" reaches those who follow, with the name, and nobody else', async () => {
    const typist = await people.customer.connect();
    const follower = await people.expert.connect();
    const other = await people.admin.connect();
    await follow(follower, 0);
    await other.ask('watch', {});
    expect(await typist.ask('typing', { streamId: ticketId })).toEqual({ ok: true });
    await follower.until(() => follower.told('typing').length > 0, 'somebody typing');
    expect(follower.told('typing')).toEqual([{ streamId: ticketId, personId: expect.any(String), name: 'Rafael' }]);
    expect(await other.ask('watch', {})).toEqual({ ok: true });
    expect(other.told('typing')).toEqual([]);
    for (const ear of [typist, follower, other]) ear.close();
  });
});
