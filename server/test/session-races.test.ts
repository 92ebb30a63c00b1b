import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as annotation from '#contract/annotation/http.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { fresh } from './access-row.ts';
import { closeWithoutFaults } from './harness/case.ts';
import type { Answer, Client } from './harness/client.ts';
import { gather, type People } from './harness/organization.ts';
import { drawingOn, pictureAt, putPicture, webp } from './harness/pictures.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: TicketId;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  ticketId = (
    await people.customer.get(tickets.openTicket, { body: fresh({ subject: 'Races', code: people.code.id }) })
  ).id;
});
afterAll(() => closeWithoutFaults(server));

/** A session with the expert and the customer in it. */
async function bothIn() {
  const made = { params: { ticketId }, body: fresh() };
  const { id: sessionId } = await people.expert.get(sessions.createSessionInTicket, made);
  const join = async (client: Client) => {
    const tabId = randomUUID();
    const joined = { params: { sessionId }, body: fresh({ tabId }) };
    const { you } = await client.get(sessions.joinSession, joined);
    return { client, tabId, participantId: you.participantId ?? '' };
  };
  return { sessionId, expert: await join(people.expert), customer: await join(people.customer) };
}

const logOf = async (sessionId: SessionId) =>
  (await people.expert.get(sessions.sessionEvents, { params: { sessionId } })).events;
const many = <T>(count: number, make: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => make(at)));
const acceptedOf = (answers: readonly Answer[]) => answers.filter(({ status }) => status === 200);

test('of many pictures at once, no more are taken than one participant may add', async () => {
  const { sessionId, expert } = await bothIn();
  const free = 3;
  const values = Array.from({ length: limits.picturesPerParticipant - free }, () => {
    return `('${randomUUID()}', '${sessionId}', '${expert.participantId}', 'image/png', 1, 'x', now())`;
  });
  await server.database.$client.query(
    `insert into picture (id, session_id, participant_id, type, bytes, sha256, created_at) values ${values.join()}`,
  );
  const answers = await many(12, () => putPicture(expert.client, sessionId, randomUUID(), webp()));
  expect(acceptedOf(answers)).toHaveLength(free);
  for (const { status } of answers) expect([200, 429]).toContain(status);
  const kept = await server.database.$client.query(
    `select 1 from picture where session_id = $1 and participant_id = $2`,
    [sessionId, expert.participantId],
  );
  expect(kept.rowCount).toBe(limits.picturesPerParticipant);
});

// PostgreSQL ends one of two that wait for each other after a second: that would be answered with 500 and logged as a fault.
test('pictures, drawings, talk, coming, going and the end, all at once: none wait for each other, nothing comes after the end', async () => {
  for (let round = 0; round < 50; round++) {
    const { sessionId, expert, customer } = await bothIn();
    const pictureId = randomUUID();
    expect((await putPicture(expert.client, sessionId, pictureId, webp())).status).toBe(200);
    const ask = (client: Client, route: Route, body: object = {}) =>
      client.ask(route, { params: { sessionId }, body: fresh({ ...body }) });
    const drawing = () => drawingOn({ kind: 'still', pictureId });
    const lateIds = Array.from({ length: 4 }, () => randomUUID());
    const ways = [
      ...lateIds.map((id, at) => putPicture((at % 2 ? expert : customer).client, sessionId, id, webp())),
      ...lateIds.map((id, at) => (at % 2 ? expert : customer).client.send('DELETE', pictureAt(sessionId, id))),
      ask(expert.client, annotation.makeDrawing, { drawing: drawing() }),
      ask(customer.client, annotation.makeDrawing, { drawing: drawing() }),
      ask(customer.client, annotation.freezePicture, { participantId: expert.participantId, pictureId }),
      ask(expert.client, annotation.clearDrawings, { whose: 'all' }),
      ask(expert.client, sessions.sayInSession, { text: 'Stop' }),
      ask(people.coAdmin, sessions.joinSession, { tabId: randomUUID() }),
      ask(customer.client, sessions.leaveSession, { tabId: customer.tabId }),
      ask(expert.client, sessions.endSession),
      ask(expert.client, sessions.leaveSession, { tabId: expert.tabId }),
      putPicture(customer.client, sessionId, pictureId, webp()),
    ];
    const answers = await Promise.all(ways);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const late = await putPicture(expert.client, sessionId, randomUUID(), webp());
    expect([409, 404]).toContain(late.status);

    const kinds = (await logOf(sessionId)).map(({ body }) => body);
    const ended = kinds.findIndex((body) => body.kind === 'status-changed' && body.to === 'ended');
    const after = kinds.slice(ended + 1).map(({ kind }) => kind);
    expect(ended).toBeGreaterThan(0);
    expect(after.filter((kind) => kind !== 'message-said')).toEqual([]);
  }
}, 300_000);
