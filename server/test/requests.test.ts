import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionId } from '#contract/ids.ts';
import * as requests from '#contract/request/http.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { fresh } from './access-row.ts';
import { gather, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
});
afterAll(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

const ask = (wish: Readonly<Record<string, unknown>> = {}) => {
  const body = fresh({ place: { code: people.code.id }, subject: 'It stands', ...wish });
  return people.customer.get(requests.createRequest, { body });
};
const storyOf = async (sessionId: SessionId) =>
  (await people.expert.get(sessions.sessionEvents, { params: { sessionId } })).events.map(({ body }) =>
    body.kind === 'status-changed' ? body.to : body.kind,
  );

test('A11 a customer asks for a session, an employee accepts, both can join', async () => {
  const made = await ask({ words: 'Error 14', email: 'rafael@example.org' });
  expect(made).toMatchObject({ status: 'requested', words: 'Error 14', hasAddress: true, answeredBy: null });
  expect(made.code?.id).toBe(people.code.id);
  const params = { sessionId: made.sessionId };
  const answered = await people.expert.get(requests.acceptRequest, { params, body: fresh() });
  expect(answered).toMatchObject({
    result: 'done',
    by: 'Nora Expert',
    request: { status: 'accepted', expiresAt: null },
  });
  const listed = await people.customer.get(requests.listCodeRequests, { params: { codeId: people.code.id } });
  expect(listed.requests.map(({ sessionId }) => sessionId)).toContain(made.sessionId);
  expect(await storyOf(made.sessionId)).toEqual(['session-created', 'requested', 'session-requested', 'accepted']);
});

test('A11 an employee declines with a word; in a ticket its card is there', async () => {
  const opened = { body: fresh({ subject: 'Press', code: people.code.id }) };
  const { id: ticketId } = await people.customer.get(tickets.openTicket, opened);
  const made = await ask({ place: { ticket: ticketId } });
  expect(made.ticket?.id).toBe(ticketId);
  const params = { sessionId: made.sessionId };
  const words = 'Please call the dealer';
  await people.expert.get(requests.declineRequest, { params, body: fresh({ words }) });
  const read = await people.customer.get(requests.readRequest, { params });
  expect(read).toMatchObject({ status: 'declined', reason: words, answeredBy: { name: 'Nora Expert' } });
  const late = await people.coAdmin.get(requests.acceptRequest, { params, body: fresh() });
  expect(late).toMatchObject({ result: 'taken', by: 'Nora Expert', request: { status: 'declined' } });
});
