import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Code } from '#contract/access/http.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { fresh } from './access-row.ts';
import { closeWithoutFaults } from './harness/case.ts';
import type { Client } from './harness/client.ts';
import { enterCode, gather, makeCode, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
});
afterAll(() => closeWithoutFaults(server));

/** A code of its own with a customer. */
async function newCode(): Promise<{ code: Code; customer: Client }> {
  const code = await makeCode(people.admin, `Press ${randomUUID().slice(0, 8)}`);
  return { code, customer: await enterCode(server.origin, code, 'Rafael') };
}
const newTicket = async (code: Code): Promise<TicketId> =>
  (await people.expert.get(tickets.openTicket, { body: fresh({ subject: 'It stands', code: code.id }) })).id;
async function newSession(ticketId: TicketId): Promise<SessionId> {
  server.clock.advance(1_000);
  const made = { params: { ticketId }, body: fresh() };
  return (await people.expert.get(sessions.createSessionInTicket, made)).id;
}
const onNow = async (client: Client, code: Code) =>
  (await client.get(sessions.listSessionsOnNow, { params: { codeId: code.id } })).sessions;
const idsOnNow = async (client: Client, code: Code) => (await onNow(client, code)).map(({ id }) => id);

test('lists what waits or is live at the code, newest first, however old its ticket is', async () => {
  const { code, customer } = await newCode();
  const first = await newTicket(code);
  const old = await newSession(first);
  for (let later = 0; later < 6; later++) await newTicket(code);
  const young = await newSession(await newTicket(code));
  expect(await idsOnNow(customer, code)).toEqual([young, old]);

  for (const client of [people.expert, customer]) {
    server.clock.advance(1_000);
    const joined = { params: { sessionId: old }, body: fresh({ tabId: randomUUID() }) };
    await client.get(sessions.joinSession, joined);
  }
  const [, live] = await onNow(customer, code);
  expect(live).toMatchObject({ id: old, status: 'live', ticketId: first });
  expect(live?.participants.map(({ name }) => name)).toEqual(['Nora Expert', 'Rafael']);
});

test('leaves out what is over, internal, of another code or of a solved ticket', async () => {
  const { code, customer } = await newCode();
  const ended = await newSession(await newTicket(code));
  await people.expert.get(sessions.endSession, { params: { sessionId: ended }, body: fresh() });
  const cancelled = await newSession(await newTicket(code));
  await people.expert.get(sessions.cancelSession, { params: { sessionId: cancelled }, body: fresh() });
  const internal = await newSession(await newTicket(code));
  await server.database.$client.query(`update session set visibility = 'internal' where id = $1`, [internal]);
  const other = await newCode();
  const theirs = await newSession(await newTicket(other.code));
  const moved = await newTicket(code);
  const forgotten = await newSession(moved);
  expect(await idsOnNow(customer, code)).toEqual([forgotten]);
  expect(await idsOnNow(other.customer, other.code)).toEqual([theirs]);

  const update = (body: object) =>
    people.expert.get(tickets.updateTicket, { params: { ticketId: moved }, body: fresh({ ...body }) });
  await update({ status: 'resolved' });
  expect(await idsOnNow(customer, code)).toEqual([]);
  await update({ status: 'open' });
  expect(await idsOnNow(customer, code)).toEqual([forgotten]);
  await update({ code: other.code.id });
  expect(await idsOnNow(customer, code)).toEqual([]);
  expect(await idsOnNow(other.customer, other.code)).toEqual([forgotten, theirs]);
});

test('is a page at most', async () => {
  const { code, customer } = await newCode();
  const ticketId = await newTicket(code);
  const made: SessionId[] = [];
  for (let nth = 0; nth <= limits.pageSize; nth++) made.unshift(await newSession(ticketId));
  expect(await idsOnNow(customer, code)).toEqual(made.slice(0, limits.pageSize));
});
