import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Code } from '#contract/access/http.ts';
import { SessionId, StreamId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import * as requests from '#contract/request/http.ts';
import { requestLimits } from '#contract/request/limits.ts';
import * as sessions from '#contract/session/http.ts';
import * as linking from '#contract/session/linking.ts';
import * as tickets from '#contract/ticket/http.ts';
import { session } from '#server/features/session/index.ts';
import { stream } from '#server/stream/tables.ts';
import { fresh } from './access-row.ts';
import { type Case, closeWithoutFaults, openCase } from './harness/case.ts';
import type { Client, Ear } from './harness/client.ts';
import { enterCode, makeCode } from './harness/organization.ts';
import { answer } from './harness/requests.ts';

const MINUTE_MS = 60_000;
let own: Case;
let code: Code;
let customer: Client;
const ears: Ear[] = [];
beforeAll(async () => {
  own = await openCase();
});
// What waits is of the whole organization: each test begins with nothing.
beforeEach(async () => {
  const { $client } = own.server.database;
  await $client.query("update session set status = 'cancelled' where status in ('requested', 'scheduled')");
  await $client.query("update ticket set status = 'closed'");
  code = await makeCode(own.people.admin, `Press ${randomUUID().slice(0, 8)}`);
  customer = await enterCode(own.server.origin, code, 'Rafael');
});
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});
afterAll(() => closeWithoutFaults(own.server));

const inbox = (page = 1) => own.people.expert.get(requests.readInbox, { query: { page: String(page) } });
const inMinutes = (minutes: number) => new Date(own.server.clock.now().getTime() + minutes * MINUTE_MS).toISOString();
const now = () => own.server.clock.now().toISOString();
const pass = () => own.server.clock.advance(MINUTE_MS);
const ask = (subject: string) =>
  customer.get(requests.createRequest, { body: fresh({ place: { code: code.id }, subject }) });
const open = (wish: object, by: Client = customer) =>
  by.get(tickets.openTicket, { body: fresh({ subject: 'Leak', code: code.id, ...wish }) });
const say = (by: Client, ticketId: string, text: string) =>
  by.get(tickets.sayInTicket, { params: { ticketId }, body: fresh({ text }) });

/** A direct call that rings, as its feature leaves it. */
async function ring(): Promise<SessionId> {
  const id = SessionId.parse(randomUUID());
  await own.server.database.insert(stream).values({ id: StreamId.parse(id), kind: 'session' });
  const createdBy = { kind: 'codeUser', id: randomUUID(), name: 'Rafael' };
  const facts = { codeId: code.id, subject: 'Call', origin: 'direct call', status: 'requested' } as const;
  await own.server.database.insert(session).values({ id, ...facts, createdBy, createdAt: own.server.clock.now() });
  return id;
}

test('A11 everything that waits is there, longest first, with its machine and since when', async () => {
  const first = now();
  const asked = await ask('Rollers');
  pass();
  const second = now();
  const { id } = await open({ text: 'It drips' });
  pass();
  const third = now();
  const call = await ring();
  const { items, total } = await inbox();
  expect(total).toBe(3);
  const machine = { id: code.id, name: code.name };
  expect(items).toMatchObject([
    {
      kind: 'request',
      waitingSince: first,
      code: machine,
      request: { sessionId: asked.sessionId, subject: 'Rollers' },
    },
    {
      kind: 'message',
      waitingSince: second,
      code: machine,
      ticket: { id, subject: 'Leak' },
      by: 'Rafael',
      text: 'It drips',
    },
    { kind: 'call', waitingSince: third, code: machine, request: { sessionId: call, origin: 'direct call' } },
  ]);
});

test('A11 a request waits until it is answered, and again when the customer proposes other times', async () => {
  const { expert } = own.people;
  const { sessionId } = await ask('Rollers');
  pass();
  await answer(expert, requests.proposeTimes, sessionId, { times: [inMinutes(60)] });
  expect((await inbox()).items).toEqual([]);
  pass();
  const since = now();
  await answer(customer, requests.proposeTimes, sessionId, { times: [inMinutes(90)] });
  expect((await inbox()).items).toMatchObject([{ kind: 'request', waitingSince: since, request: { sessionId } }]);
  const at = inMinutes(90);
  await answer(expert, requests.agreeTime, sessionId, { at });
  expect((await inbox()).items).toEqual([]);
  await answer(customer, requests.proposeTimes, sessionId, { times: [inMinutes(120)] });
  expect((await inbox()).items).toMatchObject([{ request: { sessionId, status: 'scheduled', scheduledFor: at } }]);
  await answer(customer, requests.withdrawRequest, sessionId);
  expect(await inbox()).toMatchObject({ items: [], total: 0 });
});

test('A11 messages wait from the first one on that no employee has answered, until the ticket is solved', async () => {
  const { expert } = own.people;
  const { id } = await open({ text: 'It drips' });
  await say(expert, id, 'Where?');
  expect((await inbox()).items).toEqual([]);
  pass();
  const since = now();
  await say(customer, id, 'At the valve');
  pass();
  await say(customer, id, 'Hello?');
  expect((await inbox()).items).toMatchObject([{ waitingSince: since, text: 'At the valve' }]);
  // A session that an employee makes in it is an answer too.
  await expert.get(sessions.createSessionInTicket, { params: { ticketId: id }, body: fresh() });
  expect((await inbox()).items).toEqual([]);
  await say(customer, id, 'Thank you');
  expect((await inbox()).total).toBe(1);
  await expert.get(tickets.updateTicket, { params: { ticketId: id }, body: fresh({ status: 'resolved' }) });
  expect((await inbox()).items).toEqual([]);
});

test('A11 a ticket without a word waits too; what employees open does not', async () => {
  await open({ subject: 'Only a subject' });
  await open({ subject: 'For the record', text: 'Seen on site' }, own.people.expert);
  expect((await inbox()).items).toMatchObject([{ kind: 'message', text: 'Only a subject' }]);
});

test('A11 the latest tickets of the same machine stand beside it, without its own', async () => {
  const { expert } = own.people;
  for (let at = 0; at <= requestLimits.history + 1; at++) {
    pass();
    await open({ subject: `Case ${at}` }, expert);
  }
  const other = await makeCode(own.people.admin, 'Oven');
  await expert.get(tickets.openTicket, { body: fresh({ subject: 'Elsewhere', code: other.id }) });
  pass();
  const { id } = await open({ subject: 'Now', text: 'Help' });
  pass();
  await ask('Rollers');
  const [message, request] = (await inbox()).items;
  expect(message?.history.map(({ subject }) => subject)).toEqual(['Case 6', 'Case 5', 'Case 4', 'Case 3', 'Case 2']);
  expect(request?.history.map(({ subject }) => subject)).toEqual(['Now', 'Case 6', 'Case 5', 'Case 4', 'Case 3']);
  expect(request?.history[0]).toMatchObject({ id, status: 'open' });
});

test('A11 it comes in pages, and says how much there is', async () => {
  const rows = limits.pageSize + 2;
  for (let at = 0; at < rows; at++) {
    pass();
    await open({ subject: `Case ${at}` });
  }
  const [first, second, third] = [await inbox(1), await inbox(2), await inbox(3)];
  expect([first.items.length, first.total, second.items.length, third.items.length, third.total]).toEqual([
    ...[limits.pageSize, rows, 2, 0, rows],
  ]);
  expect(second.items.map((item) => (item.kind === 'message' ? item.text : ''))).toEqual(['Case 25', 'Case 26']);
});

test('A11 the desks are told whenever it may have changed, once each time; customers never', async () => {
  const { expert, admin } = own.people;
  const listen = async (client: Client) => {
    const ear = await client.connect();
    ears.push(ear);
    await ear.ask('watch', {});
    return ear;
  };
  const [desk, phone] = [await listen(admin), await listen(customer)];
  let told = 0;
  const tells = async <T>(what: string, deed: Promise<T>): Promise<T> => {
    const value = await deed;
    told += 1;
    await desk.until(() => desk.told('inbox-changed').length >= told, what);
    return value;
  };
  const { sessionId } = await tells('asked', ask('Rollers'));
  const times = [inMinutes(60)];
  await tells('proposed', answer(expert, requests.proposeTimes, sessionId, { times }));
  await tells('countered', answer(customer, requests.proposeTimes, sessionId, { times: [inMinutes(90)] }));
  await tells('agreed', answer(expert, requests.agreeTime, sessionId, { at: inMinutes(90) }));
  const { id: ticketId } = await tells('opened', open({ text: 'It drips' }));
  await tells('said', say(customer, ticketId, 'Still'));
  await tells('answered', say(expert, ticketId, 'Coming'));
  const link = { params: { sessionId }, body: fresh({ to: { ticket: ticketId } }) };
  await tells('linked', expert.get(linking.linkToTicket, link));
  const solved = { params: { ticketId }, body: fresh({ status: 'closed' }) };
  await tells('solved', expert.get(tickets.updateTicket, solved));
  await tells('withdrawn', answer(customer, requests.withdrawRequest, sessionId));
  expect(desk.told('inbox-changed')).toHaveLength(told);
  expect(phone.told('inbox-changed')).toEqual([]);
});
