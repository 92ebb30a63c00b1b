import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallQuality, reportQuality } from '#contract/call/quality.ts';
import type { SessionId, TicketId } from '#contract/ids.ts';
import * as sessions from '#contract/session/http.ts';
import { rateSession, readRatingReport } from '#contract/session/rating.ts';
import { fresh } from './access-row.ts';
import { closeWithoutFaults, openCase } from './harness/case.ts';
import type { Client } from './harness/client.ts';
import type { People } from './harness/organization.ts';
import type { TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let ticketId: TicketId;
beforeAll(async () => {
  ({ server, people, ticketId } = await openCase('Pump stands still'));
});
afterAll(() => closeWithoutFaults(server));

const report = (from: string, to: string) => people.expert.get(readRatingReport, { query: { from, to } });
const join = (client: Client, sessionId: SessionId) =>
  client.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId: randomUUID() }) });

/** A session of this expert with the customer, ended now, measured by both, and rated if `given` says so. */
async function took(expert: Client, measured: CallQuality, given?: object): Promise<SessionId> {
  const { id: sessionId } = await expert.get(sessions.createSessionInTicket, { params: { ticketId }, body: fresh() });
  const params = { sessionId };
  for (const client of [expert, people.customer]) {
    await join(client, sessionId);
    await client.get(reportQuality, { params, body: measured });
  }
  await people.admin.get(sessions.endSession, { params, body: fresh() });
  if (given !== undefined) await people.customer.get(rateSession, { params, body: fresh({ ...given }) });
  return sessionId;
}

test('A9 the report counts ratings in all, per expert and per month, beside what was measured', async () => {
  const none = await report('2031-03', '2031-04');
  expect(none).toEqual({
    all: {
      sessions: 0,
      rated: 0,
      meanStars: null,
      distribution: [0, 0, 0, 0, 0],
      wentWrong: { picture: 0, sound: 0, waiting: 0, help: 0 },
      quality: null,
    },
    byExpert: [],
    byMonth: [],
  });

  // The clock begins in March 2031.
  const good = { seconds: 120, roundTripMs: 20, lossShare: 0, frozenSeconds: 0 };
  const bad = { seconds: 60, roundTripMs: 300, lossShare: 0.2, frozenSeconds: 6 };
  await took(people.expert, good, { stars: 5 });
  await took(people.expert, bad, { stars: 2, wentWrong: ['picture', 'sound'] });
  await took(people.coAdmin, good);
  const later = await took(people.coAdmin, bad, { stars: 1, wentWrong: ['picture'] });
  await server.database.$client.query(`update session set ended_at = '2031-04-30T23:59:59.999Z' where id = $1`, [
    later,
  ]);
  // Not one that has not ended.
  const waiting = { params: { ticketId }, body: fresh() };
  await people.expert.get(sessions.createSessionInTicket, waiting);

  const { all, byExpert, byMonth } = await report('2031-03', '2031-04');
  expect(all).toMatchObject({ sessions: 4, rated: 3, distribution: [1, 1, 0, 0, 1] });
  expect(all.meanStars).toBeCloseTo(8 / 3);
  expect(all.wentWrong).toEqual({ picture: 2, sound: 1, waiting: 0, help: 0 });
  expect(all.quality).toMatchObject({ calls: 8, roundTripMs: 160, frozenPerMinute: 3 });
  expect(all.quality?.lossShare).toBeCloseTo(0.1);
  expect(byExpert.map(({ name, sessions: count, rated, meanStars }) => [name, count, rated, meanStars])).toEqual([
    ['Carl Coadmin', 2, 1, 1],
    ['Nora Expert', 2, 2, 3.5],
  ]);
  expect(byMonth.map(({ month, sessions: count, rated }) => [month, count, rated])).toEqual([
    ['2031-03', 3, 2],
    ['2031-04', 1, 1],
  ]);
  expect((await report('2031-04', '2031-04')).all).toMatchObject({ sessions: 1, quality: { frozenPerMinute: 6 } });
  expect((await report('2031-05', '2032-05')).all.sessions).toBe(0);
});

test('A9 a report from a later to an earlier month is refused', async () => {
  const answer = await people.expert.ask(readRatingReport, { query: { from: '2031-05', to: '2031-04' } });
  expect(answer.json).toEqual({ error: { code: 'malformed', field: 'to' } });
});

test('A9 a month that no calendar of the database has is refused', async () => {
  for (const query of [
    { from: '0000-01', to: '2031-04' },
    { from: '2031-05', to: '9999-12' },
  ])
    expect((await people.expert.ask(readRatingReport, { query })).status).toBe(400);
});
