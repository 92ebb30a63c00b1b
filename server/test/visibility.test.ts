import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SessionId, TicketId } from '#contract/ids.ts';
import * as sessions from '#contract/session/http.ts';
import { setVisibility, type Visibility } from '#contract/session/visibility.ts';
import * as tickets from '#contract/ticket/http.ts';
import { type Client, type Ear, newRequestId } from './harness/client.ts';
import { enterCode, gather, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

/* A4: what becomes of a session that is hidden, for those in it and for all others. */

let server: TestServer;
let people: People;
let bystander: Client;
const ears: Ear[] = [];

beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  bystander = await enterCode(server.origin, people.code, 'Bea');
});
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});
afterAll(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const fresh = (body: object = {}) => ({ requestId: newRequestId(), ...body });
const show = (sessionId: SessionId, to: Visibility) =>
  people.expert.get(setVisibility, { params: { sessionId }, body: fresh({ to }) });

async function listen(client: Client, streamId: string): Promise<Ear> {
  const ear = await client.connect();
  ears.push(ear);
  await ear.ask('watch', {});
  await ear.ask('follow', { streamId, after: 0 });
  return ear;
}

/** A ticket of the code with a session in it. */
async function begin(): Promise<{ ticketId: TicketId; sessionId: SessionId }> {
  const opened = fresh({ subject: 'It stands', code: people.code.id, text: 'Since noon.' });
  const { id: ticketId } = await people.customer.get(tickets.openTicket, { body: opened });
  const made = { params: { ticketId }, body: fresh() };
  const { id: sessionId } = await people.expert.get(sessions.createSessionInTicket, made);
  return { ticketId, sessionId };
}

async function join(client: Client, sessionId: SessionId): Promise<{ ear: Ear; tabId: string }> {
  const tabId = randomUUID();
  const ear = await listen(client, sessionId);
  await ear.ask('attach', { sessionId, tabId });
  await client.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId }) });
  return { ear, tabId };
}

test('what tickets say about it goes with it, and comes back', async () => {
  const { ticketId, sessionId } = await begin();
  const read = async (client: Client) => ({
    ticket: await client.get(tickets.readTicket, { params: { ticketId } }),
    thread: (await client.get(tickets.ticketEvents, { params: { ticketId } })).events.map(({ body }) => body.kind),
    sessions: (await client.get(sessions.listTicketSessions, { params: { ticketId } })).sessions.map(({ id }) => id),
  });
  const before = await read(people.customer);
  expect(before.thread).toEqual(['ticket-opened', 'message-said', 'session-created']);
  const ear = await listen(people.customer, ticketId);

  await show(sessionId, 'internal');
  const hidden = await read(people.customer);
  expect(hidden.thread).toEqual(['ticket-opened', 'message-said']);
  expect(hidden.ticket).toEqual({ ...before.ticket, lastSeq: 2 });
  expect(hidden.sessions).toEqual([]);
  expect((await read(people.expert)).thread).toEqual(before.thread);
  await ear.until(() => ear.told('stream-changed').length > 0, 'the thread to be read anew');
  await ear.until(() => ear.told('session-changed').length > 0, 'the card to go');
  expect(await ear.ask('follow', { streamId: ticketId, after: 2 })).toMatchObject({ events: [], upTo: 2 });

  await show(sessionId, 'public');
  expect(await read(people.customer)).toEqual(before);
  expect(ear.told('stream-changed')).toHaveLength(2);
});

test('it goes on for those who are in it, for as long as they are', async () => {
  const { ticketId, sessionId } = await begin();
  const params = { sessionId };
  const { ear, tabId } = await join(people.customer, sessionId);
  await join(people.expert, sessionId);
  const besides = await listen(bystander, sessionId);

  await show(sessionId, 'internal');
  await besides.until(() => besides.told('stream-changed').length > 0, 'the page to ask anew');
  expect(await besides.ask('follow', { streamId: sessionId, after: 0 })).toMatchObject({ ok: false });
  expect((await bystander.ask(sessions.joinSession, { params, body: fresh({ tabId: randomUUID() }) })).status).toBe(
    404,
  );

  const heardBefore = besides.heard.length;
  const said = (text: string) => people.expert.get(sessions.sayInSession, { params, body: fresh({ text }) });
  await said('Only you hear this.');
  await ear.until(() => ear.told('event').some(({ event: { body } }) => body.kind === 'message-said'), 'the message');
  const log = await people.customer.get(sessions.sessionEvents, { params });
  expect(log.events.map(({ body }) => body.kind)).toContain('message-said');
  expect(log.events.map(({ body }) => body.kind)).not.toContain('visibility-changed');
  const own = await people.customer.get(sessions.readSession, { params, query: { tabId } });
  expect({ isPublic: own.isPublic, lastSeq: own.lastSeq }).toEqual({
    isPublic: false,
    lastSeq: log.events.at(-1)?.seq,
  });
  const cards = await people.customer.get(sessions.listTicketSessions, { params: { ticketId } });
  expect(cards.sessions).toEqual([]);

  const theirs = fresh({ text: 'I am here.' });
  expect((await people.customer.ask(sessions.sayInSession, { params, body: theirs })).status).toBe(200);
  await people.customer.get(sessions.leaveSession, { params, body: fresh({ tabId }) });
  // Not even what they were answered before is answered again.
  expect((await people.customer.ask(sessions.sayInSession, { params, body: theirs })).status).toBe(404);
  const heardUntilLeft = ear.heard.length;
  await said('Now you do not.');
  for (const body of [fresh({ tabId }), fresh({ tabId, move: true })]) {
    expect((await people.customer.ask(sessions.joinSession, { params, body })).status).toBe(404);
  }
  expect((await people.customer.ask(sessions.readSession, { params })).status).toBe(404);
  expect(ear.heard.slice(heardUntilLeft)).toEqual([]);
  expect(besides.heard.slice(heardBefore)).toEqual([]);
});
