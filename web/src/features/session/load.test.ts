import { expect, it } from 'vitest';
import { readIceServers } from '#contract/call/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import type { Ask } from '#web/http/client.ts';
import { jonsSession, sessionId, tabId } from './fixtures.ts';
import { askForStart, pause, startOfPage } from './load.ts';

const bootstrap = {
  session: jonsSession(),
  events: { events: [], upTo: 3, more: false },
  iceServers: [],
  parkedOffer: null,
  as: 'code',
};

it('starts from what the server wrote into the page', () => {
  const start = startOfPage(bootstrap, sessionId, () => [100, 200]);
  expect([start?.bootstrap.as, start?.askedAt, start?.answeredAt]).toEqual(['code', 100, 200]);
});

it.each([
  ['nothing', null],
  ['a word', 'bootstrap'],
  ['another session', { ...bootstrap, session: { ...bootstrap.session, id: tabId } }],
  ['half of it', { ...bootstrap, events: undefined }],
])('asks by HTTP when the page has %s', (_, raw) => {
  expect(startOfPage(raw, sessionId, () => [0, 0])).toBeNull();
});

function setUp(replies: Outcome<unknown>[]) {
  const troubles: string[] = [];
  const ask = (async (route: Route) =>
    route.path === readIceServers.path ? refused('failed') : (replies.shift() ?? refused('failed'))) as unknown as Ask;
  const life = new AbortController();
  const start = askForStart(
    life.signal,
    { ask, sessionId, tabId, as: 'code' },
    (refusal) => troubles.push(refusal.code),
    async () => {},
  );
  return { start, troubles };
}

it('C3 asks again while the server is away, and goes on without STUN when that is not told', async () => {
  const { start, troubles } = setUp([refused('unavailable'), refused('unavailable'), accepted(jonsSession())]);
  expect(await start).toMatchObject({ bootstrap: { as: 'code', iceServers: [], events: { upTo: 0 } } });
  expect(troubles).toEqual(['unavailable', 'unavailable']);
});

it('says once that there is no such session', async () => {
  const { start, troubles } = setUp([refused('not-found')]);
  expect(await start).toEqual(refused('not-found'));
  expect(troubles).toEqual([]);
});

it('a pause ends with the page', async () => {
  const page = new AbortController();
  const paused = pause(page.signal, 60_000);
  page.abort();
  await paused;
  await pause(page.signal, 60_000);
});
