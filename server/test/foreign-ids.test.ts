import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as annotation from '#contract/annotation/http.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import * as tickets from '#contract/ticket/http.ts';
import { fresh } from './access-row.ts';
import { closeWithoutFaults } from './harness/case.ts';
import type { Client } from './harness/client.ts';
import { enterCode, gather, makeCode, type People } from './harness/organization.ts';
import { drawingOn, pictureAt, putPicture, webp } from './harness/pictures.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
});
afterAll(() => closeWithoutFaults(server));

/** A customer of a code of their own, in a session of their own. */
async function alone(name: string): Promise<{ client: Client; sessionId: SessionId; participantId: string }> {
  const code = await makeCode(people.admin, name);
  const client = await enterCode(server.origin, code, name);
  const ticket = await client.get(tickets.openTicket, { body: fresh({ subject: name, code: code.id }) });
  const made = { params: { ticketId: ticket.id }, body: fresh() };
  const { id: sessionId } = await people.expert.get(sessions.createSessionInTicket, made);
  const joined = { params: { sessionId }, body: fresh({ tabId: randomUUID() }) };
  const { you } = await client.get(sessions.joinSession, joined);
  return { client, sessionId, participantId: you.participantId ?? '' };
}

/** The events that somebody's log has of drawings and pictures. */
async function drawnIn({ client, sessionId }: Awaited<ReturnType<typeof alone>>): Promise<unknown[]> {
  const { events } = await client.get(sessions.sessionEvents, { params: { sessionId } });
  return events.map(({ body }) => body).filter(({ kind }) => /^(drawing|picture)/.test(kind));
}

test('an id that another session has is as free as any: nobody can find out that it is there', async () => {
  const [owner, stranger] = [await alone('Olga'), await alone('Stan')];
  const [pictureId, drawingId] = [randomUUID(), randomUUID()];
  /** Does everything under these ids and says what the answers were, without what is different each time. */
  const everything = async ({ client, sessionId, participantId }: typeof owner, picture: string, drawing: string) => {
    const ask = (route: Route, body: object = {}) =>
      client.ask(route, { params: { sessionId, drawingId: drawing }, body: fresh({ ...body }) });
    const made = { ...drawingOn({ kind: 'still', pictureId: picture }), id: drawing };
    const answers = [
      await ask(annotation.freezePicture, { participantId, pictureId: picture }),
      await ask(annotation.makeDrawing, { drawing: made }),
      await ask(annotation.removeDrawing),
      await putPicture(client, sessionId, picture, webp(300)),
      await ask(annotation.makeDrawing, { drawing: made }),
      await ask(annotation.freezePicture, { participantId, pictureId: picture }),
      await ask(annotation.removeDrawing),
      await ask(annotation.restoreDrawing),
    ];
    return answers.map(({ status, text }) => `${status} ${status === 200 ? '' : text}`);
  };

  const first = await everything(owner, pictureId, drawingId);
  expect(first.slice(3)).toEqual(Array(5).fill('200 '));
  const before = await drawnIn(owner);
  expect(await everything(stranger, pictureId, drawingId)).toEqual(first);
  expect(await everything(await alone('Third'), randomUUID(), randomUUID())).toEqual(first);
  expect(await drawnIn(owner)).toEqual(before);
});

test('one id in two sessions is two pictures and two drawings, each its own', async () => {
  const [one, two] = [await alone('One'), await alone('Two')];
  const pictureId = randomUUID();
  const drawing = drawingOn({ kind: 'still', pictureId });
  for (const [{ client, sessionId }, size] of [
    [one, 300],
    [two, 400],
  ] as const) {
    expect((await putPicture(client, sessionId, pictureId, webp(size))).status).toBe(200);
    const made = { params: { sessionId }, body: fresh({ drawing }) };
    expect((await client.ask(annotation.makeDrawing, made)).status).toBe(200);
  }
  expect((await one.client.send('GET', pictureAt(one.sessionId, pictureId))).text).toHaveLength(300);
  expect((await two.client.send('GET', pictureAt(two.sessionId, pictureId))).text).toHaveLength(400);

  const ofOne = { params: { sessionId: one.sessionId, drawingId: drawing.id } };
  const ofTwo = { params: { sessionId: two.sessionId, drawingId: drawing.id } };
  await one.client.get(annotation.removeDrawing, { ...ofOne, body: fresh() });
  const still = await two.client.ask(annotation.restoreDrawing, { ...ofTwo, body: fresh() });
  expect(still.json).toEqual({ error: { code: 'not-in-this-state' } });
  await two.client.get(annotation.removeDrawing, { ...ofTwo, body: fresh() });
  await one.client.get(annotation.restoreDrawing, { ...ofOne, body: fresh() });
});
