import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '#contract/limits.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { type Client, newRequestId } from './harness/client.ts';
import { gather, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
beforeAll(async () => {
  server = await startTestServer();
  people = await gather(server.origin, await server.setupPath());
});
afterAll(() => server.close());

test('C3 after a start everybody who was in has the whole grace to come back, and the clock goes on', async () => {
  const { expert, customer, code } = people;
  const opened = { requestId: newRequestId(), subject: 'It stands', code: code.id };
  const ticketId = (await customer.get(tickets.openTicket, { body: opened })).id;
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  const { id: sessionId } = await expert.get(sessions.createSessionInTicket, made);
  const params = { sessionId };
  const tabs = new Map<Client, string>([
    [expert, randomUUID()],
    [customer, randomUUID()],
  ]);
  for (const [client, tabId] of tabs) {
    const ear = await client.connect();
    await ear.ask('attach', { sessionId, tabId });
    await client.get(sessions.joinSession, { params, body: { requestId: newRequestId(), tabId, move: false } });
  }
  const before = await expert.get(sessions.readSession, { params });
  expect(before.participants.map(({ presence }) => presence)).toEqual(['here', 'here']);
  // Long before the end of the grace nobody is away: the grace begins with the start, not earlier.
  server.clock.advance(60 * 60_000);
  server = await server.again();
  const [desk, phone] = [expert.at(server.origin), customer.at(server.origin)];

  const after = await desk.get(sessions.readSession, { params });
  expect(after.participants.map(({ presence }) => presence)).toEqual(['reconnecting', 'reconnecting']);
  expect(after).toMatchObject({ status: 'live', liveSince: before.liveSince, lastSeq: before.lastSeq });

  const ear = await phone.connect();
  await ear.ask('follow', { streamId: sessionId, after: before.lastSeq });
  await ear.ask('attach', { sessionId, tabId: tabs.get(customer) });
  server.clock.advance(limits.leaveGraceMs + 1);
  await ear.until(() => ear.told('event').length > 0, 'the leaving');
  expect(ear.told('event')[0]?.event).toMatchObject({
    seq: before.lastSeq + 1,
    body: { kind: 'participant-left', name: 'Nora Expert', reason: 'connection-lost' },
  });
  expect((await phone.get(sessions.readSession, { params })).status).toBe('live');
  ear.close();
  expect(server.faults).toEqual([]);
});
