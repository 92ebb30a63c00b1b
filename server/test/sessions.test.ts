import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SessionId, TicketId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { markAllAway } from '#server/features/session/presence.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { type Client, type Ear, newRequestId } from './harness/client.ts';
import { enterCode, gather, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: TicketId;
let sessionId: SessionId;
const ears: Ear[] = [];
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  const body = { requestId: newRequestId(), subject: 'It stands', code: people.code.id };
  ticketId = (await people.customer.get(tickets.openTicket, { body })).id;
});
beforeEach(async () => {
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  sessionId = (await people.expert.get(sessions.createSessionInTicket, made)).id;
});
afterEach(async () => {
  for (const ear of ears.splice(0)) ear.close();
  await people.admin.ask(sessions.endSession, { params: { sessionId }, body: { requestId: newRequestId() } });
});
afterAll(() => closeWithoutFaults(server));

const newTab = () => randomUUID();
const joinAsk = (client: Client, tabId: string, move = false) =>
  client.ask(sessions.joinSession, { params: { sessionId }, body: { requestId: newRequestId(), tabId, move } });
const join = (client: Client, tabId: string = newTab(), move = false) =>
  client.get(sessions.joinSession, { params: { sessionId }, body: { requestId: newRequestId(), tabId, move } });
const leave = (client: Client, tabId: string) =>
  client.ask(sessions.leaveSession, { params: { sessionId }, body: { requestId: newRequestId(), tabId } });
const read = (client: Client = people.admin) => client.get(sessions.readSession, { params: { sessionId } });
const manage = (client: Client, route: typeof sessions.endSession | typeof sessions.cancelSession) =>
  client.ask(route, { params: { sessionId }, body: { requestId: newRequestId() } });
const bodies = async () =>
  (await people.admin.get(sessions.sessionEvents, { params: { sessionId } })).events.map(({ body }) => body);
const kinds = async () => (await bodies()).map(({ kind }) => kind);
const presenceOf = async (name: string) => (await read()).participants.find((one) => one.name === name)?.presence;

/** A page that is open: it follows the session and is the person's presence. */
async function open(client: Client, tabId: string): Promise<Ear> {
  const ear = await client.connect();
  ears.push(ear);
  expect(await ear.ask('follow', { streamId: sessionId, after: 0 })).toMatchObject({ ok: true });
  expect(await ear.ask('attach', { sessionId, tabId })).toMatchObject({ ok: true });
  return ear;
}

/** In, with the page open. */
async function enter(client: Client, tabId: string = newTab()) {
  const ear = await open(client, tabId);
  const { you } = await join(client, tabId);
  return { ear, tabId, participantId: you.participantId ?? '' };
}

const leftEvents = (ear: Ear) =>
  ear.told('event').flatMap(({ event: { body } }) => (body.kind === 'participant-left' ? [body] : []));

describe('A10 in a ticket', () => {
  test('a new session makes its ticket the latest in the lists', async () => {
    const body = { requestId: newRequestId(), subject: 'It is newer', code: people.code.id };
    server.clock.advance(1000);
    await people.customer.get(tickets.openTicket, { body });
    server.clock.advance(1000);
    await people.expert.get(sessions.createSessionInTicket, {
      params: { ticketId },
      body: { requestId: newRequestId() },
    });
    const listed = await people.customer.get(tickets.listTickets, { query: { code: people.code.id } });
    expect(listed.tickets[0]?.id).toBe(ticketId);
  });
});

describe('A8 B2 from waiting to ended', () => {
  test('it waits with one, is live with an expert and one more, and its clock starts then, for both the same', async () => {
    expect(await kinds()).toEqual(['session-created', 'ticket-linked', 'status-changed']);
    await join(people.expert);
    expect(await read()).toMatchObject({ status: 'waiting', liveSince: null });
    server.clock.advance(40_000);
    await join(people.customer);
    const start = server.clock.now().toISOString();
    server.clock.advance(95_000);
    for (const client of [people.expert, people.customer]) {
      expect(await read(client)).toMatchObject({
        status: 'live',
        liveSince: start,
        now: server.clock.now().toISOString(),
      });
    }
  });

  test('two customers do not start the clock', async () => {
    const second = await enterCode(server.origin, people.code, 'Rosa');
    await join(people.customer);
    await join(second);
    expect(await read()).toMatchObject({ status: 'waiting', liveSince: null });
  });

  test('the last one who leaves ends it; the one before does not', async () => {
    const [one, two] = [newTab(), newTab()];
    await join(people.expert, one);
    await join(people.customer, two);
    server.clock.advance(1000);
    expect((await leave(people.expert, one)).status).toBe(200);
    expect(await read()).toMatchObject({ status: 'live', endedAt: null });
    server.clock.advance(5000);
    expect((await leave(people.customer, two)).status).toBe(200);
    expect(await read()).toMatchObject({ status: 'ended', endedAt: server.clock.now().toISOString() });
    const [status] = (await bodies()).slice(-1);
    expect(status).toMatchObject({ kind: 'status-changed', from: 'live', to: 'ended' });
  });

  test('who left comes back with a second "joined"; the clock goes on from its first start', async () => {
    const tab = newTab();
    await join(people.expert);
    await join(people.customer, tab);
    const { liveSince } = await read();
    await leave(people.customer, tab);
    server.clock.advance(7000);
    await join(people.customer, newTab());
    expect(await read()).toMatchObject({ status: 'live', liveSince });
    expect((await kinds()).filter((kind) => kind === 'participant-joined')).toHaveLength(3);
  });

  test('end for all sees everybody out, each with a line, and nobody comes in again', async () => {
    const expert = await enter(people.expert);
    server.clock.advance(1000);
    const customer = await enter(people.customer);
    expect((await manage(people.expert, sessions.endSession)).status).toBe(200);
    await customer.ear.until(
      () => customer.ear.told('session-changed').some(({ status }) => status === 'ended'),
      'the end',
    );
    expect((await bodies()).slice(-3)).toMatchObject([
      { kind: 'participant-left', participantId: expert.participantId, reason: 'session-ended' },
      { kind: 'participant-left', participantId: customer.participantId, reason: 'session-ended' },
      { kind: 'status-changed', to: 'ended' },
    ]);
    expect(await joinAsk(people.customer, customer.tabId)).toMatchObject({
      status: 409,
      json: { error: { code: 'not-in-this-state' } },
    });
    // What was typed before it ended and sent after it is not lost.
    const said = { params: { sessionId }, body: { requestId: newRequestId(), text: 'Thank you!' } };
    expect((await people.customer.ask(sessions.sayInSession, said)).status).toBe(200);
  });

  test('it can be cancelled while it waits, not when it is live', async () => {
    await join(people.expert);
    await join(people.customer);
    expect(await manage(people.admin, sessions.cancelSession)).toMatchObject({
      status: 409,
      json: { error: { code: 'not-in-this-state' } },
    });
    const made = { params: { ticketId }, body: { requestId: newRequestId() } };
    const other = (await people.expert.get(sessions.createSessionInTicket, made)).id;
    await people.admin.get(sessions.cancelSession, {
      params: { sessionId: other },
      body: { requestId: newRequestId(), reason: 'Solved by phone' },
    });
    const { events } = await people.customer.get(sessions.sessionEvents, { params: { sessionId: other } });
    expect(events.at(-1)?.body).toEqual({
      kind: 'status-changed',
      from: 'waiting',
      to: 'cancelled',
      reason: 'Solved by phone',
    });
  });

  test('leaving, ending and joining at the same moment break nothing', async () => {
    const [one, two] = [newTab(), newTab()];
    await join(people.expert, one);
    await join(people.customer, two);
    const answers = await Promise.all([
      leave(people.expert, one),
      leave(people.customer, two),
      manage(people.admin, sessions.endSession),
      joinAsk(people.coAdmin, newTab()),
      manage(people.expert, sessions.endSession),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect((await read()).status).toBe('ended');
    expect((await bodies()).filter((body) => body.kind === 'status-changed' && body.to === 'ended')).toHaveLength(1);
  });
});

describe('presence and grace', () => {
  test('a lost page is "reconnecting" at once, and back without a line in the log', async () => {
    const expert = await enter(people.expert);
    const customer = await enter(people.customer);
    const before = await kinds();
    customer.ear.close();
    await expert.ear.until(
      () => expert.ear.told('presence').some(({ presence }) => presence === 'reconnecting'),
      'the loss',
    );
    expect(await presenceOf('Rafael')).toBe('reconnecting');
    server.clock.advance(limits.leaveGraceMs - 1000);
    await open(people.customer, customer.tabId);
    await expert.ear.until(() => expert.ear.told('presence').at(-1)?.presence === 'here', 'the return');
    expect(expert.ear.told('presence').at(-1)).toEqual({
      sessionId,
      participantId: customer.participantId,
      presence: 'here',
    });
    expect(await presenceOf('Rafael')).toBe('here');
    expect(await kinds()).toEqual(before);
  });

  test('after two minutes they have left, not before', async () => {
    const expert = await enter(people.expert);
    const customer = await enter(people.customer);
    const watcher = await people.admin.connect();
    ears.push(watcher);
    await watcher.ask('follow', { streamId: sessionId, after: 0 });
    customer.ear.close();
    await watcher.until(() => watcher.told('presence').length === 1, 'the first loss');
    server.clock.advance(60_000);
    expert.ear.close();
    await watcher.until(() => watcher.told('presence').length === 2, 'the second loss');
    server.clock.advance(limits.leaveGraceMs - 60_000 + 1);
    await watcher.until(() => leftEvents(watcher).length > 0, 'the first leaving');
    expect(leftEvents(watcher)).toMatchObject([{ participantId: customer.participantId, reason: 'connection-lost' }]);
    expect(await presenceOf('Nora Expert')).toBe('reconnecting');
    expect((await read()).status).toBe('live');
    server.clock.advance(60_000);
    await watcher.until(() => leftEvents(watcher).length > 1, 'the second leaving');
    await watcher.until(() => watcher.told('session-changed').at(-1)?.status === 'ended', 'the end');
    expect(await read()).toMatchObject({ status: 'ended', endedAt: server.clock.now().toISOString() });
  });

  test('who joined and whose page never connected leaves after the grace too', async () => {
    const expert = await enter(people.expert);
    await join(people.customer);
    server.clock.advance(limits.leaveGraceMs + 1);
    await expert.ear.until(() => leftEvents(expert.ear).length > 0, 'the leaving');
    expect(leftEvents(expert.ear)).toMatchObject([{ name: 'Rafael', reason: 'connection-lost' }]);
  });

  test('a page with two connections for a moment is lost only with the second', async () => {
    const expert = await enter(people.expert);
    const customer = await enter(people.customer);
    const second = await open(people.customer, customer.tabId);
    customer.ear.close();
    await people.customer.get(sessions.readSession, { params: { sessionId } });
    expect(await presenceOf('Rafael')).toBe('here');
    second.close();
    await expert.ear.until(
      () => expert.ear.told('presence').some(({ presence }) => presence === 'reconnecting'),
      'the loss',
    );
  });

  test('who joins while the page is just connecting is here, and stays', async () => {
    for (let round = 0; round < 8; round += 1) {
      const tab = newTab();
      await Promise.all([open(people.customer, tab), join(people.customer, tab)]);
      expect(await presenceOf('Rafael')).toBe('here');
      expect((await leave(people.customer, tab)).status).toBe(200);
    }
  });

  test('a start gives everybody the whole grace again, also who was away before', async () => {
    const expert = await enter(people.expert);
    const customer = await enter(people.customer);
    customer.ear.close();
    await expert.ear.until(() => expert.ear.told('presence').length > 0, 'the loss');
    server.clock.advance(limits.leaveGraceMs - 1000);
    await markAllAway({ database: server.database, clock: server.clock.now });
    server.clock.advance(limits.leaveGraceMs - 1000);
    // The lost are looked for once a second.
    await new Promise((done) => setTimeout(done, 1500));
    expect(leftEvents(expert.ear)).toEqual([]);
    await open(people.customer, customer.tabId);
    expect(await presenceOf('Rafael')).toBe('here');
  });

  test('an open page of somebody who has not joined is no presence', async () => {
    const expert = await enter(people.expert);
    const ear = await open(people.customer, newTab());
    ear.close();
    const { participants } = await read();
    expect(participants.map(({ name }) => name)).toEqual(['Nora Expert']);
    expect(expert.ear.told('presence').filter(({ participantId }) => participantId !== expert.participantId)).toEqual(
      [],
    );
  });
});

describe('one person, several tabs', () => {
  test('a second tab is refused, and may take the session over', async () => {
    const customer = await enter(people.customer);
    const second = newTab();
    expect(await joinAsk(people.customer, second)).toMatchObject({
      status: 409,
      json: { error: { code: 'in-another-tab' } },
    });
    const there = await people.customer.get(sessions.readSession, { params: { sessionId }, query: { tabId: second } });
    const here = await people.customer.get(sessions.readSession, {
      params: { sessionId },
      query: { tabId: customer.tabId },
    });
    expect([there.you.inAnotherTab, here.you.inAnotherTab]).toEqual([true, false]);

    const other = await open(people.customer, second);
    await join(people.customer, second, true);
    await customer.ear.until(() => customer.ear.told('moved').length > 0, 'the move');
    expect(other.told('moved')).toEqual([]);
    expect((await kinds()).filter((kind) => kind === 'participant-joined')).toHaveLength(1);
    // The old tab can no longer leave for the person, nor make them away by closing.
    expect(await leave(people.customer, customer.tabId)).toMatchObject({
      status: 409,
      json: { error: { code: 'not-joined' } },
    });
    customer.ear.close();
    await read(people.customer);
    expect(await presenceOf('Rafael')).toBe('here');
    expect((await leave(people.customer, second)).status).toBe(200);
  });

  test('a tab that is gone needs no move', async () => {
    const customer = await enter(people.customer);
    const watcher = await enter(people.expert);
    customer.ear.close();
    await watcher.ear.until(
      () => watcher.ear.told('presence').some(({ presence }) => presence === 'reconnecting'),
      'the loss',
    );
    expect((await joinAsk(people.customer, newTab())).status).toBe(200);
  });

  test('the same tab joins again after a reload without a second line', async () => {
    const customer = await enter(people.customer);
    await join(people.customer, customer.tabId);
    expect((await kinds()).filter((kind) => kind === 'participant-joined')).toHaveLength(1);
  });
});

describe('one-on-one', () => {
  test('a third is refused until one has left', async () => {
    const tab = newTab();
    await join(people.expert, tab);
    await join(people.customer);
    expect(await joinAsk(people.admin, newTab())).toMatchObject({
      status: 409,
      json: { error: { code: 'session-full' } },
    });
    await leave(people.expert, tab);
    expect((await joinAsk(people.admin, newTab())).status).toBe(200);
  });

  test('of five at the same moment two are in', async () => {
    const { admin, coAdmin, expert, customer } = people;
    const fifth = await enterCode(server.origin, people.code, 'Rosa');
    const answers = await Promise.all(
      [admin, coAdmin, expert, customer, fifth].map((client) => joinAsk(client, newTab())),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409, 409, 409]);
  });
});
