import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refused } from '#contract/errors.ts';
import { TicketEvent } from '#contract/ticket/http.ts';
import { type FakeConnection, fakeConnection, settle } from '../../test/fake-connection.ts';
import { followStream } from './followed-stream.ts';

const streamId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01';
const author = { kind: 'system' };
const said = (seq: number, text = `message ${seq}`) => ({
  seq,
  at: '2026-11-20T10:00:00.000Z',
  author,
  requestId: null,
  body: { kind: 'message-said', text },
});

describe('followStream', () => {
  let connection: FakeConnection;
  let end: AbortController;
  const follow = (more: { after?: number; canHide?: boolean } = {}) =>
    followStream(end.signal, { connection, streamId, schema: TicketEvent, ...more });
  const seqs = (stream: ReturnType<typeof follow>) => stream.get().events.map((event) => event.seq);

  beforeEach(() => {
    vi.useFakeTimers();
    connection = fakeConnection();
    connection.streams.set(streamId, [said(1), said(2), said(3)]);
    end = new AbortController();
  });
  afterEach(() => {
    end.abort();
    vi.useRealTimers();
  });

  it('loads what there is, page by page, and then hears', async () => {
    connection.pageSize = 2;
    const stream = follow();
    await settle();
    expect(seqs(stream)).toEqual([1, 2, 3]);
    expect(stream.get().state).toBe('following');
    connection.tell('event', { streamId, event: said(4) });
    connection.tell('event', { streamId: 'another', event: said(5) });
    expect(seqs(stream)).toEqual([1, 2, 3, 4]);
  });

  it('C3: resumes after its last number when the connection is back, without doubles', async () => {
    const stream = follow();
    await settle();
    connection.setState('offline');
    expect(stream.get().state).toBe('behind');
    connection.streams.get(streamId)?.push(said(4), said(5));
    connection.setState('connected');
    connection.tell('event', { streamId, event: said(5) });
    await settle();
    expect(seqs(stream)).toEqual([1, 2, 3, 4, 5]);
    expect(connection.asked.filter((one) => one.name === 'follow').at(1)?.parts).toEqual({ streamId, after: 3 });
  });

  it('asks again when a number is missing, and ignores what it has', async () => {
    const stream = follow();
    await settle();
    connection.streams.get(streamId)?.push(said(4), said(5), said(6));
    connection.tell('event', { streamId, event: said(6) });
    connection.tell('event', { streamId, event: said(2) });
    await settle();
    expect(seqs(stream)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('hears events that arrive while it is asking', async () => {
    const stream = follow();
    connection.streams.get(streamId)?.push(said(4));
    connection.tell('event', { streamId, event: said(4) });
    await settle();
    expect(seqs(stream)).toEqual([1, 2, 3, 4]);
  });

  it('accepts numbers that are kept from this person', async () => {
    connection.streams.set(streamId, [said(1), said(4)]);
    const stream = follow();
    await settle();
    expect(seqs(stream)).toEqual([1, 4]);
    expect(stream.get().upTo).toBe(4);
  });

  it('passes over events of a kind that this page does not know', async () => {
    connection.streams.set(streamId, [said(1), { ...said(2), body: { kind: 'teleported' } } as never, said(3)]);
    const stream = follow();
    await settle();
    expect(seqs(stream)).toEqual([1, 3]);
    connection.tell('event', { streamId, event: { ...said(4), body: { kind: 'teleported' } } });
    connection.tell('event', { streamId, event: { nonsense: true } });
    connection.tell('event', { streamId, event: said(5) });
    expect(seqs(stream)).toEqual([1, 3, 5]);
  });

  it('says when it may not follow, and tries again when asked to', async () => {
    connection.refuseFollow = refused('not-found');
    const stream = follow();
    await settle();
    expect(stream.get()).toMatchObject({ state: 'refused', refusal: { code: 'not-found' } });
    connection.refuseFollow = null;
    stream.refresh();
    await settle();
    expect(stream.get().state).toBe('following');
  });

  it('tries again by itself after a failure of the server', async () => {
    connection.refuseFollow = refused('failed');
    const stream = follow();
    await settle();
    connection.refuseFollow = null;
    await vi.advanceTimersByTimeAsync(3_100);
    expect(seqs(stream)).toEqual([1, 2, 3]);
  });

  it('takes the answer to an own message at once, in order', async () => {
    const stream = follow();
    await settle();
    stream.offer(TicketEvent.parse(said(4)));
    connection.tell('event', { streamId, event: said(4) });
    expect(seqs(stream)).toEqual([1, 2, 3, 4]);
    connection.streams.get(streamId)?.push(said(4), said(5), said(6));
    stream.offer(TicketEvent.parse(said(6)));
    await settle();
    expect(seqs(stream)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('begins near the end and loads earlier pages', async () => {
    connection.streams.set(
      streamId,
      Array.from({ length: 10 }, (_, at) => said(at + 1)),
    );
    const stream = followStream(end.signal, {
      connection,
      streamId,
      schema: TicketEvent,
      after: 8,
      pageSize: 5,
      readAfter: async (after) => ({
        ok: true,
        value: {
          events: (connection.streams.get(streamId) ?? [])
            .filter((one) => one.seq > after)
            .map((one) => TicketEvent.parse(one)),
        },
      }),
    });
    await settle();
    expect(seqs(stream)).toEqual([9, 10]);
    await stream.loadEarlier();
    expect(seqs(stream)).toEqual([4, 5, 6, 7, 8, 9, 10]);
    await stream.loadEarlier();
    expect(seqs(stream)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(stream.get().from).toBe(0);
  });

  it('A4: reads all anew when something in it was hidden or shown', async () => {
    const stream = follow();
    await settle();
    connection.pageSize = 1;
    connection.streams.set(streamId, [said(1), said(3), said(4)]);
    connection.tell('stream-changed', { streamId });
    expect(seqs(stream)).toEqual([1, 2, 3]);
    await settle();
    expect(seqs(stream)).toEqual([1, 3, 4]);
    connection.streams.set(streamId, [said(1), said(2), said(3)]);
    connection.tell('stream-changed', { streamId });
    connection.streams.get(streamId)?.push(said(4), said(5));
    connection.tell('event', { streamId, event: said(5) });
    await settle();
    expect(seqs(stream)).toEqual([1, 2, 3, 4, 5]);
  });

  it('A4: an answer from before something was hidden is not shown', async () => {
    const stream = follow();
    await settle();
    const before = [said(1), said(2), said(3), said(4)];
    connection.streams.set(streamId, before);
    stream.refresh();
    connection.streams.set(streamId, [said(1), said(4)]);
    connection.tell('stream-changed', { streamId });
    await settle();
    expect(seqs(stream)).toEqual([1, 4]);
  });

  it('A4: what was hidden while the connection was away is gone when it is back', async () => {
    const stream = follow({ canHide: true });
    await settle();
    connection.setState('offline');
    connection.streams.set(streamId, [said(1), said(3)]);
    connection.setState('connected');
    await settle();
    expect(seqs(stream)).toEqual([1, 3]);
  });

  it('A4: holds nothing of what this person may not see any more', async () => {
    const stream = follow();
    await settle();
    connection.refuseFollow = refused('not-found');
    connection.tell('stream-changed', { streamId });
    await settle();
    expect(stream.get()).toMatchObject({ state: 'refused', events: [] });
  });

  it('ends with its signal', async () => {
    const stream = follow();
    await settle();
    end.abort();
    connection.tell('event', { streamId, event: said(4) });
    connection.setState('offline');
    expect(seqs(stream)).toEqual([1, 2, 3]);
    expect(connection.asked.at(-1)).toEqual({ name: 'unfollow', parts: { streamId } });
  });
});
