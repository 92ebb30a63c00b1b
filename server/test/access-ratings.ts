import * as quality from '#contract/call/quality.ts';
import * as sessions from '#contract/session/http.ts';
import * as ratings from '#contract/session/rating.ts';
import { fresh, joined, type Row } from './access-row.ts';
import type { ActorName, World } from './access-world.ts';

/** A session that the actor was in, if they may, and that is over. */
async function ended(world: World, actor: ActorName) {
  const { sessionId } = await joined(world, actor);
  await world.people.admin.get(sessions.endSession, { params: { sessionId }, body: fresh() });
  return { params: { sessionId } };
}

const given = () => fresh({ stars: 4, comment: 'Quick help' });
const measured = { seconds: 60, roundTripMs: 40, lossShare: 0.01, frozenSeconds: 2 };

/** The routes of ratings, of what is measured beside them, and of their report. */
export const ratingRows: readonly Row[] = [
  {
    route: ratings.rateSession,
    answers: 'login login no no no ok none none none',
    wish: async (world, actor) => ({ ...(await ended(world, actor)), body: given() }),
  },
  {
    route: ratings.rateSession,
    when: 'before it is over',
    answers: 'login login no no no not-in-this-state none none none',
    wish: async (world, actor) => ({
      params: { sessionId: (await joined(world, actor)).sessionId },
      body: given(),
    }),
  },
  {
    route: ratings.rateSession,
    when: 'never joined',
    answers: 'login login no no no not-joined none none none',
    wish: async (world, actor) => ({ params: { sessionId: await world.newSession(actor) }, body: given() }),
  },
  {
    route: ratings.readRatings,
    answers: 'login login ok ok ok ok none none none',
    wish: ended,
  },
  {
    route: ratings.listRateable,
    answers: 'login login none none none ok none none none',
    wish: (world, actor) => ({ params: { codeId: world.codeOf(actor).id } }),
  },
  {
    route: quality.reportQuality,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => ({ ...(await ended(world, actor)), body: measured }),
  },
  {
    route: quality.reportQuality,
    when: 'not joined',
    answers: 'login login not-joined not-joined not-joined not-joined none none none',
    wish: async (world, actor) => {
      const sessionId = await world.newSession(actor);
      await world.people[actor].ask(sessions.readSession, { params: { sessionId } });
      return { params: { sessionId }, body: measured };
    },
  },
  {
    route: ratings.readRatingReport,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({ query: { from: '2031-01', to: '2031-12' } }),
    missing: 'nothing is named',
  },
];
