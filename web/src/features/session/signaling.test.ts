import { expect, it } from 'vitest';
import type { Signal } from '#contract/call/index.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { annaId, sessionId, tabId } from './fixtures.ts';
import { createSignaling } from './signaling.ts';

const place = { connection: 'audio', attempt: { n: 1, by: 'page' }, round: 0 } as const;
const answer: Signal = { page: 'page', to: null, parts: [{ kind: 'answer', ...place, sdp: 'v=0' }] };
const bye: Signal = { page: 'page', to: null, parts: [{ kind: 'bye', ...place }] };

function setUp() {
  const asked: { body: Record<string, unknown>; reply: (outcome: Outcome<unknown>) => void }[] = [];
  const ask = ((_: Route, parts: { body: Record<string, unknown> }) =>
    new Promise<Outcome<unknown>>((reply) => asked.push({ body: parts.body, reply }))) as unknown as Ask;
  const offer = {
    offerId: 'offer',
    participantId: annaId,
    tabId: 'tab',
    page: 'page',
    attempt: place.attempt,
    audio: 'v=0',
    video: 'v=0',
  };
  // Sending needs no socket.
  const connection = {} as Connection;
  return { asked, signaling: createSignaling({ ask, connection, sessionId, tabId, parkedOffer: offer }) };
}
const settle = () => new Promise((done) => setTimeout(done, 0));

it('sends one signal after the other, also after one that was refused', async () => {
  const { asked, signaling } = setUp();
  const first = signaling.send(annaId, bye);
  const second = signaling.send(annaId, bye);
  await settle();
  expect(asked).toHaveLength(1);
  asked[0]?.reply(refused('unavailable'));
  await expect(first).rejects.toThrow('unavailable');
  await settle();
  expect(asked).toHaveLength(2);
  asked[1]?.reply(accepted({}));
  await second;
});

it('names the parked offer with its answer, so that nobody else gets it', async () => {
  const { asked, signaling } = setUp();
  void signaling.send(annaId, answer);
  await settle();
  asked[0]?.reply(accepted({}));
  void signaling.send(annaId, bye);
  await settle();
  expect(asked.map((one) => one.body['offerId'])).toEqual(['offer', undefined]);
});
