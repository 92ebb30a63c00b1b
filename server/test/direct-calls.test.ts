import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultPolicies } from '#contract/access/policies.ts';
import * as calls from '#contract/direct-call/http.ts';
import { directCallLimits as limits } from '#contract/direct-call/limits.ts';
import type { SessionId } from '#contract/ids.ts';
import * as requests from '#contract/request/http.ts';
import { requestLimits } from '#contract/request/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import { NO_SHOW_MS } from '#core/request/due.ts';
import { fresh } from './access-row.ts';
import type { Client, Ear } from './harness/client.ts';
import { allowCalls, call, openDesk } from './harness/direct-calls.ts';
import { enterCode, gather, makeCode, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
const ears: Ear[] = [];
const opened = async (member: Client) => {
  const desk = await openDesk(member);
  ears.push(desk);
  return desk;
};
beforeEach(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  await allowCalls(people.admin, people.code.id);
});
afterEach(async () => {
  for (const ear of ears.splice(0)) ear.close();
  await server.close();
  expect(server.faults).toEqual([]);
});

const contact = (client = people.customer, codeId: string = people.code.id) =>
  client.get(calls.readContact, { params: { codeId } });
const ringing = async (member: Client) => (await member.get(calls.listRinging)).calls;
const answer = (member: Client, sessionId: SessionId) =>
  member.get(calls.answerCall, { params: { sessionId }, body: fresh() });
const decline = (member: Client, sessionId: SessionId) =>
  member.get(calls.declineCall, { params: { sessionId }, body: fresh() });
const statusOf = async (sessionId: SessionId) =>
  (await people.admin.get(sessions.readSession, { params: { sessionId } })).status;
const outcome = (sessionId: SessionId) => people.customer.get(calls.readCallOutcome, { params: { sessionId } });
const heard = (ear: Ear, name: 'ringing' | 'ringing-stopped') => ear.until(() => ear.told(name).length > 0, name);
const until = async (holds: () => Promise<boolean>) => {
  await expect.poll(holds, { timeout: 10_000 }).toBe(true);
};

test('A12 whether one can call is said as it is', async () => {
  const oven = await makeCode(people.admin, 'Oven 2');
  const other = await enterCode(server.origin, oven, 'Otto');
  expect((await contact(other, oven.id)).directCall).toBe('off');
  expect((await contact()).directCall).toBe('nobody-available');
  await opened(people.expert);
  expect(await contact()).toEqual({ directCall: 'possible', message: null, opensAt: null });
  // The clock of the test stands at nine in the morning of a Tuesday in Berlin.
  const closed = { ...defaultPolicies.officeHours, enabled: true, message: 'Back soon.' };
  const officeHours = {
    ...closed,
    week: closed.week.map((day, at) => (at === 1 ? { from: '10:00', to: '12:00' } : day)),
  };
  await allowCalls(people.admin, people.code.id, { officeHours });
  expect(await contact()).toEqual({
    directCall: 'outside-hours',
    message: 'Back soon.',
    opensAt: '2031-03-04T09:00:00.000Z',
  });
  const refused = await people.customer.ask(calls.startDirectCall, {
    params: { codeId: people.code.id },
    body: fresh(),
  });
  expect(refused.status).toBe(409);
});

test('A12 a call rings on every page of everybody available, and stops on all of them with the first answer', async () => {
  const nora = [await opened(people.expert), await opened(people.expert)];
  const carl = await opened(people.coAdmin);
  const ada = await opened(people.admin);
  await people.admin.get(calls.chooseAvailability, { body: fresh({ chosen: 'away' }) });
  const sessionId = await call(people.customer, people.code.id);
  for (const ear of [...nora, carl]) await heard(ear, 'ringing');
  expect(ada.told('ringing')).toEqual([]);
  expect(await ringing(people.admin)).toEqual([]);
  expect(await ringing(people.coAdmin)).toEqual([
    {
      sessionId,
      caller: 'Rafael',
      subject: 'Press 7',
      code: { id: people.code.id, name: 'Press 7' },
      calledAt: '2031-03-04T08:00:00.000Z',
      ringsUntil: '2031-03-04T08:00:45.000Z',
    },
  ]);

  expect(await answer(people.expert, sessionId)).toEqual({ result: 'yours' });
  for (const ear of [...nora, carl]) {
    await heard(ear, 'ringing-stopped');
    expect(ear.told('ringing-stopped')).toEqual([{ sessionId, answeredBy: 'Nora Expert' }]);
  }
  expect(await answer(people.coAdmin, sessionId)).toEqual({ result: 'taken', by: 'Nora Expert' });
  expect(await answer(people.expert, sessionId)).toEqual({ result: 'yours' });
  expect(await statusOf(sessionId)).toBe('accepted');
  expect(await ringing(people.coAdmin)).toEqual([]);
  for (const client of [people.expert, people.customer])
    await client.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId: randomUUID() }) });
  expect(await statusOf(sessionId)).toBe('live');
});

test('A12 who is in a session is busy, and it does not ring there', async () => {
  await opened(people.expert);
  const first = await call(people.customer, people.code.id);
  await answer(people.expert, first);
  const joined = { params: { sessionId: first }, body: fresh({ tabId: randomUUID() }) };
  await people.expert.get(sessions.joinSession, joined);
  const { members } = await people.admin.get(calls.listAvailability);
  expect(members.find(({ name }) => name === 'Nora Expert')?.availability).toBe('busy');
  expect((await contact()).directCall).toBe('nobody-available');
  await opened(people.coAdmin);
  const second = await call(people.customer, people.code.id);
  expect(await ringing(people.expert)).toEqual([]);
  expect((await ringing(people.coAdmin)).map(({ sessionId }) => sessionId)).toEqual([second]);
});

test('A12 who comes out of a long session is available again', async () => {
  const nora = await opened(people.expert);
  const sessionId = await call(people.customer, people.code.id);
  await answer(people.expert, sessionId);
  const tabId = randomUUID();
  await people.expert.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId }) });
  server.clock.advance(limits.idleMs);
  expect((await contact()).directCall).toBe('nobody-available');
  await people.expert.get(sessions.leaveSession, { params: { sessionId }, body: fresh({ tabId }) });
  expect((await contact()).directCall).toBe('possible');
  expect(nora.told('ringing').length).toBe(1);
});

test('A12 declined by all: a missed call, and a request in its place', async () => {
  const nora = await opened(people.expert);
  const carl = await opened(people.coAdmin);
  const sessionId = await call(people.customer, people.code.id);
  await decline(people.expert, sessionId);
  await heard(nora, 'ringing-stopped');
  expect(carl.told('ringing-stopped')).toEqual([]);
  expect(await ringing(people.expert)).toEqual([]);
  expect(await statusOf(sessionId)).toBe('requested');
  await decline(people.coAdmin, sessionId);
  expect(await statusOf(sessionId)).toBe('missed');
  const { requestSessionId } = await outcome(sessionId);
  const { requests: listed } = await people.customer.get(requests.listCodeRequests, {
    params: { codeId: people.code.id },
  });
  expect(listed.filter(({ status }) => status === 'requested')).toMatchObject([
    { sessionId: requestSessionId, origin: 'request', subject: 'Press 7', askedBy: 'Rafael' },
  ]);
});

test('A12 nobody answers in time: missed, also when the server was away meanwhile', async () => {
  await opened(people.expert);
  const first = await call(people.customer, people.code.id);
  server.clock.advance(45_000);
  expect(await answer(people.expert, first)).toEqual({ result: 'over' });
  await until(async () => (await outcome(first)).requestSessionId !== null);
  expect(await statusOf(first)).toBe('missed');

  const second = await call(people.customer, people.code.id);
  for (const ear of ears.splice(0)) ear.close();
  server.clock.advance(45_000);
  server = await server.again();
  const { admin, customer, expert } = people;
  const at = (client: Client) => client.at(server.origin);
  people = { ...people, admin: at(admin), customer: at(customer), expert: at(expert) };
  await until(async () => (await outcome(second)).requestSessionId !== null);
  expect(await answer(people.expert, second)).toEqual({ result: 'over' });
});

test('A12 hanging up leaves a missed call and nothing else; so does going away for good', async () => {
  await allowCalls(people.admin, people.code.id, { ringSeconds: 300 });
  const nora = await opened(people.expert);
  const first = await call(people.customer, people.code.id);
  await people.customer.get(calls.hangUp, { params: { sessionId: first }, body: fresh() });
  await heard(nora, 'ringing-stopped');
  expect(nora.told('ringing-stopped')).toEqual([{ sessionId: first, answeredBy: null }]);
  expect(await statusOf(first)).toBe('missed');
  expect((await outcome(first)).requestSessionId).toBeNull();

  const second = await call(people.customer, people.code.id);
  const page = await people.customer.connect();
  await page.ask('attach', { sessionId: second, tabId: randomUUID() });
  page.close();
  await until(async () => {
    server.clock.advance(limits.callerGraceMs / 3);
    return (await statusOf(second)) === 'missed';
  });
  expect((await outcome(second)).requestSessionId).toBeNull();
});

test('A12 a call that was answered and left alone is missed after an hour, as what was asked for is', async () => {
  await opened(people.expert);
  const alone = await call(people.customer, people.code.id);
  await answer(people.expert, alone);
  const left = await call(people.customer, people.code.id);
  await answer(people.expert, left);
  const tabId = randomUUID();
  await people.expert.get(sessions.joinSession, { params: { sessionId: left }, body: fresh({ tabId }) });
  await people.expert.get(sessions.leaveSession, { params: { sessionId: left }, body: fresh({ tabId }) });
  for (const ear of ears.splice(0)) ear.close();
  server.clock.advance(NO_SHOW_MS);
  server = await server.again();
  people = { ...people, admin: people.admin.at(server.origin) };
  for (const sessionId of [alone, left]) await until(async () => (await statusOf(sessionId)) === 'missed');
});

test('A4 of a hidden call nothing is answered again, and a hidden request is none that a call became', async () => {
  await opened(people.expert);
  const hide = (sessionId: SessionId) =>
    people.admin.get(setVisibility, { params: { sessionId }, body: fresh({ to: 'internal' }) });
  const calling = { params: { codeId: people.code.id }, body: fresh() };
  const { sessionId: first } = await people.customer.get(calls.startDirectCall, calling);
  const hangingUp = { params: { sessionId: first }, body: fresh() };
  await people.customer.get(calls.hangUp, hangingUp);
  await hide(first);
  expect((await people.customer.ask(calls.startDirectCall, calling)).status).toBe(404);
  expect((await people.customer.ask(calls.hangUp, hangingUp)).status).toBe(404);

  const second = await call(people.customer, people.code.id);
  await decline(people.expert, second);
  const { requestSessionId } = await outcome(second);
  if (requestSessionId === null) throw new Error('it became no request');
  await hide(requestSessionId);
  expect((await outcome(second)).requestSessionId).toBeNull();
});

test('A4 a call that is hidden while it rings does not come back to its caller as a request', async () => {
  await opened(people.expert);
  const sessionId = await call(people.customer, people.code.id);
  await people.admin.get(setVisibility, { params: { sessionId }, body: fresh({ to: 'internal' }) });
  await decline(people.expert, sessionId);
  expect(await statusOf(sessionId)).toBe('missed');
  const params = { codeId: people.code.id };
  expect((await people.customer.get(requests.listCodeRequests, { params })).requests).toEqual([]);
});

test('A12 who becomes available while it rings is rung, too; who does nothing for ten minutes is away', async () => {
  await opened(people.expert);
  const sessionId = await call(people.customer, people.code.id);
  const carl = await opened(people.coAdmin);
  await heard(carl, 'ringing');
  expect((await ringing(people.coAdmin)).map((one) => one.sessionId)).toEqual([sessionId]);
  await answer(people.coAdmin, sessionId);
  server.clock.advance(limits.idleMs);
  expect((await contact()).directCall).toBe('nobody-available');
  await carl.ask('active', {});
  expect((await contact()).directCall).toBe('possible');
  carl.close();
  server.clock.advance(1);
  await until(async () => {
    server.clock.advance(limits.pageGraceMs);
    return (await contact()).directCall === 'nobody-available';
  });
});

test('A12 a device that calls twice has one call', async () => {
  await opened(people.expert);
  const ids = await Promise.all(Array.from({ length: 8 }, () => call(people.customer, people.code.id)));
  expect(new Set(ids).size).toBe(1);
  expect((await ringing(people.expert)).length).toBe(1);
});

test('A12 a device that calls and hangs up all the time is stopped for a while', async () => {
  const nora = await opened(people.expert);
  const calling = () => ({ params: { codeId: people.code.id }, body: fresh() });
  for (let made = 0; made < requestLimits.perHour; made += 1) {
    const { sessionId } = await people.customer.get(calls.startDirectCall, calling());
    await people.customer.get(calls.hangUp, { params: { sessionId }, body: fresh() });
  }
  expect((await people.customer.ask(calls.startDirectCall, calling())).status).toBe(429);
  const other = await enterCode(server.origin, people.code, 'Otto');
  expect((await other.ask(calls.startDirectCall, calling())).status).toBe(200);
  server.clock.advance(3_600_000);
  await nora.ask('active', {});
  expect((await people.customer.ask(calls.startDirectCall, calling())).status).toBe(200);
});

test('A12 customers with an open page are told when somebody is there, and when nobody is any more', async () => {
  const page = await people.customer.connect();
  await page.ask('watch', {});
  const told = () => page.told('availability-changed').length;
  await page.until(() => told() > 0, 'the first word');
  const before = told();
  const nora = await opened(people.expert);
  await page.until(() => told() > before, 'somebody is there');
  expect((await contact()).directCall).toBe('possible');
  const between = told();
  nora.close();
  server.clock.advance(limits.idleMs);
  await page.until(() => told() > between, 'nobody is there');
  page.close();
});
