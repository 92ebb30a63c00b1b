import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as calls from '#contract/direct-call/http.ts';
import type { SessionId } from '#contract/ids.ts';
import { requestLimits } from '#contract/request/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { fresh } from './access-row.ts';
import type { Client, Ear } from './harness/client.ts';
import { allowCalls, call, openDesk } from './harness/direct-calls.ts';
import { enterCode, gather, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

/* A12: what happens at the same moment has one truth in the end, and everybody is told that one. */

const ROUNDS = 200;
const RING_SECONDS = 300;

let server: TestServer;
let people: People;
let desks: readonly Ear[];
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  await allowCalls(people.admin, people.code.id, { ringSeconds: RING_SECONDS });
  desks = [await openDesk(people.expert), await openDesk(people.coAdmin)];
});
// The clock moves on by minutes: nobody is to become idle by that.
beforeEach(() => active());
afterAll(async () => {
  for (const desk of desks) desk.close();
  await server.close();
  expect(server.faults).toEqual([]);
});

const active = () => Promise.all(desks.map((desk) => desk.ask('active', {})));
let started = 0;
const start = async () => {
  // One device may not call that often.
  if (started++ % requestLimits.perHour === 0)
    people = { ...people, customer: await enterCode(server.origin, people.code, 'Rafael') };
  return call(people.customer, people.code.id);
};
const answer = async (member: Client, sessionId: SessionId) =>
  (await member.get(calls.answerCall, { params: { sessionId }, body: fresh() })).result;
const hangUp = async (sessionId: SessionId) =>
  (await people.customer.ask(calls.hangUp, { params: { sessionId }, body: fresh() })).status;
const statusesOf = async (sessionId: SessionId) => {
  const { events } = await people.admin.get(sessions.sessionEvents, { params: { sessionId } });
  return events.flatMap(({ body }) => (body.kind === 'status-changed' ? [body.to] : []));
};
const requestOf = async (sessionId: SessionId) =>
  (await people.customer.get(calls.readCallOutcome, { params: { sessionId } })).requestSessionId;
/** What the desks were told about the end of the ringing, and how often. */
const told = (sessionId: SessionId) =>
  desks.map((desk) =>
    desk
      .told('ringing-stopped')
      .filter((one) => one.sessionId === sessionId)
      .map((one) => one.answeredBy),
  );
const everybodyTold = (sessionId: SessionId) =>
  Promise.all(
    desks.map((desk) =>
      desk.until(() => desk.told('ringing-stopped').some((one) => one.sessionId === sessionId), 'the end'),
    ),
  );
/** Which of two goes first is left to chance. */
const atOnce = <A, B>(round: number, a: () => Promise<A>, b: () => Promise<B>): Promise<[A, B]> => {
  if (round % 2 === 0) return Promise.all([a(), b()]);
  const later = b();
  return Promise.all([a(), later]);
};
const forget = () => {
  for (const desk of desks) desk.heard.length = 0;
};

test(`A12 two answer at once, ${ROUNDS} times: one has it, the other reads who`, async () => {
  const won = { nora: 0, carl: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const sessionId = await start();
    const [nora, carl] = await atOnce(
      round,
      () => answer(people.expert, sessionId),
      () => answer(people.coAdmin, sessionId),
    );
    expect([nora, carl].toSorted()).toEqual(['taken', 'yours']);
    won[nora === 'yours' ? 'nora' : 'carl'] += 1;
    await everybodyTold(sessionId);
    const name = nora === 'yours' ? 'Nora Expert' : 'Carl Coadmin';
    expect(told(sessionId)).toEqual([[name], [name]]);
    expect(await statusesOf(sessionId)).toEqual(['requested', 'accepted']);
    forget();
  }
  expect(won.nora + won.carl).toBe(ROUNDS);
}, 300_000);

test(`A12 an answer against hanging up, ${ROUNDS} times: answered, or missed without a request`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const sessionId = await start();
    const [nora, hungUp] = await atOnce(
      round,
      () => answer(people.expert, sessionId),
      () => hangUp(sessionId),
    );
    const isAnswered = nora === 'yours';
    expect([nora, hungUp]).toEqual(isAnswered ? ['yours', 409] : ['over', 200]);
    expect(await statusesOf(sessionId)).toEqual(['requested', isAnswered ? 'accepted' : 'missed']);
    expect(await requestOf(sessionId)).toBeNull();
    await everybodyTold(sessionId);
    const name = isAnswered ? 'Nora Expert' : null;
    expect(told(sessionId)).toEqual([[name], [name]]);
    forget();
  }
}, 300_000);

test(`A12 an answer against the last decline, ${ROUNDS} times: answered, or missed with one request`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const sessionId = await start();
    const decline = (member: Client) => member.get(calls.declineCall, { params: { sessionId }, body: fresh() });
    await decline(people.coAdmin);
    const [nora] = await atOnce(
      round,
      () => answer(people.admin, sessionId),
      () => decline(people.expert),
    );
    const isAnswered = nora === 'yours';
    expect(await statusesOf(sessionId)).toEqual(['requested', isAnswered ? 'accepted' : 'missed']);
    expect((await requestOf(sessionId)) === null).toBe(isAnswered);
    forget();
  }
}, 300_000);

test(`A12 an answer against the end of the time, ${ROUNDS} times: answered, or missed with one request`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await active();
    const sessionId = await start();
    const seen = await statusesOf(sessionId);
    expect(seen).toEqual(['requested']);
    // The sweep sees that the time is over by itself; each `active` makes it look at once.
    const [nora] = await atOnce(
      round,
      () => answer(people.expert, sessionId),
      async () => {
        server.clock.advance(RING_SECONDS * 1_000);
        return active();
      },
    );
    const isAnswered = nora === 'yours';
    expect(['yours', 'over']).toContain(nora);
    if (!isAnswered) await expect.poll(() => requestOf(sessionId), { timeout: 10_000 }).not.toBeNull();
    expect(await statusesOf(sessionId)).toEqual(['requested', isAnswered ? 'accepted' : 'missed']);
    expect((await requestOf(sessionId)) === null).toBe(isAnswered);
    await everybodyTold(sessionId);
    const name = isAnswered ? 'Nora Expert' : null;
    expect(told(sessionId)).toEqual([[name], [name]]);
    forget();
  }
}, 240_000);
