import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { SessionBootstrap } from '#contract/call/bootstrap.ts';
import * as call from '#contract/call/http.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { closeWithoutFaults } from './harness/case.ts';
import { type Client, type Ear, newRequestId } from './harness/client.ts';
import { gather, type People } from './harness/organization.ts';
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
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});
afterAll(() => closeWithoutFaults(server));

const join = (client: Client, tabId: string, move = false) =>
  client.get(sessions.joinSession, { params: { sessionId }, body: { requestId: newRequestId(), tabId, move } });
const read = (client: Client) => client.get(sessions.readSession, { params: { sessionId } });

/** A page that is open: it follows the session and is the person's presence. */
async function open(client: Client, tabId: string): Promise<Ear> {
  const ear = await client.connect();
  ears.push(ear);
  expect(await ear.ask('follow', { streamId: sessionId, after: 0 })).toMatchObject({ ok: true });
  expect(await ear.ask('attach', { sessionId, tabId })).toMatchObject({ ok: true });
  return ear;
}

/** In, with the page open. */
async function enter(client: Client) {
  const tabId = randomUUID();
  const ear = await open(client, tabId);
  const { you } = await join(client, tabId);
  return { ear, tabId, participantId: you.participantId ?? '' };
}

const part = { kind: 'restart', connection: 'audio', attempt: { n: 1, by: 'page' }, round: 0 } as const;
const signal = { page: 'page', to: null, parts: [part] };
const offer = {
  offerId: 'o1',
  participantId: 'somebody',
  tabId: 'else',
  page: 'p',
  attempt: { n: 1, by: 'p' },
  audio: 'v=0',
  video: 'v=0',
};
const send = (client: Client, tabId: string, to: string, more: object = {}) =>
  client.ask(call.postSignal, { params: { sessionId }, body: { tabId, to, signal, ...more } });
const park = (client: Client, tabId: string, what: object | null = offer) =>
  client.ask(call.parkOffer, { params: { sessionId }, body: { tabId, offer: what } });

async function pageOf(client: Client, as = '?as=code') {
  const page = await client.send('GET', `/s/${sessionId}${as}`);
  const [, json = ''] = /id="bootstrap">(.*?)<\/script>/s.exec(page.text) ?? [];
  return SessionBootstrap.parse(JSON.parse(json));
}

test('a signal reaches every open page of the other, and one that is just opening', async () => {
  const expert = await enter(people.expert);
  const { you } = await read(people.customer);
  const to = you.participantId ?? '';
  expect((await send(people.expert, expert.tabId, to)).status).toBe(200);
  // Not open yet: it waits for the page's socket.
  const ear = await open(people.customer, randomUUID());
  await ear.until(() => ear.told('signal').length === 1, 'the waiting signal');
  expect(ear.told('signal')).toEqual([{ sessionId, from: expert.participantId, fromTab: expert.tabId, signal }]);
  expect((await send(people.expert, expert.tabId, to)).status).toBe(200);
  await ear.until(() => ear.told('signal').length === 2, 'the second signal');
  expect(expert.ear.told('signal')).toEqual([]);
});

test('neither to oneself nor into another session', async () => {
  const expert = await enter(people.expert);
  expect((await send(people.expert, expert.tabId, expert.participantId)).status).toBe(404);
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  const other = (await people.expert.get(sessions.createSessionInTicket, made)).id;
  const there = await people.customer.get(sessions.readSession, { params: { sessionId: other } });
  expect((await send(people.expert, expert.tabId, there.you.participantId ?? '')).status).toBe(404);
});

test('a parked offer is handed to one page, under the name of who made it', async () => {
  const expert = await enter(people.expert);
  expect((await park(people.expert, expert.tabId)).status).toBe(200);
  const first = await pageOf(people.customer);
  expect(first.parkedOffer).toEqual({ ...offer, participantId: expert.participantId, tabId: expert.tabId });
  expect((await pageOf(people.customer)).parkedOffer).toBeNull();
  // The one who waits does not get their own.
  expect((await pageOf(people.expert, '')).parkedOffer).toBeNull();
});

test.each(['taken back', 'tab closed', 'left', 'moved', 'ended'] as const)(
  'an offer is gone when it was %s',
  async (how) => {
    const expert = await enter(people.expert);
    const watcher = await enter(people.admin);
    await park(people.expert, expert.tabId);
    if (how === 'taken back') await park(people.expert, expert.tabId, null);
    if (how === 'left')
      await people.expert.get(sessions.leaveSession, {
        params: { sessionId },
        body: { requestId: newRequestId(), tabId: expert.tabId },
      });
    if (how === 'moved') await join(people.expert, randomUUID(), true);
    if (how === 'ended')
      await people.admin.get(sessions.endSession, { params: { sessionId }, body: { requestId: newRequestId() } });
    if (how === 'tab closed') {
      expert.ear.close();
      await watcher.ear.until(
        () => watcher.ear.told('presence').some(({ presence }) => presence === 'reconnecting'),
        'the loss',
      );
    }
    expect((await pageOf(people.customer)).parkedOffer).toBeNull();
  },
);
