import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { type SessionId, StreamId, type TicketId } from '#contract/ids.ts';
import type { Session, SessionEvent } from '#contract/session/http.ts';
import * as routes from '#contract/session/http.ts';
import { linkToTicket as linkRoute } from '#contract/session/linking.ts';
import { setVisibility as setVisibilityRoute } from '#contract/session/visibility.ts';
import { type Actor, isStaff, type KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Database } from '../../database/pool.ts';
import { transactOnce } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { readSessionEvents } from '../../stream/read.ts';
import { organizationName } from '../access/index.ts';
import { findTicketFacts, maySeeTicket } from '../ticket/index.ts';
import type { AttachedTabs } from './attached.ts';
import { createInTicket } from './create-in-ticket.ts';
import { joinSession } from './join.ts';
import { leaveSession } from './leave.ts';
import { linkToTicket } from './link-to-ticket.ts';
import { mayFind, mayListOfCode, mayManage, maySee } from './policy.ts';
import { keepPresence } from './presence.ts';
import { presentSession, presentSummary } from './present.ts';
import { setVisibility } from './set-visibility.ts';
import { logInSession, takeStep } from './step.ts';
import {
  ensureParticipant,
  findOwnParticipant,
  findParticipants,
  findPublicSessionsOnNow,
  findSession,
  findSessionsOfTicket,
  type SessionRow,
  stillSees,
} from './store.ts';

/** The session as this person's screen starts from it; `not-found` where they may not see it. */
export async function readSession(
  { database, clock }: FeatureParts,
  actor: Actor,
  asked: { readonly sessionId: SessionId; readonly tabId?: string | undefined },
): Promise<Outcome<Session>> {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  const row = await findSession(database, asked.sessionId);
  if (row === null || !maySee(actor, row)) return refused('not-found');
  const own = await ensureParticipant(database, row.id, actor);
  const people = await findParticipants(database, [row.id]);
  const organization = await organizationName(database);
  return accepted(presentSession(row, people, { actor, own, tabId: asked.tabId, organization, now: clock() }));
}

/** The HTTP side of sessions: parse, authorize, decide, keep, tell. */
export function serveSessions(app: App, parts: FeatureParts, attached: AttachedTabs): void {
  const { database } = parts;
  serve(app, routes.readSession, ({ actor, params, query }) => readSession(parts, actor, { ...params, ...query }));
  serve(app, routes.listTicketSessions, ({ actor, params }) => listOfTicket(parts, actor, params.ticketId));

  serve(app, routes.listSessionsOnNow, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayListOfCode(actor, params.codeId)) return refused('not-found');
    return presentList(database, actor, await findPublicSessionsOnNow(database, params.codeId));
  });

  serve(app, routes.createSessionInTicket, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayManage(actor)) return refused('not-found');
    const asked = { actor, requestId: body.requestId, route: `createSessionInTicket ${params.ticketId}` };
    return transactOnce(parts, asked, (change) => createInTicket(change, actor, params.ticketId));
  });

  serve(app, routes.sessionEvents, async ({ actor, params, query }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const row = await findSession(database, params.sessionId);
    if (row === null || !maySee(actor, row)) return refused('not-found');
    return accepted(
      await readSessionEvents(database, StreamId.parse(row.id), query.after, isStaff(actor) ? 'staff' : 'public'),
    );
  });

  serve(app, routes.sayInSession, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const mayStill = stillSees(actor, params.sessionId);
    const asked = { actor, requestId: body.requestId, route: `sayInSession ${params.sessionId}`, mayStill };
    return transactOnce<SessionEvent>(parts, asked, async (change) => {
      const row = await findSession(change.sql, params.sessionId);
      if (row === null || !maySee(actor, row)) return refused('not-found');
      // Who has been in may still say it: what was typed offline must not be lost because the session ended meanwhile.
      const own = await findOwnParticipant(change.sql, row.id, actor);
      if (own === null || own.state === 'outside') return refused('not-joined');
      const said = { kind: 'message-said', text: body.text } as const;
      return accepted(await logInSession(change, row, personOf(actor), said, body.requestId));
    });
  });

  serve(app, routes.joinSession, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const mayStill = stillSees(actor, params.sessionId);
    const asked = { actor, requestId: body.requestId, route: `joinSession ${params.sessionId}`, mayStill };
    const joined = await transactOnce(parts, asked, (change) =>
      joinSession(change, attached, actor, { ...params, ...body }),
    );
    if (!joined.ok) return joined;
    // A connection that came or went until the commit could not see that the person is in.
    await keepPresence(parts, attached, params.sessionId, joined.value.participantId, body.tabId);
    return readSession(parts, actor, { ...params, tabId: body.tabId });
  });

  serve(app, routes.leaveSession, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const mayStill = stillSees(actor, params.sessionId);
    const asked = { actor, requestId: body.requestId, route: `leaveSession ${params.sessionId}`, mayStill };
    return transactOnce<Record<string, never>>(parts, asked, async (change) => {
      const row = await findSession(change.sql, params.sessionId, true);
      if (row === null || !maySee(actor, row)) return refused('not-found');
      const own = await findOwnParticipant(change.sql, row.id, actor);
      // A tab that has been moved away from can no longer leave for the person.
      if (own?.state !== 'in' || own.tabId !== body.tabId) return refused('not-joined');
      const left = await leaveSession(change, row, own, 'left');
      return left.ok ? accepted({}) : left;
    });
  });

  serve(app, setVisibilityRoute, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayManage(actor)) return refused('not-found');
    const asked = { actor, requestId: body.requestId, route: `setVisibility ${params.sessionId}` };
    return transactOnce<Record<string, never>>(parts, asked, async (change) => {
      const row = await findSession(change.sql, params.sessionId, true);
      if (row === null) return refused('not-found');
      await setVisibility(change, row, personOf(actor), body.to);
      return accepted({});
    });
  });

  serve(app, routes.endSession, ({ actor, params, body }) => manage(parts, actor, params.sessionId, 'end', body));
  serve(app, routes.cancelSession, ({ actor, params, body }) => manage(parts, actor, params.sessionId, 'cancel', body));
  serve(app, linkRoute, ({ actor, params, body }) => linkToTicket(parts, actor, { ...params, ...body }));
}

async function manage(
  parts: FeatureParts,
  actor: Actor,
  sessionId: SessionId,
  step: 'end' | 'cancel',
  wish: { readonly requestId: Parameters<typeof transactOnce>[1]['requestId']; readonly reason?: string | undefined },
): Promise<Outcome<Record<string, never>>> {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  const asked = { actor, requestId: wish.requestId, route: `${step}Session ${sessionId}` };
  return transactOnce<Record<string, never>>(parts, asked, async (change) => {
    const row = await findSession(change.sql, sessionId, true);
    if (row === null || !maySee(actor, row)) return refused('not-found');
    if (!mayManage(actor)) return refused('not-allowed');
    const stepped = await takeStep(change, row, step, { author: personOf(actor), reason: wish.reason || undefined });
    return stepped.ok ? accepted({}) : stepped;
  });
}

async function listOfTicket({ database }: FeatureParts, actor: Actor, ticketId: TicketId) {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  const ticket = await findTicketFacts(database, ticketId);
  if (ticket === null || !maySeeTicket(actor, ticket)) return refused('not-found');
  const rows = await findSessionsOfTicket(database, ticketId);
  return presentList(
    database,
    actor,
    rows.filter((row) => mayFind(actor, row)),
  );
}

async function presentList(database: Database, reader: KnownActor, rows: readonly SessionRow[]) {
  const people = await findParticipants(
    database,
    rows.map((row) => row.id),
  );
  return accepted({ sessions: rows.map((row) => presentSummary(row, people, reader)) });
}
