import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RingingCall } from '#contract/direct-call/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import type { Ask } from '#web/http/client.ts';
import { type FakeConnection, fakeConnection, settle } from '../../../../test/fake-connection.ts';
import { openRings, type RingModel, type RingNews } from './ring-model.ts';

const callOf = (n: number): RingingCall =>
  ({
    sessionId: `0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a0${n}`,
    caller: `Caller ${n}`,
    subject: 'Press 7',
    code: { id: '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7b01', name: 'Press 7' },
    calledAt: '2026-11-20T12:00:00.000Z',
    ringsUntil: '2026-11-20T12:00:45.000Z',
  }) as unknown as RingingCall;
const first = callOf(1);
const second = callOf(2);

let end: AbortController;
let connection: FakeConnection;
let ringing: RingingCall[];
let said: RingNews[];
let answer: () => Outcome<unknown>;
let rings: RingModel;
const ask = (async (route: Route) => {
  await Promise.resolve();
  if (route.path === '/api/direct-calls/ringing') return accepted({ calls: ringing, now: '2026-11-20T12:00:10.000Z' });
  return answer();
}) as Ask;

beforeEach(async () => {
  end = new AbortController();
  connection = fakeConnection();
  ringing = [first];
  said = [];
  answer = () => accepted({ result: 'yours' });
  const now = () => Date.parse('2026-11-20T12:00:07.000Z');
  rings = openRings(end.signal, { ask, connection, tell: (news) => said.push(news), now });
  await settle();
});
afterEach(() => end.abort());

const shown = () => rings.get().calls.map(({ caller }) => caller);

test('A12 a page that opens while it rings shows it, by the clock of the server', () => {
  expect(shown()).toEqual(['Caller 1']);
  expect(rings.get().ahead).toBe(3_000);
});

test('A12 another call rings behind the first; a colleague who answers ends it here and is named', async () => {
  ringing = [first, second];
  connection.tell('ringing', { sessionId: second.sessionId });
  await settle();
  expect(shown()).toEqual(['Caller 1', 'Caller 2']);
  connection.tell('ringing-stopped', { sessionId: first.sessionId, answeredBy: 'Carl' });
  expect(shown()).toEqual(['Caller 2']);
  expect(said).toEqual([{ kind: 'answered', by: 'Carl', call: first }]);
});

test('A12 an answer that was under way does not bring back what has ended', async () => {
  connection.tell('ringing-stopped', { sessionId: first.sessionId, answeredBy: null });
  connection.tell('availability-changed', {});
  await settle();
  expect(shown()).toEqual([]);
});

test('A12 answering is quiet from the click on, and says whose the call is', async () => {
  const answered = rings.answer(first);
  expect(shown()).toEqual([]);
  expect(await answered).toEqual(accepted(true));
  connection.tell('ringing-stopped', { sessionId: first.sessionId, answeredBy: 'Me' });
  expect(said).toEqual([]);
});

test('A12 who was too late reads who was first, or that it is over', async () => {
  answer = () => accepted({ result: 'taken', by: 'Carl' });
  expect(await rings.answer(first)).toEqual(accepted(false));
  answer = () => accepted({ result: 'over' });
  expect(await rings.answer(second)).toEqual(accepted(false));
  expect(said.map(({ kind }) => kind)).toEqual(['answered', 'over']);
});

test('A12 an answer or a decline that did not arrive lets it ring on', async () => {
  answer = () => refused('unavailable');
  expect((await rings.answer(first)).ok).toBe(false);
  await settle();
  expect(shown()).toEqual(['Caller 1']);
  expect((await rings.decline(first)).ok).toBe(false);
  await settle();
  expect(shown()).toEqual(['Caller 1']);
});
