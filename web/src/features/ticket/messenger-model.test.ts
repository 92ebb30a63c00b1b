import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import { Ticket } from '#contract/ticket/http.ts';
import type { Ask } from '#web/http/client.ts';
import { type FakeConnection, fakeConnection, settle } from '../../../test/fake-connection.ts';
import { fakeStorage } from '../../../test/fake-storage.ts';
import { ann, cem, event, said, session, sessionId, ticketId } from './fixtures.ts';
import { openMessenger } from './messenger-model.ts';
import { openTicketOutbox } from './ticket-outbox.ts';

const id = Ticket.shape.id.parse(ticketId);

describe('openMessenger', () => {
  let end: AbortController;
  let connection: FakeConnection;
  let asked: { path: string; parts: unknown }[];
  let answer: (path: string, parts: { body?: { requestId?: string; text?: string } }) => Outcome<unknown>;
  let sessions: unknown[];
  const ask = (async (route: Route, parts: object) => {
    asked.push({ path: route.path, parts });
    await Promise.resolve();
    if (route.path === '/api/tickets/:ticketId/sessions') return accepted({ sessions });
    return answer(route.path, parts);
  }) as Ask;
  const open = (ticket: { lastSeq: number; readUpTo: number }) => {
    const outbox = openTicketOutbox(end.signal, { ask, connection, owner: 'code', storage: fakeStorage() });
    return openMessenger(end.signal, { ask, connection, outbox, ticket: { id, ...ticket }, myId: cem.id });
  };
  const texts = (messenger: ReturnType<typeof open>) =>
    messenger.get().items.map((item) => (item.kind === 'message' ? `${item.text} ${item.delivery.state}` : item.kind));
  const paths = (path: string) => asked.filter((one) => one.path.endsWith(path));

  beforeEach(() => {
    vi.useFakeTimers();
    end = new AbortController();
    connection = fakeConnection();
    connection.streams.set(ticketId, [said(1, ann, 'hello'), said(2, cem, 'hi')]);
    asked = [];
    sessions = [];
    answer = () => refused('unavailable');
  });
  afterEach(() => {
    end.abort();
    vi.useRealTimers();
  });

  it('shows the thread, and an own message at once, once', async () => {
    answer = (_path, { body }) => {
      const own = said(3, cem, body?.text ?? '', { requestId: body?.requestId ?? '' });
      connection.streams.get(ticketId)?.push(own);
      connection.tell('event', { streamId: ticketId, event: own });
      return accepted(own);
    };
    const messenger = open({ lastSeq: 2, readUpTo: 2 });
    await settle();
    messenger.say('  it leaks  ');
    expect(texts(messenger).filter((text) => text !== 'day')).toEqual(['hello said', 'hi said', 'it leaks sending']);
    await settle();
    expect(texts(messenger).filter((text) => text !== 'day')).toEqual(['hello said', 'hi said', 'it leaks said']);
  });

  it('does not send empty messages', async () => {
    const messenger = open({ lastSeq: 2, readUpTo: 2 });
    messenger.say(' \n ');
    await settle();
    expect(paths('/messages')).toEqual([]);
  });

  it('C3: typed offline, it goes out when the connection is back', async () => {
    const messenger = open({ lastSeq: 2, readUpTo: 2 });
    await settle();
    connection.setState('offline');
    messenger.say('one');
    messenger.say('two');
    await settle();
    expect(texts(messenger).slice(-2)).toEqual(['one waiting', 'two waiting']);
    let seq = 2;
    answer = (_path, { body }) => {
      const own = said(++seq, cem, body?.text ?? '', { requestId: body?.requestId ?? '' });
      connection.streams.get(ticketId)?.push(own);
      return accepted(own);
    };
    connection.setState('connected');
    await settle();
    connection.tell('event', { streamId: ticketId, event: connection.streams.get(ticketId)?.at(-1) });
    await settle();
    expect(texts(messenger).slice(-2)).toEqual(['one said', 'two said']);
  });

  it('moves the unread mark once, only forward, and again after a failure', async () => {
    answer = () => accepted({});
    const messenger = open({ lastSeq: 2, readUpTo: 1 });
    await settle();
    messenger.seen();
    messenger.seen();
    await settle();
    expect(paths('/read').map((one) => one.parts)).toMatchObject([{ body: { upTo: 2 } }]);
    answer = () => refused('unavailable');
    connection.tell('event', { streamId: ticketId, event: said(3, ann, 'more') });
    messenger.seen();
    await settle();
    messenger.seen();
    expect(paths('/read').length).toBe(3);
  });

  it('shows who is typing until they stop or say it', async () => {
    const messenger = open({ lastSeq: 2, readUpTo: 2 });
    await settle();
    connection.tell('typing', { streamId: ticketId, personId: ann.id, name: ann.name });
    connection.tell('typing', { streamId: sessionId, personId: ann.id, name: 'Elsewhere' });
    connection.tell('typing', { streamId: ticketId, personId: cem.id, name: 'Myself' });
    expect(messenger.typing.get()).toEqual([ann.name]);
    connection.tell('event', { streamId: ticketId, event: said(3, ann, 'done') });
    expect(messenger.typing.get()).toEqual([]);
    connection.tell('typing', { streamId: ticketId, personId: ann.id, name: ann.name });
    await vi.advanceTimersByTimeAsync(4_600);
    expect(messenger.typing.get()).toEqual([]);
  });

  it('tells typing now and then, not at each key', async () => {
    const messenger = open({ lastSeq: 2, readUpTo: 2 });
    for (let key = 0; key < 30; key++) {
      messenger.typing.tell();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(connection.asked.filter((one) => one.name === 'typing').length).toBe(2);
  });

  it('A10, A8: the session card is there and follows its status', async () => {
    const messenger = open({ lastSeq: 2, readUpTo: 2 });
    await settle();
    sessions = [session('waiting')];
    connection.tell('event', { streamId: ticketId, event: event(3, ann, { kind: 'session-created', sessionId }) });
    await settle();
    const card = () => messenger.get().items.find((item) => item.kind === 'session');
    expect(card()).toMatchObject({ session: { status: 'waiting' } });
    sessions = [session('live', { liveSince: '2026-11-20T10:05:00.000Z' })];
    answer = () => refused('not-found');
    connection.tell('session-changed', { sessionId, ticketId, status: 'live' });
    await settle();
    expect(card()).toMatchObject({ session: { status: 'live' } });
    expect(messenger.get().sessions.length).toBe(1);
  });

  it('begins a long thread near its end', async () => {
    connection.streams.set(
      ticketId,
      Array.from({ length: 900 }, (_, at) => said(at + 1, ann, `m${at + 1}`)),
    );
    const messenger = open({ lastSeq: 900, readUpTo: 890 });
    await settle();
    expect(messenger.get().items.filter((item) => item.kind === 'message').length).toBe(110);
    expect(messenger.get().hasEarlier).toBe(true);
  });
});
