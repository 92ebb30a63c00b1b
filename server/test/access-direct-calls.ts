import { defaultPolicies } from '#contract/access/policies.ts';
import * as calls from '#contract/direct-call/http.ts';
import { fresh, type Row } from './access-row.ts';
import type { ActorName, World } from './access-world.ts';
import type { Ear } from './harness/client.ts';
import { allowCalls, call, openDesk } from './harness/direct-calls.ts';
import { enterCode } from './harness/organization.ts';

const isStaff = (actor: ActorName) => actor === 'expert' || actor === 'coAdmin' || actor === 'admin';
const ofCode = (world: World, actor: ActorName) => ({ codeId: world.codeOf(actor).id });

/** One page of the desk in each world. */
const desks = new WeakMap<World, Ear>();

/** Direct calls are on, at any hour, and somebody is there to answer who does nothing else. */
async function canCall(world: World, actor: ActorName): Promise<void> {
  const { admin } = world.people;
  const { officeHours } = defaultPolicies;
  await allowCalls(admin, world.codeOf(actor).id, { ringSeconds: 300, officeHours });
  if (!desks.has(world)) desks.set(world, await openDesk((await world.newMember('expert')).client));
}

/** A call that rings at the owner's code: theirs where they ask, else that of another device; one makes only so many in an hour. */
async function ringing(world: World, actor: ActorName) {
  await canCall(world, 'owner');
  const code = world.codeOf('owner');
  const caller = actor === 'owner' ? world.people.owner : await enterCode(world.origin, code, 'Cara');
  return { params: { sessionId: await call(caller, code.id) }, body: fresh() };
}

/** The routes of direct calls and of who is available. */
export const directCallRows: readonly Row[] = [
  {
    route: calls.listAvailability,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({}),
    missing: 'nothing is named',
  },
  {
    route: calls.chooseAvailability,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({ body: fresh({ chosen: 'available' }) }),
    missing: 'nothing is named',
  },
  {
    route: calls.readContact,
    answers: 'login login none none none ok none none none',
    wish: (world, actor) => ({ params: ofCode(world, actor) }),
  },
  {
    route: calls.startDirectCall,
    answers: 'login login none none none ok none none none',
    wish: async (world, actor) => {
      if (!isStaff(actor)) await canCall(world, actor);
      return { params: ofCode(world, actor), body: fresh() };
    },
  },
  { route: calls.hangUp, answers: 'login login none none none ok none none none', wish: ringing },
  { route: calls.readCallOutcome, answers: 'login login none none none ok none none none', wish: ringing },
  {
    route: calls.listRinging,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({}),
    missing: 'nothing is named',
  },
  { route: calls.answerCall, answers: 'login login ok ok ok none none none none', wish: ringing },
  { route: calls.declineCall, answers: 'login login ok ok ok none none none none', wish: ringing },
];
