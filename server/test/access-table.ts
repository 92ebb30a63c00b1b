import { randomBytes, randomUUID } from 'node:crypto';
import * as access from '#contract/access/http.ts';
import * as policies from '#contract/access/policies.ts';
import * as call from '#contract/call/http.ts';
import * as sessions from '#contract/session/http.ts';
import { linkToTicket } from '#contract/session/linking.ts';
import { setVisibility } from '#contract/session/visibility.ts';
import * as tickets from '#contract/ticket/http.ts';
import { directCallRows } from './access-direct-calls.ts';
import { drawingRows } from './access-drawings.ts';
import { notificationRows } from './access-notifications.ts';
import { ratingRows } from './access-ratings.ts';
import { recordingRows } from './access-recordings.ts';
import { requestRows } from './access-requests.ts';
import { fresh, inJoined, inSession, joined, type Row, type Wish } from './access-row.ts';
import { screenshotRows } from './access-screenshots.ts';
import type { ActorName, World } from './access-world.ts';
import { makeCode, PASSWORD } from './harness/organization.ts';

const nothing = 'nothing is named';
const everybody = (answer: string) => Array(9).fill(answer).join(' ');
const secretOf = (link: string) => link.split('/').at(-1) ?? '';
const isStaff = (actor: ActorName) => actor === 'expert' || actor === 'coAdmin' || actor === 'admin';
const ofTicket = (world: World, actor: ActorName) => ({ ticketId: world.ticketOf(actor) });

async function invited({ people }: World): Promise<{ id: string; link: string }> {
  const body = fresh({ email: `${randomUUID()}@example.org`, role: 'expert' });
  const { invitation, link } = await people.admin.get(access.invite, { body });
  return { id: invitation.id, link };
}

/** Members try a new code; code users the one they have. */
const someCode = async (world: World, actor: ActorName) => ({
  codeId: isStaff(actor) ? (await makeCode(world.people.admin, 'Saw 1')).id : world.codeOf(actor).id,
});

async function signal(world: World, actor: ActorName): Promise<Wish> {
  const { sessionId, tabId } = await joined(world, actor);
  const other = actor === 'admin' ? world.people.coAdmin : world.people.admin;
  const { you } = await other.get(sessions.readSession, { params: { sessionId } });
  const attempt = { n: 1, by: 'page' };
  const part = { kind: 'restart', connection: 'audio', attempt, round: 0 };
  const body = { tabId, to: you.participantId, signal: { page: 'page', to: null, parts: [part] } };
  return { params: { sessionId }, body };
}

const otherCode = (wish: Wish): Wish => ({ ...wish, body: { ...wish.body, code: randomUUID() } });
const otherKey = { link: randomBytes(32).toString('base64url') };

/** The routes of access, tickets, sessions and calls. */
export const ownRows: readonly Row[] = [
  // Doors: whoever brings the secret comes in.
  {
    route: access.setupState,
    answers: everybody('already-set-up'),
    wish: () => ({ params: { secret: randomBytes(32).toString('base64url') } }),
    missing: nothing,
  },
  {
    route: access.setUp,
    answers: everybody('already-set-up'),
    wish: () => ({
      params: { secret: randomBytes(32).toString('base64url') },
      body: fresh({ organization: 'Mine', name: 'Eve', email: 'eve@example.org', password: PASSWORD }),
    }),
    missing: nothing,
  },
  {
    route: access.signIn,
    answers: everybody('ok'),
    wish: async (world, actor) => ({
      client: await world.spare(actor),
      body: { email: 'nora.expert@example.org', password: PASSWORD },
    }),
    missing: nothing,
  },
  {
    route: access.signOut,
    answers: everybody('ok'),
    wish: async (world, actor) => ({ client: await world.spare(actor) }),
    missing: nothing,
  },
  {
    route: access.readInvitation,
    answers: everybody('ok'),
    wish: async (world) => ({ params: { secret: secretOf((await invited(world)).link) } }),
  },
  {
    route: access.acceptInvitation,
    answers: everybody('ok'),
    wish: async (world, actor) => ({
      client: await world.spare(actor),
      params: { secret: secretOf((await invited(world)).link) },
      body: fresh({ name: 'Newcomer', password: PASSWORD }),
    }),
  },
  // Whose link was mailed is tried in password-reset.test.ts.
  {
    route: access.askForReset,
    answers: everybody('ok'),
    wish: () => ({ body: { email: `${randomUUID()}@example.org` } }),
    missing: nothing,
  },
  {
    route: access.resetState,
    answers: everybody('none'),
    wish: () => ({ params: { secret: randomBytes(32).toString('base64url') } }),
  },
  {
    route: access.resetPassword,
    answers: everybody('none'),
    wish: () => ({
      params: { secret: randomBytes(32).toString('base64url') },
      body: fresh({ password: PASSWORD }),
    }),
  },
  {
    route: access.openCode,
    answers: 'ok ok ok ok ok ok ok none none',
    wish: (world, actor) => ({ body: { link: secretOf(world.codeOf(actor).link) } }),
    missing: (wish) => ({ ...wish, body: otherKey }),
  },
  {
    route: access.openCode,
    when: 'by the short code',
    answers: 'ok ok ok ok ok ok ok none none',
    wish: (world, actor) => ({ body: { shortCode: world.codeOf(actor).shortCode } }),
    missing: (wish) => ({ ...wish, body: { shortCode: '22222222' } }),
  },
  {
    route: access.enterCode,
    answers: 'ok ok ok ok ok ok ok none none',
    wish: async (world, actor) => ({
      client: await world.spare(actor),
      body: fresh({ key: { link: secretOf(world.codeOf(actor).link) }, displayName: 'Somebody' }),
    }),
    missing: (wish) => ({ ...wish, body: { ...wish.body, key: otherKey } }),
  },

  // The own account.
  { route: access.readMe, answers: 'login login ok ok ok login login login login', wish: () => ({}), missing: nothing },
  {
    route: access.updateMe,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({ body: fresh({ name: 'Somebody Else' }) }),
    missing: nothing,
  },
  { route: access.listLogins, answers: 'login login ok ok ok none none none none', wish: () => ({}), missing: nothing },
  {
    route: access.revokeLogin,
    answers: 'login login ok ok ok none none none none',
    wish: async (world, actor) => {
      if (!isStaff(actor)) return { params: { loginId: (await world.newMember('expert')).loginId } };
      const client = await world.spare(actor);
      const { logins } = await client.get(access.listLogins);
      return { client, params: { loginId: logins.find((one) => one.current)?.id ?? '' } };
    },
  },
  {
    route: access.revokeLogin,
    when: 'of somebody else',
    answers: 'login login none none none none none none none',
    wish: async (world) => ({ params: { loginId: (await world.newMember('expert')).loginId } }),
  },

  // Members and codes.
  {
    route: access.listMembers,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({}),
    missing: nothing,
  },
  {
    route: access.updateMember,
    answers: 'login login no ok ok none none none none',
    wish: async (world) => ({
      params: { memberId: (await world.newMember('expert')).memberId },
      body: fresh({ role: 'co-admin' }),
    }),
  },
  {
    route: access.updateMember,
    when: 'an admin',
    answers: 'login login no no ok none none none none',
    wish: async (world) => ({
      params: { memberId: (await world.newMember('admin')).memberId },
      body: fresh({ active: false }),
    }),
  },
  {
    route: access.updateMember,
    when: 'grants recording',
    answers: 'login login no no ok none none none none',
    wish: async (world) => ({
      params: { memberId: (await world.newMember('expert')).memberId },
      body: fresh({ mayRecord: true }),
    }),
  },
  {
    route: policies.readPolicies,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({}),
    missing: nothing,
  },
  {
    route: policies.changePolicies,
    answers: 'login login no ok ok none none none none',
    wish: () => ({ body: fresh({ policies: policies.defaultPolicies }) }),
    missing: nothing,
  },
  {
    route: access.listInvitations,
    answers: 'login login no ok ok none none none none',
    wish: () => ({}),
    missing: nothing,
  },
  {
    route: access.invite,
    answers: 'login login no ok ok none none none none',
    wish: () => ({ body: fresh({ email: `${randomUUID()}@example.org`, role: 'expert' }) }),
    missing: nothing,
  },
  {
    route: access.invite,
    when: 'as an admin',
    answers: 'login login no no ok none none none none',
    wish: () => ({ body: fresh({ email: `${randomUUID()}@example.org`, role: 'admin' }) }),
    missing: nothing,
  },
  {
    route: access.revokeInvitation,
    answers: 'login login no ok ok none none none none',
    wish: async (world) => ({ params: { invitationId: (await invited(world)).id } }),
  },
  { route: access.listCodes, answers: 'login login ok ok ok none none none none', wish: () => ({}), missing: nothing },
  {
    route: access.readCode,
    answers: 'login login ok ok ok none none none none',
    wish: async (world, actor) => ({ params: await someCode(world, actor) }),
  },
  {
    route: access.createCode,
    answers: 'login login no ok ok none none none none',
    wish: () => ({ body: fresh({ name: 'Mill 3' }) }),
    missing: nothing,
  },
  {
    route: access.updateCode,
    answers: 'login login no ok ok none none none none',
    wish: async (world, actor) => ({ params: await someCode(world, actor), body: fresh({ name: 'Mill 4' }) }),
  },
  {
    route: access.rotateCode,
    answers: 'login login no ok ok none none none none',
    wish: async (world, actor) => ({ params: await someCode(world, actor), body: fresh() }),
  },

  // Tickets.
  { route: tickets.listTickets, answers: 'login login ok ok ok ok ok ok ok', wish: () => ({}), missing: nothing },
  {
    route: tickets.openTicket,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => ({ body: fresh({ subject: 'It stands', code: world.codeOf(actor).id }) }),
    missing: otherCode,
  },
  {
    route: tickets.openTicket,
    when: 'without a code',
    answers: 'login login ok ok ok none none none none',
    wish: () => ({ body: fresh({ subject: 'It stands' }) }),
    missing: nothing,
  },
  {
    route: tickets.readTicket,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => ({ params: ofTicket(world, actor) }),
  },
  {
    route: tickets.updateTicket,
    answers: 'login login ok ok ok none none none none',
    wish: (world, actor) => ({ params: ofTicket(world, actor), body: fresh({ status: 'in-progress' }) }),
  },
  {
    route: tickets.ticketEvents,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => ({ params: ofTicket(world, actor) }),
  },
  {
    route: tickets.sayInTicket,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => ({ params: ofTicket(world, actor), body: fresh({ text: 'Is anybody there?' }) }),
  },
  {
    route: tickets.markTicketRead,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => ({ params: ofTicket(world, actor), body: { upTo: 1 } }),
  },

  // Sessions.
  {
    route: sessions.createSessionInTicket,
    answers: 'login login ok ok ok none none none none',
    wish: (world, actor) => ({ params: ofTicket(world, actor), body: fresh() }),
  },
  {
    route: sessions.listTicketSessions,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => ({ params: ofTicket(world, actor) }),
  },
  {
    route: sessions.listSessionsOnNow,
    answers: 'login login none none none ok none none none',
    wish: (world, actor) => ({ params: { codeId: world.codeOf(actor).id } }),
  },
  { route: sessions.readSession, answers: 'login login ok ok ok ok none none none', wish: inSession },
  { route: sessions.sessionEvents, answers: 'login login ok ok ok ok none none none', wish: inSession },
  { route: sessions.joinSession, answers: 'login login ok ok ok ok none none none', wish: inSession },
  {
    route: sessions.sayInSession,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => inJoined(world, actor, { text: 'Can you hear me?' }),
  },
  {
    route: sessions.sayInSession,
    when: 'not joined',
    answers: 'login login not-joined not-joined not-joined not-joined none none none',
    wish: (world, actor) => inSession(world, actor, { text: 'Can you hear me?' }),
  },
  { route: sessions.leaveSession, answers: 'login login ok ok ok ok none none none', wish: inJoined },
  {
    route: sessions.leaveSession,
    when: 'not joined',
    answers: 'login login not-joined not-joined not-joined not-joined none none none',
    wish: inSession,
  },
  { route: sessions.endSession, answers: 'login login ok ok ok no none none none', wish: inSession },
  {
    route: setVisibility,
    answers: 'login login ok ok ok none none none none',
    wish: (world, actor) => inSession(world, actor, { to: 'internal' }),
  },
  { route: sessions.cancelSession, answers: 'login login ok ok ok no none none none', wish: inSession },
  {
    route: linkToTicket,
    answers: 'login login ok ok ok none none none none',
    wish: (world, actor) => inSession(world, actor, { to: { none: true } }),
  },
  {
    route: linkToTicket,
    when: 'to a ticket',
    answers: 'login login ok ok ok none none none none',
    wish: (world, actor) => inSession(world, actor, { to: { ticket: world.ticketOf(actor) } }),
    missing: (wish) => ({ ...wish, body: { ...wish.body, to: { ticket: randomUUID() } } }),
  },

  // The call's setting up.
  { route: call.postSignal, answers: 'login login ok ok ok ok none none none', wish: signal },
  {
    route: call.parkOffer,
    answers: 'login login ok ok ok ok none none none',
    wish: (world, actor) => inJoined(world, actor, { offer: null }),
  },
  {
    route: call.parkOffer,
    when: 'not joined',
    answers: 'login login not-joined not-joined not-joined not-joined none none none',
    wish: (world, actor) => inSession(world, actor, { offer: null }),
  },
  { route: call.readIceServers, answers: 'login login ok ok ok ok none none none', wish: inJoined },
];

/** The routes of what is made in a session. */
export const sessionRows: readonly Row[] = [...drawingRows, ...screenshotRows, ...recordingRows, ...ratingRows];

/** The routes around a session: how it comes to be, and what is made of it. */
export const caseRows: readonly Row[] = [...directCallRows, ...requestRows, ...notificationRows];

/** Every route of the contract. */
export const rows: readonly Row[] = [...ownRows, ...sessionRows, ...caseRows];
