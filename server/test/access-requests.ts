import { randomUUID } from 'node:crypto';
import type { SessionId } from '#contract/ids.ts';
import * as requests from '#contract/request/http.ts';
import { fresh, type Row } from './access-row.ts';
import type { ActorName, World } from './access-world.ts';

/** After the moment at which the tests' clock begins. */
const WISHED = '2031-03-10T09:00:00.000Z';
const params = async (world: World, actor: ActorName) => ({ sessionId: await world.newRequest(actor, WISHED) });

/** One with a time that the employees have proposed, where that is whom the actor answers. */
async function offered(world: World, actor: ActorName): Promise<{ sessionId: SessionId }> {
  const asked = await params(world, actor);
  if (actor === 'owner')
    await world.people.admin.get(requests.proposeTimes, { params: asked, body: fresh({ times: [WISHED] }) });
  return asked;
}

/** The routes of requests and of the inbox. */
export const requestRows: readonly Row[] = [
  {
    route: requests.createRequest,
    answers: 'login login none none none ok none none none',
    wish: (world, actor) => ({ body: fresh({ place: { code: world.codeOf(actor).id }, subject: 'It stands' }) }),
    missing: (wish) => ({ ...wish, body: { ...wish.body, place: { code: randomUUID() } } }),
  },
  {
    route: requests.createRequest,
    when: 'in a ticket',
    answers: 'login login none none none ok none none none',
    wish: (world, actor) => ({ body: fresh({ place: { ticket: world.ticketOf(actor) }, subject: 'It stands' }) }),
    missing: (wish) => ({ ...wish, body: { ...wish.body, place: { ticket: randomUUID() } } }),
  },
  {
    route: requests.readRequest,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => ({ params: await params(world, actor) }),
  },
  {
    route: requests.readRequest,
    when: 'of a session that nobody asked for',
    answers: 'login login none none none none none none none',
    wish: async (world, actor) => ({ params: { sessionId: await world.newSession(actor) } }),
  },
  {
    route: requests.listCodeRequests,
    answers: 'login login none none none ok none none none',
    wish: (world, actor) => ({ params: { codeId: world.codeOf(actor).id } }),
  },
  {
    route: requests.acceptRequest,
    answers: 'login login ok ok ok no none none none',
    wish: async (world, actor) => ({ params: await params(world, actor), body: fresh() }),
  },
  {
    route: requests.declineRequest,
    answers: 'login login ok ok ok no none none none',
    wish: async (world, actor) => ({ params: await params(world, actor), body: fresh() }),
  },
  {
    route: requests.proposeTimes,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => ({ params: await params(world, actor), body: fresh({ times: [WISHED] }) }),
  },
  {
    route: requests.agreeTime,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => ({ params: await offered(world, actor), body: fresh({ at: WISHED }) }),
  },
  {
    route: requests.withdrawRequest,
    answers: 'login login no no no ok none none none',
    wish: async (world, actor) => ({ params: await params(world, actor), body: fresh() }),
  },
  {
    route: requests.readInbox,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({}),
    missing: 'nothing is named',
  },
  {
    route: requests.listComing,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({}),
    missing: 'nothing is named',
  },
];
