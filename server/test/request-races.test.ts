import { afterAll, beforeAll, expect, test } from 'vitest';
import * as requests from '#contract/request/http.ts';
import { requestLimits } from '#contract/request/limits.ts';
import * as sessions from '#contract/session/http.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import * as tickets from '#contract/ticket/http.ts';
import { fresh } from './access-row.ts';
import { type Case, closeWithoutFaults, openCase } from './harness/case.ts';
import type { Answer } from './harness/client.ts';
import { enterCode } from './harness/organization.ts';
import { answer, askFor, storyOf, tryToAnswer } from './harness/requests.ts';

/* A11: whatever comes at once, one truth is left. Who waits for each other in the database is ended by it after a second: a 500. */

const ROUNDS = 200;
const LANES = 4;
const MINUTE_MS = 60_000;
let own: Case;
beforeAll(async () => {
  own = await openCase();
});
afterAll(() => closeWithoutFaults(own.server));

/** One device may not ask that often. They use the same code, so each may answer for the others. */
async function newAsker(): Promise<void> {
  const customer = await enterCode(own.server.origin, own.people.code, 'Rafael');
  own = { ...own, people: { ...own.people, customer } };
}

/** Some rounds at once, each with a request of its own: fewer than a device may have waiting. */
async function rounds(many: number, run: (round: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < many; first += requestLimits.perHour) {
    await newAsker();
    let next = first;
    const lane = async () => {
      while (next < Math.min(many, first + requestLimits.perHour)) await run(next++);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }
}
const inMinutes = (minutes: number) => new Date(own.server.clock.now().getTime() + minutes * MINUTE_MS).toISOString();
const read = (sessionId: string) => own.people.customer.get(requests.readRequest, { params: { sessionId } });
const resultOf = ({ json }: Answer) =>
  requests.Answered.safeParse(json).data ?? { result: 'refused', by: '', request: null };

test('two employees accept at once: one has it, the other is told who', async () => {
  const { expert, coAdmin } = own.people;
  const winners = new Set<string>();
  await rounds(ROUNDS, async (round) => {
    const { sessionId } = await askFor(own.people);
    const deeds = [expert, coAdmin].map((by) => tryToAnswer(by, requests.acceptRequest, sessionId));
    const results = (await Promise.all(round % 2 === 0 ? deeds : deeds.toReversed())).map(resultOf);
    expect(results.map(({ result }) => result).sort()).toEqual(['done', 'taken']);
    const [first, second] = results;
    expect(first?.by).toBe(second?.by);
    const { status, answeredBy } = await read(sessionId);
    expect([status, answeredBy?.name]).toEqual(['accepted', first?.by]);
    expect((await storyOf(expert, sessionId)).filter((what) => what === 'accepted')).toHaveLength(1);
    winners.add(first?.by ?? '');
  });
  expect(winners.size).toBe(2);
}, 300_000);

test('different answers of two employees at once: the first one counts', async () => {
  const { expert, coAdmin } = own.people;
  await rounds(ROUNDS, async () => {
    const { sessionId } = await askFor(own.people);
    const times = { times: [inMinutes(60)] };
    const [declined, proposed] = (
      await Promise.all([
        tryToAnswer(expert, requests.declineRequest, sessionId),
        tryToAnswer(coAdmin, requests.proposeTimes, sessionId, times),
      ])
    ).map(resultOf);
    expect([declined?.result, proposed?.result].sort()).toEqual(['done', 'taken']);
    const { status, answeredBy, proposal } = await read(sessionId);
    const expected = declined?.result === 'done' ? ['declined', 'Nora Expert', 0] : ['requested', 'Carl Coadmin', 1];
    expect([status, answeredBy?.name, proposal?.times.length ?? 0]).toEqual(expected);
    if (status === 'requested') await answer(own.people.customer, requests.withdrawRequest, sessionId);
  });
}, 300_000);

test('an answer against a withdrawal: it is withdrawn in the end, and nobody has been answered after it', async () => {
  const { expert, customer } = own.people;
  const orders = new Set<string>();
  await rounds(ROUNDS, async () => {
    const { sessionId } = await askFor(own.people);
    const [accepted, withdrawn] = await Promise.all([
      tryToAnswer(expert, requests.acceptRequest, sessionId),
      tryToAnswer(customer, requests.withdrawRequest, sessionId),
    ]);
    expect(withdrawn.status).toBe(200);
    expect([200, 409]).toContain(accepted.status);
    expect((await read(sessionId)).status).toBe('cancelled');
    const story = (await storyOf(expert, sessionId)).slice(3);
    expect(story).toEqual(accepted.status === 200 ? ['accepted', 'cancelled'] : ['cancelled']);
    orders.add(story.join());
  });
  expect(orders.size).toBe(2);
}, 300_000);

test('agreeing against proposing anew: what is agreed is a time that was on offer then', async () => {
  const { expert, customer } = own.people;
  const orders = new Set<string>();
  await rounds(ROUNDS, async () => {
    const { sessionId } = await askFor(own.people);
    const [old, other] = [inMinutes(60), inMinutes(120)];
    await answer(expert, requests.proposeTimes, sessionId, { times: [old] });
    const [agreed, proposed] = await Promise.all([
      tryToAnswer(customer, requests.agreeTime, sessionId, { at: old }),
      tryToAnswer(expert, requests.proposeTimes, sessionId, { times: [other] }),
    ]);
    expect(proposed.status).toBe(200);
    const now = await read(sessionId);
    const wasAgreed = agreed.status === 200;
    if (!wasAgreed) expect(agreed.json).toEqual({ error: { code: 'malformed', field: 'at' } });
    expect([now.status, now.scheduledFor]).toEqual(wasAgreed ? ['scheduled', old] : ['requested', null]);
    expect(now.proposal?.times).toEqual([other]);
    const story = (await storyOf(expert, sessionId)).slice(4);
    expect(story).toEqual(wasAgreed ? ['scheduled', 'time-agreed', 'times-proposed'] : ['times-proposed']);
    orders.add(story.join());
    await answer(customer, requests.withdrawRequest, sessionId);
  });
  expect(orders.size).toBe(2);
}, 300_000);

test('answers, messages, hiding, new requests, all at once in one ticket: none wait for each other', async () => {
  const { expert, coAdmin } = own.people;
  const place = { ticket: own.ticketId };
  for (let round = 0; round < 50; round++) {
    // Two in each round.
    if (round % (requestLimits.perHour / 2) === 0) await newAsker();
    const { customer } = own.people;
    const { sessionId } = await askFor(own.people, { place });
    const params = { sessionId };
    const answers = await Promise.all([
      tryToAnswer(expert, requests.acceptRequest, sessionId),
      tryToAnswer(coAdmin, requests.proposeTimes, sessionId, { times: [inMinutes(60)] }),
      tryToAnswer(customer, requests.proposeTimes, sessionId, { times: [inMinutes(90)] }),
      tryToAnswer(customer, requests.withdrawRequest, sessionId),
      customer.ask(requests.createRequest, { body: fresh({ place, subject: 'One more' }) }),
      customer.ask(tickets.sayInTicket, { params: { ticketId: own.ticketId }, body: fresh({ text: 'Hello?' }) }),
      expert.ask(tickets.updateTicket, {
        params: { ticketId: own.ticketId },
        body: fresh({ subject: `Press ${round}` }),
      }),
      coAdmin.ask(setVisibility, { params, body: fresh({ to: 'internal' }) }),
      expert.ask(sessions.cancelSession, { params, body: fresh() }),
      expert.ask(requests.readInbox),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const { status } = await expert.get(requests.readRequest, { params });
    const story = await storyOf(expert, sessionId);
    const last = story.findLast((what) => ['requested', 'accepted', 'cancelled'].includes(what));
    expect(status).toBe(last);
    const more = requests.SessionRequest.parse(answers[4]?.json);
    await answer(customer, requests.withdrawRequest, more.sessionId);
  }
}, 300_000);
