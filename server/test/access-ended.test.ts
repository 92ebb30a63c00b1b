import { randomUUID } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { newRequestId } from './harness/client.ts';
import { gather } from './harness/organization.ts';
import { startTestServer } from './harness/server.ts';

const server = await startTestServer();
afterAll(() => server.close());

test('who loses access in a session is out of it for everybody, and the log says why', async () => {
  const people = await gather(server.origin, await server.setupPath());
  const opened = { requestId: newRequestId(), subject: 'It stands', code: people.code.id };
  const { id: ticketId } = await people.customer.get(tickets.openTicket, { body: opened });
  const made = { params: { ticketId }, body: { requestId: newRequestId() } };
  const { id: sessionId } = await people.expert.get(sessions.createSessionInTicket, made);
  const params = { sessionId };
  const ear = await people.expert.connect();
  await ear.ask('follow', { streamId: sessionId, after: 0 });
  for (const person of [people.expert, people.customer]) {
    const tabId = randomUUID();
    await (await person.connect()).ask('attach', { sessionId, tabId });
    await person.get(sessions.joinSession, { params, body: { requestId: newRequestId(), tabId } });
  }

  await people.admin.get(access.updateCode, {
    params: { codeId: people.code.id },
    body: { requestId: newRequestId(), enabled: false },
  });

  await expect
    .poll(() =>
      ear.told('event').flatMap(({ event: { body } }) => (body.kind === 'participant-left' ? [body.reason] : [])),
    )
    .toEqual(['access-ended']);
  const after = await people.expert.get(sessions.readSession, { params });
  expect(after.status).toBe('live');
  expect(Object.fromEntries(after.participants.map((one) => [one.as, one.presence]))).toEqual({
    expert: 'here',
    codeUser: 'left',
  });
  expect(server.faults).toEqual([]);
});
