import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import * as requests from '#contract/request/http.ts';
import { requestLimits } from '#contract/request/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import { fresh } from './access-row.ts';
import { type Case, closeWithoutFaults, openCase } from './harness/case.ts';
import { enterCode, makeCode } from './harness/organization.ts';
import { answer, askFor, storyOf, tryToAnswer, tryToAsk } from './harness/requests.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
let own: Case;
beforeAll(async () => {
  own = await openCase();
});
afterAll(() => closeWithoutFaults(own.server));

/** So long after now, by the server's clock. */
const inMinutes = (minutes: number) => new Date(own.server.clock.now().getTime() + minutes * MINUTE_MS).toISOString();
/** A customer of their own, whose requests do not add up to the limit. */
const newCustomer = () => enterCode(own.server.origin, own.people.code, `Rafael ${randomUUID().slice(0, 8)}`);
const ask = async (wish: Readonly<Record<string, unknown>> = {}) => {
  const customer = await newCustomer();
  return { customer, made: await askFor(own.people, wish, customer) };
};

test('A11 a customer asks for a session, an employee accepts, both can join', async () => {
  const { expert, code } = own.people;
  const { customer, made } = await ask({ words: 'Error 14', email: 'Rafael@Example.org' });
  expect(made).toMatchObject({ status: 'requested', words: 'Error 14', hasAddress: true, answeredBy: null });
  expect(made.code).toEqual({ id: code.id, name: code.name });
  expect(Date.parse(made.expiresAt ?? '')).toBe(own.server.clock.now().getTime() + 3 * DAY_MS);
  const { sessionId } = made;
  const early = { params: { sessionId }, body: fresh({ tabId: randomUUID() }) };
  expect((await customer.ask(sessions.joinSession, early)).status).toBe(409);
  const accepted = await answer(expert, requests.acceptRequest, sessionId);
  expect(accepted).toMatchObject({
    result: 'done',
    by: 'Nora Expert',
    request: { status: 'accepted', expiresAt: null },
  });
  const { requests: listed } = await customer.get(requests.listCodeRequests, { params: { codeId: code.id } });
  expect(listed.map((one) => one.sessionId)).toContain(sessionId);
  for (const client of [customer, expert])
    await client.get(sessions.joinSession, { params: { sessionId }, body: fresh({ tabId: randomUUID() }) });
  expect(await storyOf(expert, sessionId)).toEqual([
    ...['session-created', 'requested', 'session-requested', 'accepted'],
    ...['participant-joined', 'waiting', 'participant-joined', 'live'],
  ]);
  expect(JSON.stringify(listed)).not.toContain('example.org');
});

test('A11 an employee declines with a word; in a ticket its card is there', async () => {
  const { expert, coAdmin, admin } = own.people;
  const { customer, made } = await ask({ place: { ticket: own.ticketId } });
  expect(made.ticket?.id).toBe(own.ticketId);
  const { sessions: cards } = await admin.get(sessions.listTicketSessions, { params: { ticketId: own.ticketId } });
  expect(cards.map(({ id }) => id)).toContain(made.sessionId);
  const words = 'Please call the dealer';
  await answer(expert, requests.declineRequest, made.sessionId, { words });
  const read = await customer.get(requests.readRequest, { params: { sessionId: made.sessionId } });
  expect(read).toMatchObject({ status: 'declined', reason: words, answeredBy: { name: 'Nora Expert' } });
  const late = await answer(coAdmin, requests.acceptRequest, made.sessionId);
  expect(late).toMatchObject({ result: 'taken', by: 'Nora Expert', request: { status: 'declined' } });
});

test('A11 times go to and fro until one is agreed, and can be moved afterwards', async () => {
  const { expert, coAdmin } = own.people;
  const { customer, made } = await ask({ wishedAt: inMinutes(600) });
  const { sessionId } = made;
  const [first, second, third] = [inMinutes(700), inMinutes(800), inMinutes(900)];
  const offered = await answer(expert, requests.proposeTimes, sessionId, { times: [second, first], words: 'Better?' });
  expect(offered.request.proposal).toMatchObject({ by: 'expert', name: 'Nora Expert', times: [first, second] });
  expect(await answer(coAdmin, requests.acceptRequest, sessionId)).toMatchObject({
    result: 'taken',
    by: 'Nora Expert',
  });
  const countered = await answer(customer, requests.proposeTimes, sessionId, { times: [third] });
  expect(countered).toMatchObject({ result: 'done', request: { proposal: { by: 'codeUser', times: [third] } } });
  // Replaced, so it can't be agreed to any more; it is for any employee now.
  const old = await tryToAnswer(customer, requests.agreeTime, sessionId, { at: first });
  expect([old.status, old.json]).toEqual([400, { error: { code: 'malformed', field: 'at' } }]);
  const agreed = await answer(coAdmin, requests.agreeTime, sessionId, { at: third });
  expect(agreed.request).toMatchObject({
    status: 'scheduled',
    scheduledFor: third,
    proposal: null,
    expiresAt: null,
    answeredBy: { name: 'Carl Coadmin' },
  });
  // The customer can't make it: the time stands until another one is agreed.
  const later = inMinutes(1_000);
  const moved = await answer(customer, requests.proposeTimes, sessionId, { times: [later] });
  expect(moved.request).toMatchObject({ status: 'scheduled', scheduledFor: third, expiresAt: null });
  const again = await answer(expert, requests.agreeTime, sessionId, { at: later });
  expect(again.request).toMatchObject({ status: 'scheduled', scheduledFor: later, proposal: null });
  expect((await storyOf(customer, sessionId)).slice(3)).toEqual([
    ...['times-proposed', 'times-proposed', 'scheduled', 'time-agreed', 'times-proposed', 'scheduled', 'time-agreed'],
  ]);
});

test('A11 an employee agrees to the time wished for; a customer comes in shortly before it, an employee at any time', async () => {
  const { expert } = own.people;
  const wishedAt = inMinutes(60);
  const { customer, made } = await ask({ wishedAt });
  const { sessionId } = made;
  await answer(expert, requests.agreeTime, sessionId, { at: wishedAt });
  const join = { params: { sessionId }, body: fresh({ tabId: randomUUID() }) };
  expect((await customer.ask(sessions.joinSession, join)).json).toEqual({ error: { code: 'not-in-this-state' } });
  own.server.clock.advance(45 * MINUTE_MS);
  expect((await customer.get(sessions.joinSession, join)).status).toBe('waiting');
  const other = await ask({ wishedAt: inMinutes(600) });
  await answer(expert, requests.agreeTime, other.made.sessionId, { at: inMinutes(600) });
  const opens = { params: { sessionId: other.made.sessionId }, body: fresh({ tabId: randomUUID() }) };
  expect((await expert.get(sessions.joinSession, opens)).status).toBe('waiting');
});

test('A11 a customer withdraws, also what is agreed; nobody has taken it', async () => {
  const { expert, coAdmin } = own.people;
  const { customer, made } = await ask({ wishedAt: inMinutes(60) });
  await answer(expert, requests.agreeTime, made.sessionId, { at: inMinutes(60) });
  const withdrawn = await answer(customer, requests.withdrawRequest, made.sessionId);
  expect(withdrawn).toMatchObject({ status: 'cancelled', proposal: null, expiresAt: null });
  const late = await tryToAnswer(coAdmin, requests.proposeTimes, made.sessionId, { times: [inMinutes(90)] });
  expect(late.status).toBe(409);
});

test('A11 an employee cancels what is agreed, with a word', async () => {
  const { expert, coAdmin } = own.people;
  const { customer, made } = await ask({ wishedAt: inMinutes(60) });
  const { sessionId } = made;
  await answer(expert, requests.agreeTime, sessionId, { at: inMinutes(60) });
  await coAdmin.get(sessions.cancelSession, { params: { sessionId }, body: fresh({ reason: 'Nora is ill' }) });
  const read = await customer.get(requests.readRequest, { params: { sessionId } });
  expect(read).toMatchObject({ status: 'cancelled', reason: 'Nora is ill' });
});

test('A11 a repeated answer gets the first one', async () => {
  const { expert, coAdmin } = own.people;
  const { made } = await ask();
  const repeated = { params: { sessionId: made.sessionId }, body: fresh() };
  const first = await expert.get(requests.acceptRequest, repeated);
  expect(await expert.get(requests.acceptRequest, repeated)).toEqual(first);
  expect((await storyOf(coAdmin, made.sessionId)).filter((what) => what === 'accepted')).toHaveLength(1);
});

test('A11 what cannot be is refused by the name of its field', async () => {
  const { expert, people } = { ...own.people, people: own.people };
  const { customer, made } = await ask();
  const refusal = (field: string) => ({ error: { code: 'malformed', field } });
  const tooFar = new Date(own.server.clock.now().getTime() + 181 * DAY_MS).toISOString();
  const asked: readonly [object, string][] = [
    [{ wishedAt: inMinutes(0) }, 'wishedAt'],
    [{ wishedAt: inMinutes(-60) }, 'wishedAt'],
    [{ wishedAt: tooFar }, 'wishedAt'],
    [{ wishedAt: 'tomorrow' }, 'wishedAt'],
    [{ email: 'rafael' }, 'email'],
    [{ subject: ' ' }, 'subject'],
    [{ words: 'x'.repeat(5_000) }, 'words'],
  ];
  for (const [wish, field] of asked) expect((await tryToAsk(people, { ...wish })).json).toEqual(refusal(field));
  const [soon, later] = [inMinutes(60), inMinutes(120)];
  const proposed: readonly [object, string][] = [
    [{ times: [] }, 'times'],
    [{ times: Array.from({ length: requestLimits.proposedTimes + 1 }, (_, at) => inMinutes(60 + at)) }, 'times'],
    [{ times: [soon, later, soon] }, 'times.2'],
    [{ times: [soon, inMinutes(-1)] }, 'times.1'],
    [{ times: [tooFar] }, 'times.0'],
    [{ times: ['noon'] }, 'times.0'],
    [{ times: [soon], words: 'x'.repeat(401) }, 'words'],
  ];
  for (const [wish, field] of proposed)
    for (const by of [expert, customer]) {
      const { json } = await tryToAnswer(by, requests.proposeTimes, made.sessionId, { ...wish });
      expect(json).toEqual(refusal(field));
    }
  for (const by of [expert, customer]) {
    const { json } = await tryToAnswer(by, requests.agreeTime, made.sessionId, { at: soon });
    expect(json).toEqual(refusal('at'));
  }
  // Nothing of all that was kept.
  const read = await customer.get(requests.readRequest, { params: { sessionId: made.sessionId } });
  expect(read).toEqual(made);
});

test('A11 a code and a ticket of others are not there', async () => {
  const foreign = await makeCode(own.people.admin, 'Oven 2');
  for (const place of [{ code: foreign.id }, { code: randomUUID() }, { ticket: randomUUID() }]) {
    const { status, text } = await tryToAsk(own.people, { place });
    expect([status, text]).toEqual([404, '{"error":{"code":"not-found"}}']);
  }
});

test('A11 a device that asks and takes back all the time is stopped: each time every employee is told', async () => {
  const customer = await newCustomer();
  const wish = () => ({ body: fresh({ place: { code: own.people.code.id }, subject: 'It stands' }) });
  for (let made = 0; made < requestLimits.perHour; made += 1) {
    const { sessionId } = await customer.get(requests.createRequest, wish());
    await answer(customer, requests.withdrawRequest, sessionId);
  }
  const once = await customer.ask(requests.createRequest, wish());
  expect([once.status, once.json]).toEqual([429, { error: { code: 'too-many', retryAfterSeconds: 3600 } }]);
  own.server.clock.advance(60 * MINUTE_MS);
  expect((await customer.ask(requests.createRequest, wish())).status).toBe(200);
});

test('A11 one device has so many requests waiting, also if it asks for all at once', async () => {
  const customer = await newCustomer();
  const wish = () => ({ body: fresh({ place: { code: own.people.code.id }, subject: 'It stands' }) });
  const many = Array.from({ length: requestLimits.waitingPerDevice + 4 }, () =>
    customer.ask(requests.createRequest, wish()),
  );
  const answers = await Promise.all(many);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(requestLimits.waitingPerDevice);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
  const first = requests.SessionRequest.parse(answers.find(({ status }) => status === 200)?.json);
  await answer(customer, requests.withdrawRequest, first.sessionId);
  expect((await customer.ask(requests.createRequest, wish())).status).toBe(200);
});

test('A4 a request whose session is for employees only is not there for the customer, repeats of what they asked included', async () => {
  const { expert, code } = own.people;
  const customer = await newCustomer();
  const asked = { body: fresh({ place: { code: code.id }, subject: 'It stands', words: 'Secret press' }) };
  const { sessionId } = await customer.get(requests.createRequest, asked);
  const times = { params: { sessionId }, body: fresh({ times: [inMinutes(60)] }) };
  await customer.get(requests.proposeTimes, times);
  await expert.get(setVisibility, { params: { sessionId }, body: fresh({ to: 'internal' }) });
  const calendar = requests.calendarPath.replace(':sessionId', sessionId);
  const ways = [
    await customer.ask(requests.readRequest, { params: { sessionId } }),
    await customer.ask(requests.createRequest, asked),
    await customer.ask(requests.proposeTimes, times),
    await tryToAnswer(customer, requests.withdrawRequest, sessionId),
    await customer.send('GET', calendar),
  ];
  for (const { status, text } of ways) expect([status, text]).toEqual([404, '{"error":{"code":"not-found"}}']);
  const { text } = await customer.ask(requests.listCodeRequests, { params: { codeId: code.id } });
  expect(text).not.toContain(sessionId);
  expect((await expert.get(requests.readRequest, { params: { sessionId } })).words).toBe('Secret press');
});

test('A11 a customer sees what was answered for a week', async () => {
  const { expert, code, admin } = own.people;
  const { customer, made } = await ask();
  await answer(expert, requests.declineRequest, made.sessionId);
  const ids = async () => {
    const { requests: listed } = await customer.get(requests.listCodeRequests, { params: { codeId: code.id } });
    return listed.map(({ sessionId }) => sessionId);
  };
  expect(await ids()).toContain(made.sessionId);
  own.server.clock.advance(7 * DAY_MS + 1);
  expect(await ids()).not.toContain(made.sessionId);
  await admin.get(access.updateCode, { params: { codeId: code.id }, body: fresh({ enabled: false }) });
  expect((await customer.ask(requests.listCodeRequests, { params: { codeId: code.id } })).status).toBe(404);
  await admin.get(access.updateCode, { params: { codeId: code.id }, body: fresh({ enabled: true }) });
});
