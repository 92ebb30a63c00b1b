import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PARTS_LIMIT, type SignalPart } from '#contract/call/index.ts';
import { createOutbox } from './outbox.ts';

const attempt = { n: 1, by: 'a' };
const answer = (connection: 'audio' | 'video'): SignalPart => ({
  kind: 'answer',
  connection,
  attempt,
  round: 0,
  sdp: 'v=0',
});
const candidate = (connection: 'audio' | 'video', candidate: string): SignalPart => ({
  kind: 'candidates',
  connection,
  attempt,
  round: 0,
  candidates: [{ candidate }],
});

describe('outbox', () => {
  const sent: { parts: SignalPart[]; broad: boolean }[] = [];
  let ended = new AbortController();
  const box = () => createOutbox(ended.signal, (parts, broad) => sent.push({ parts, broad }));
  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    ended = new AbortController();
  });
  afterEach(() => vi.useRealTimers());

  it('sends what belongs together as one signal, candidates in one part for each connection', () => {
    const { put } = box();
    put(answer('audio'));
    put(candidate('audio', 'one'));
    put(answer('video'));
    put(candidate('video', 'two'));
    put(candidate('audio', 'three'));
    vi.advanceTimersByTime(20);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.parts.map((part) => [part.kind, part.connection])).toEqual([
      ['answer', 'audio'],
      ['candidates', 'audio'],
      ['answer', 'video'],
      ['candidates', 'video'],
    ]);
    expect(sent[0]?.parts[1]).toMatchObject({ candidates: [{ candidate: 'one' }, { candidate: 'three' }] });
  });

  it('holds back until both answers are there, but not for ever', async () => {
    const outbox = box();
    outbox.holdFor(new Promise(() => {}), 300);
    outbox.put(answer('audio'));
    await vi.advanceTimersByTimeAsync(299);
    expect(sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(1);
    outbox.holdFor(Promise.resolve(), 300);
    outbox.put(answer('video'), true);
    await vi.advanceTimersByTimeAsync(0);
    expect(sent[1]).toMatchObject({ broad: true });
  });

  it('never makes a parcel larger than the contract allows, and is silent after its end', () => {
    const { put, flush } = box();
    for (let i = 0; i < PARTS_LIMIT + 1; i++) put(answer('audio'));
    flush();
    expect(sent.map(({ parts }) => parts.length)).toEqual([PARTS_LIMIT, 1]);
    put(answer('audio'));
    ended.abort();
    put(answer('audio'));
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(2);
  });
});
