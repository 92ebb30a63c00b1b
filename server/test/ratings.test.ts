import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportQuality } from '#contract/call/quality.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import * as sessions from '#contract/session/http.ts';
import * as ratings from '#contract/session/rating.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import { fresh } from './access-row.ts';
import { closeWithoutFaults, openCase } from './harness/case.ts';
import type { Client } from './harness/client.ts';
import { enterCode, type People } from './harness/organization.ts';
import type { TestServer } from './harness/server.ts';

const HOUR_MS = 3_600_000;
let server: TestServer;
let people: People;
let ticketId: TicketId;
beforeAll(async () => {
  ({ server, people, ticketId } = await openCase('Pump stands still'));
});
afterAll(() => closeWithoutFaults(server));

const newSession = async () =>
  (await people.expert.get(sessions.createSessionInTicket, { params: { ticketId }, body: fresh() })).id;
const join = (client: Client, sessionId: SessionId) =>
  client.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId: randomUUID() }) });
const end = (sessionId: SessionId) => people.expert.get(sessions.endSession, { params: { sessionId }, body: fresh() });
const rate = (client: Client, sessionId: SessionId, body: object) =>
  client.ask(ratings.rateSession, { params: { sessionId }, body: fresh({ ...body }) });

/** A session that the expert and the customer were in. */
async function ended(): Promise<SessionId> {
  const sessionId = await newSession();
  await join(people.expert, sessionId);
  await join(people.customer, sessionId);
  await end(sessionId);
  return sessionId;
}

const summaryFor = async (client: Client, sessionId: SessionId) =>
  (await client.get(sessions.listTicketSessions, { params: { ticketId } })).sessions.find(({ id }) => id === sessionId);

test('A9 a customer rates a session once, changes it, and employees see it on the session and its ticket', async () => {
  const sessionId = await ended();
  const params = { sessionId };
  const { customer, expert } = people;
  const low = { stars: 2, comment: 'The picture froze', wentWrong: ['picture', 'sound', 'picture'] };
  expect((await rate(customer, sessionId, low)).json).toMatchObject({ stars: 2, wentWrong: ['picture', 'sound'] });
  expect(await summaryFor(expert, sessionId)).toMatchObject({ status: 'rated', stars: 2 });
  expect(await summaryFor(customer, sessionId)).toMatchObject({ status: 'rated', stars: null });

  // Who is content is not asked what went wrong, whatever the page still says.
  expect((await rate(customer, sessionId, { ...low, stars: 5, comment: 'All good' })).status).toBe(200);
  const all = await expert.get(ratings.readRatings, { params });
  expect(all.ratings).toMatchObject([{ stars: 5, comment: 'All good', wentWrong: [], by: 'Rafael' }]);
  expect(all).toMatchObject({ own: null, openUntil: null });
  const own = await customer.get(ratings.readRatings, { params });
  expect(own).toMatchObject({ ratings: all.ratings, own: all.ratings[0] });
  expect(own.openUntil).not.toBe(null);
  expect((await summaryFor(expert, sessionId))?.stars).toBe(5);

  // The same again is no change: the log has what was given, and the change of it.
  await rate(customer, sessionId, { stars: 5, comment: 'All good' });
  const { events } = await expert.get(sessions.sessionEvents, { params });
  expect(events.flatMap(({ body }) => (body.kind === 'session-rated' ? [body.stars] : []))).toEqual([2, 5]);
  expect(events.filter(({ body }) => body.kind === 'status-changed' && body.to === 'rated')).toHaveLength(1);
});

test('A9 a rating that was given is not even confirmed again once the session is hidden', async () => {
  const sessionId = await ended();
  const wish = { params: { sessionId }, body: fresh({ stars: 4 }) };
  const { customer, expert } = people;
  expect((await customer.ask(ratings.rateSession, wish)).status).toBe(200);
  await expert.get(setVisibility, { params: { sessionId }, body: fresh({ to: 'internal' }) });
  expect((await customer.ask(ratings.rateSession, wish)).status).toBe(404);
});

test('A9 the mean of several customers is the session’s', async () => {
  const sessionId = await newSession();
  const other = await enterCode(server.origin, people.code, 'Ines');
  await join(people.customer, sessionId);
  await join(other, sessionId);
  await end(sessionId);
  await rate(people.customer, sessionId, { stars: 2 });
  await rate(other, sessionId, { stars: 5 });
  expect((await summaryFor(people.expert, sessionId))?.stars).toBe(3.5);
  const own = await other.get(ratings.readRatings, { params: { sessionId } });
  expect(own.ratings).toMatchObject([{ by: 'Ines', stars: 5 }]);
});

test('A9 it is open for a day after the end, on the page of the code, to those who were in it', async () => {
  const sessionId = await ended();
  const bystander = await enterCode(server.origin, people.code, 'Tess');
  await bystander.get(sessions.readSession, { params: { sessionId } });
  const listFor = async (client: Client) =>
    (await client.get(ratings.listRateable, { params: { codeId: people.code.id } })).sessions;
  const listed = async () => (await listFor(people.customer)).find((one) => one.sessionId === sessionId);
  expect(await listed()).toMatchObject({ subject: 'Pump stands still', own: null });
  expect(await listFor(bystander)).toEqual([]);
  expect((await rate(bystander, sessionId, { stars: 1 })).json).toEqual({ error: { code: 'not-joined' } });

  await rate(people.customer, sessionId, { stars: 3 });
  expect((await listed())?.own).toMatchObject({ stars: 3 });
  server.clock.advance(24 * HOUR_MS - 1);
  expect((await rate(people.customer, sessionId, { stars: 4 })).status).toBe(200);
  server.clock.advance(1);
  expect((await rate(people.customer, sessionId, { stars: 1 })).json).toEqual({
    error: { code: 'not-in-this-state' },
  });
  expect(await listFor(people.customer)).toEqual([]);
  const own = await people.customer.get(ratings.readRatings, { params: { sessionId } });
  expect(own).toMatchObject({ own: { stars: 4 }, openUntil: null });
});

test('A4 A9 of a session that is hidden nothing is left to rate or to read', async () => {
  const sessionId = await ended();
  const { customer, expert } = people;
  await rate(customer, sessionId, { stars: 2 });
  await expert.get(setVisibility, { params: { sessionId }, body: fresh({ to: 'internal' }) });
  const missing = '{"error":{"code":"not-found"}}';
  expect((await rate(customer, sessionId, { stars: 5 })).text).toBe(missing);
  expect((await customer.ask(ratings.readRatings, { params: { sessionId } })).text).toBe(missing);
  const { sessions: open } = await customer.get(ratings.listRateable, { params: { codeId: people.code.id } });
  expect(open.map((one) => one.sessionId)).not.toContain(sessionId);
  expect((await expert.get(ratings.readRatings, { params: { sessionId } })).ratings).toMatchObject([{ stars: 2 }]);
});

test('A9 nobody but employees hears that a session was rated, and how', async () => {
  const sessionId = await ended();
  const [desk, phone] = [await people.expert.connect(), await people.customer.connect()];
  for (const ear of [desk, phone]) await ear.ask('follow', { streamId: sessionId, after: 0 });
  await rate(people.customer, sessionId, { stars: 1, comment: 'Nobody listened' });
  const isRated = (one: { what: unknown }) => JSON.stringify(one.what).includes('session-rated');
  await desk.until(() => desk.heard.some(isRated), 'the rating');
  await phone.until(() => phone.told('session-changed').some(({ status }) => status === 'rated'), 'the new status');
  expect(JSON.stringify(phone.heard)).not.toContain('Nobody listened');
  desk.close();
  phone.close();
});

test('A9 of two tabs that rate at the same time one rating is left, 200 times', async () => {
  for (let round = 0; round < 200; round++) {
    const sessionId = await ended();
    const wishes = [1 + (round % 5), 1 + ((round + 2) % 5)];
    const answers = await Promise.all(wishes.map((stars) => rate(people.customer, sessionId, { stars })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { ratings: kept } = await people.expert.get(ratings.readRatings, { params: { sessionId } });
    expect(kept).toHaveLength(1);
    const stars = kept[0]?.stars ?? 0;
    expect(wishes).toContain(stars);
    expect((await summaryFor(people.expert, sessionId))?.stars).toBe(stars);
    const { events } = await people.expert.get(sessions.sessionEvents, { params: { sessionId } });
    const said = events.flatMap(({ body }) => (body.kind === 'session-rated' ? [body.stars] : []));
    expect(said.at(-1)).toBe(stars);
    expect(events.filter(({ body }) => body.kind === 'status-changed' && body.to === 'rated')).toHaveLength(1);
  }
}, 300_000);

test('A9 what a page has measured of its call takes the place of what it said before', async () => {
  const sessionId = await ended();
  const report = (frozenSeconds: number) =>
    people.customer.get(reportQuality, {
      params: { sessionId },
      body: { seconds: 60, roundTripMs: 40, lossShare: 0.01, frozenSeconds },
    });
  await report(1);
  await report(5e-324);
  await report(3);
  const rows = await server.database.$client.query(`select frozen_seconds from call_quality where session_id = $1`, [
    sessionId,
  ]);
  expect(rows.rows).toEqual([{ frozen_seconds: 3 }]);
});
