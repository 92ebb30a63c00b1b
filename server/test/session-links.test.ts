import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SessionId, TicketId } from '#contract/ids.ts';
import * as sessions from '#contract/session/http.ts';
import { linkToTicket } from '#contract/session/linking.ts';
import * as tickets from '#contract/ticket/http.ts';
import { fresh } from './access-row.ts';
import type { Client, Ear } from './harness/client.ts';
import { enterCode, gather, makeCode, type People } from './harness/organization.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

let server: TestServer;
let people: People;
let other: Client;
let otherCodeId: string;
const ears: Ear[] = [];
beforeAll(async () => {
  server = await startTestServer({ REQUESTS_PER_MINUTE: '1000000' });
  people = await gather(server.origin, await server.setupPath());
  const code = await makeCode(people.admin, 'Oven 2');
  otherCodeId = code.id;
  other = await enterCode(server.origin, code, 'Olga');
});
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});
afterAll(async () => {
  await server.close();
  expect(server.faults).toEqual([]);
});

async function newTicket(subject: string, code: string | null = people.code.id): Promise<TicketId> {
  const body = fresh({ subject, ...(code === null ? {} : { code }) });
  return (await people.expert.get(tickets.openTicket, { body })).id;
}
async function newSession(ticketId: TicketId): Promise<SessionId> {
  const made = { params: { ticketId }, body: fresh() };
  return (await people.expert.get(sessions.createSessionInTicket, made)).id;
}
const none = { none: true } as const;
const linkAsk = (client: Client, sessionId: SessionId, to: object, body = fresh()) =>
  client.ask(linkToTicket, { params: { sessionId }, body: { ...body, to } });
const link = (sessionId: SessionId, to: object) =>
  people.expert.get(linkToTicket, { params: { sessionId }, body: fresh({ to }) });
const cardsOf = async (client: Client, ticketId: TicketId) =>
  (await client.get(tickets.ticketEvents, { params: { ticketId } })).events.flatMap(({ body }) =>
    'sessionId' in body ? [body.kind] : [],
  );
const listedIn = async (client: Client, ticketId: TicketId) =>
  (await client.get(sessions.listTicketSessions, { params: { ticketId } })).sessions.map(({ id }) => id);
const linksOf = async (sessionId: SessionId) =>
  (await people.expert.get(sessions.sessionEvents, { params: { sessionId } })).events.flatMap(({ body }) =>
    body.kind === 'ticket-linked' || body.kind === 'ticket-unlinked' ? [`${body.kind} ${body.ticket.subject}`] : [],
  );
const statusFor = async (client: Client, sessionId: SessionId) =>
  (await client.ask(sessions.readSession, { params: { sessionId } })).status;

describe('A7 a session belongs to a ticket', () => {
  test('it is moved: both tickets and the session say so, and it is listed in one of them', async () => {
    const [from, to] = [await newTicket('From'), await newTicket('To')];
    const sessionId = await newSession(from);
    expect(await link(sessionId, { ticket: to })).toMatchObject({ ticket: { id: to, subject: 'To' } });
    expect(await cardsOf(people.customer, from)).toEqual(['session-created', 'session-unlinked']);
    expect(await cardsOf(people.customer, to)).toEqual(['session-linked']);
    expect(await linksOf(sessionId)).toEqual(['ticket-linked From', 'ticket-unlinked From', 'ticket-linked To']);
    expect(await listedIn(people.customer, from)).toEqual([]);
    expect(await listedIn(people.customer, to)).toEqual([sessionId]);
    expect(await people.expert.get(sessions.readSession, { params: { sessionId } })).toMatchObject({
      ticketId: to,
      ticket: { subject: 'To' },
    });
  });

  test('it is removed, and its customer keeps it; a new ticket for it is one of its code', async () => {
    const sessionId = await newSession(await newTicket('Wrong'));
    expect(await link(sessionId, none)).toEqual({ ticket: null });
    expect(await statusFor(people.customer, sessionId)).toBe(200);
    const { ticket } = await link(sessionId, { newTicket: 'Right' });
    const ticketId = TicketId.parse(ticket?.id);
    expect(await people.customer.get(tickets.readTicket, { params: { ticketId } })).toMatchObject({
      subject: 'Right',
      code: { id: people.code.id },
    });
    expect(await listedIn(people.customer, ticketId)).toEqual([sessionId]);
  });

  test('linked where it is already, or asked twice, it changes nothing', async () => {
    const [from, to] = [await newTicket('From'), await newTicket('To')];
    const sessionId = await newSession(from);
    expect(await link(sessionId, { ticket: from })).toMatchObject({ ticket: { id: from } });
    expect(await cardsOf(people.expert, from)).toEqual(['session-created']);
    const body = fresh();
    const first = await linkAsk(people.expert, sessionId, { newTicket: 'Only one' }, body);
    const again = await linkAsk(people.expert, sessionId, { newTicket: 'Only one' }, body);
    expect(again.text).toBe(first.text);
    await link(sessionId, { ticket: to });
    await linkAsk(people.expert, sessionId, { newTicket: 'Only one' }, body);
    expect(await listedIn(people.expert, to)).toEqual([sessionId]);
    const { tickets: found } = await people.expert.get(tickets.listTickets, { query: { search: 'Only one' } });
    expect(found).toHaveLength(1);
  });

  test('a ticket that is not there changes nothing', async () => {
    const from = await newTicket('From');
    const sessionId = await newSession(from);
    expect((await linkAsk(people.expert, sessionId, { ticket: randomUUID() })).status).toBe(404);
    expect(await listedIn(people.expert, from)).toEqual([sessionId]);
  });
});

describe('A7 whose code it is', () => {
  test.each([
    ['of another code', async () => newTicket('Elsewhere', otherCodeId)],
    ['of no code', async () => newTicket('Elsewhere', null)],
  ])('moved to a ticket %s, it is gone for the customer at once', async (_which, elsewhere) => {
    const from = await newTicket('Here');
    const [sessionId, to] = [await newSession(from), await elsewhere()];
    const ear = await people.customer.connect();
    ears.push(ear);
    await ear.ask('watch', {});
    expect(await ear.ask('follow', { streamId: sessionId, after: 0 })).toMatchObject({ ok: true });
    await link(sessionId, { ticket: to });
    await ear.until(() => !ear.socket.connected, 'the end of the socket');
    expect(JSON.stringify(ear.heard)).not.toContain('Elsewhere');
    const after = await people.customer.connect();
    ears.push(after);
    expect(await after.ask('follow', { streamId: sessionId, after: 0 })).toMatchObject({ ok: false });
    for (const route of [sessions.readSession, sessions.sessionEvents]) {
      expect((await people.customer.ask(route, { params: { sessionId } })).status).toBe(404);
    }
    await link(sessionId, none);
    expect(await statusFor(people.customer, sessionId)).toBe(404);
    await link(sessionId, { ticket: from });
    expect(await statusFor(people.customer, sessionId)).toBe(200);
  });

  test('the users of the other code have it from then on', async () => {
    const sessionId = await newSession(await newTicket('Here'));
    expect(await statusFor(other, sessionId)).toBe(404);
    await link(sessionId, { ticket: await newTicket('There', otherCodeId) });
    expect(await statusFor(other, sessionId)).toBe(200);
    // But not what the ticket was called that it comes from.
    const log = await other.ask(sessions.sessionEvents, { params: { sessionId } });
    expect(log.text).toContain('"There"');
    expect(log.text.match(/ticket-(un)?linked/g)).toEqual(['ticket-linked']);
    await link(sessionId, none);
    expect(await statusFor(other, sessionId)).toBe(200);
  });
});

test('A7 moves at once, crossing each other and what else happens in the session: one place at the end, which the logs say too', async () => {
  for (let round = 0; round < 20; round++) {
    const [one, two] = [await newTicket('One'), await newTicket('Two')];
    const [left, right] = [await newSession(one), await newSession(two)];
    const say = () => people.expert.ask(tickets.sayInTicket, { params: { ticketId: one }, body: fresh({ text: 'x' }) });
    const join = () =>
      people.expert.ask(sessions.joinSession, { params: { sessionId: left }, body: fresh({ tabId: randomUUID() }) });
    const answers = await Promise.all([
      linkAsk(people.expert, left, { ticket: two }),
      linkAsk(people.admin, left, none),
      linkAsk(people.coAdmin, right, { ticket: one }),
      linkAsk(people.admin, right, { newTicket: 'Three' }),
      say(),
      join(),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    for (const sessionId of [left, right]) {
      const { ticket } = await people.expert.get(sessions.readSession, { params: { sessionId } });
      const listed = [one, two].filter((id) => id === ticket?.id);
      for (const id of [one, two])
        expect((await listedIn(people.expert, id)).includes(sessionId)).toBe(listed[0] === id);
      const links = await linksOf(sessionId);
      expect(links.at(-1)).toMatch(
        ticket === null ? /^ticket-unlinked/ : new RegExp(`^ticket-linked ${ticket.subject}`),
      );
      // Linked and unlinked by turns: no move was carried out over another.
      expect(links.map((line) => line.split(' ')[0])).toEqual(
        links.map((_, at) => (at % 2 === 0 ? 'ticket-linked' : 'ticket-unlinked')),
      );
    }
  }
}, 60_000);
