import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import { openTicketOutbox } from '#web/features/ticket/index.ts';
import type { Ask } from '#web/http/client.ts';
import { type FakeConnection, fakeConnection, settle } from '../../test/fake-connection.ts';
import { fakeStorage } from '../../test/fake-storage.ts';
import { openCodeTickets } from './code-tickets-model.ts';

const codeId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01';
const deviceId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a02';
const ticketId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a03';
const ticket = (id: string, status = 'open') => ({ id, status, subject: 'Pump', lastSeq: 1, readUpTo: 0 });
const session = (status: string, createdAt: string) => ({ id: createdAt, status, createdAt, participants: [] });

describe('openCodeTickets', () => {
  let end: AbortController;
  let connection: FakeConnection;
  let answers: Record<string, (parts: { query?: { page?: number } }) => Outcome<unknown>>;
  let asked: { path: string; parts: object }[];
  const ask = (async (route: Route, parts: object) => {
    asked.push({ path: `${route.method} ${route.path}`, parts });
    await Promise.resolve();
    return answers[`${route.method} ${route.path}`]?.(parts) ?? refused('unavailable');
  }) as Ask;
  const open = () => {
    const outbox = openTicketOutbox(end.signal, { ask, connection, owner: 'code', storage: fakeStorage() });
    return openCodeTickets(end.signal, { ask, connection, outbox, codeId, deviceId });
  };

  beforeEach(() => {
    end = new AbortController();
    connection = fakeConnection();
    asked = [];
    answers = {
      'GET /api/tickets': () => accepted({ tickets: [ticket(ticketId)], total: 1, page: 1, pageSize: 25 }),
      'GET /api/codes/:codeId/sessions': () => accepted({ sessions: [] }),
      'GET /api/tickets/:ticketId/sessions': () => accepted({ sessions: [] }),
      'GET /api/tickets/:ticketId': () => accepted(ticket(ticketId)),
    };
  });
  afterEach(() => end.abort());

  it('lists the tickets of its code, and follows what is told', async () => {
    const tickets = open();
    expect(tickets.list.get().state).toBe('loading');
    await settle();
    expect(tickets.list.get()).toMatchObject({ state: 'ready', total: 1, tickets: [{ id: ticketId }] });
    expect(asked.find((one) => one.path === 'GET /api/tickets')?.parts).toMatchObject({ query: { code: codeId } });
    expect(connection.asked.some((one) => one.name === 'watch')).toBe(true);
    answers['GET /api/tickets'] = () => accepted({ tickets: [], total: 0, page: 1, pageSize: 25 });
    connection.tell('ticket-changed', { ticketId });
    await settle();
    expect(tickets.list.get().tickets).toEqual([]);
  });

  it('keeps what it has when it can’t be read anew', async () => {
    const tickets = open();
    await settle();
    answers['GET /api/tickets'] = () => refused('unavailable');
    tickets.refresh();
    await settle();
    expect(tickets.list.get()).toMatchObject({ state: 'failed', tickets: [{ id: ticketId }] });
    connection.setState('offline');
    answers['GET /api/tickets'] = () => accepted({ tickets: [], total: 0, page: 1, pageSize: 25 });
    connection.setState('connected');
    await settle();
    expect(tickets.list.get()).toMatchObject({ state: 'ready', refusal: null });
  });

  it('A10: finds the session that one can join now', async () => {
    const answer = 'GET /api/codes/:codeId/sessions';
    answers[answer] = () => accepted({ sessions: [session('live', '2026-11-20'), session('waiting', '2026-11-19')] });
    const tickets = open();
    await settle();
    expect(tickets.list.get().openSessions.map((one) => one.status)).toEqual(['live', 'waiting']);
    expect(asked.find((one) => one.path === answer)?.parts).toMatchObject({ params: { codeId } });
    answers[answer] = () => refused('unavailable');
    connection.tell('session-changed', {});
    await settle();
    expect(tickets.list.get().openSessions).toHaveLength(2);
    answers[answer] = () => accepted({ sessions: [] });
    connection.tell('session-changed', {});
    await settle();
    expect(tickets.list.get().openSessions).toEqual([]);
  });

  it('loads older pages on request', async () => {
    answers['GET /api/tickets'] = ({ query }) =>
      accepted({ tickets: [ticket(`ticket of page ${query?.page}`)], total: 2, page: query?.page, pageSize: 1 });
    const tickets = open();
    await settle();
    tickets.more();
    await settle();
    expect(tickets.list.get().tickets.map((one) => one.id)).toEqual(['ticket of page 1', 'ticket of page 2']);
  });

  it('opens a ticket with its Messenger, says when it can’t, and ends with its signal', async () => {
    const tickets = open();
    const own = new AbortController();
    const opened = tickets.open(own.signal, ticketId);
    await settle();
    expect(opened.get()).toMatchObject({ state: 'ready', ticket: { subject: 'Pump' } });
    own.abort();
    expect(connection.asked.at(-1)).toMatchObject({ name: 'unfollow' });
    answers['GET /api/tickets/:ticketId'] = () => refused('not-found');
    const missing = tickets.open(end.signal, ticketId);
    await settle();
    expect(missing.get()).toMatchObject({ state: 'failed', refusal: { code: 'not-found' } });
  });

  it('makes a ticket at this code; an empty first message is left out', async () => {
    answers['POST /api/tickets'] = () => accepted(ticket(ticketId));
    const tickets = open();
    expect(await tickets.create({ requestId: deviceId, subject: 'Pump', text: ' ' })).toEqual({ id: ticketId });
    expect(asked.find((one) => one.path === 'POST /api/tickets')?.parts).toMatchObject({
      body: { requestId: deviceId, subject: 'Pump', code: codeId },
    });
    answers['POST /api/tickets'] = () => refused('too-large');
    expect(await tickets.create({ requestId: deviceId, subject: 'Pump', text: 'x' })).toMatchObject({
      code: 'too-large',
    });
  });
});
