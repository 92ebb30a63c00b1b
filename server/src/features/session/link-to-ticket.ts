import { and, eq, inArray, sql } from 'drizzle-orm';
import type * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { type SessionId, StreamId, type TicketId } from '#contract/ids.ts';
import type { linkToTicket as route } from '#contract/session/linking.ts';
import type { Actor, MemberActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import { type Change, transactOnce } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { deviceRoom } from '../../realtime/rooms.ts';
import { appendToTicket } from '../../stream/append.ts';
import { event } from '../../stream/tables.ts';
import { devicesOfCode } from '../access/index.ts';
import { findTicketFacts, openTicket, putOnTop, tellTicketChanged } from '../ticket/index.ts';
import { audiencesOf, mayManage } from './policy.ts';
import { logInSession, tellSessionChanged } from './step.ts';
import { findSession, type SessionRow } from './store.ts';
import { session } from './tables.ts';

type Asked = { readonly sessionId: SessionId } & z.output<(typeof route)['body']>;
type Linked = z.input<(typeof route)['reply']>;

/** How often a move is begun anew because another one came first. */
const ATTEMPTS = 5;

/** A7, B11: the session belongs to another ticket from now on, or to none. */
export async function linkToTicket(parts: FeatureParts, actor: Actor, asked: Asked): Promise<Outcome<Linked>> {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  if (!mayManage(actor)) return refused('not-found');
  const request = { actor, requestId: asked.requestId, route: `linkToTicket ${asked.sessionId}` };
  for (let attempt = 1; ; attempt++) {
    const linked = await transactOnce(parts, request, (change) => move(change, actor, asked));
    if (linked.ok || linked.code !== 'unavailable' || attempt === ATTEMPTS) return linked;
  }
}

/** `unavailable` where somebody else moved it while this one waited for the tickets. */
async function move(change: Change, actor: MemberActor, asked: Asked): Promise<Outcome<Linked>> {
  const { sessionId, requestId, to } = asked;
  const seen = await findSession(change.sql, sessionId);
  if (seen === null) return refused('not-found');
  // Tickets before sessions and both before their streams, tickets by their ids: nobody waits for each other.
  const existing = 'ticket' in to ? to.ticket : null;
  for (const id of [...new Set([seen.ticket?.id, existing])].sort()) {
    if (id && (await findTicketFacts(change.sql, id, true)) === null) return refused('not-found');
  }
  const before = await findSession(change.sql, sessionId, true);
  if (before === null) return refused('not-found');
  if (before.ticket?.id !== seen.ticket?.id) return refused('unavailable');
  if (before.erasedAt !== null) return refused('not-in-this-state');
  if (before.ticket?.id === (existing ?? undefined) && !('newTicket' in to)) return accepted({ ticket: before.ticket });
  const code = before.codeId === null ? {} : { code: before.codeId };
  const opened =
    'newTicket' in to ? await openTicket(change, actor, { requestId, subject: to.newTicket, ...code }) : null;
  if (opened !== null && !opened.ok) return opened;
  const after = await put(change, before, existing ?? opened?.value.id ?? null);
  if (after === null) return refused('not-found');
  await tell(change, actor, before, after);
  return accepted({ ticket: after.ticket });
}

/** Without a ticket it stays with those whose ticket it was in: their code is its own then. */
async function put(change: Change, before: SessionRow, ticketId: TicketId | null): Promise<SessionRow | null> {
  const own = before.ticket === null ? {} : { codeId: before.codeId };
  await change.sql
    .update(session)
    .set({ ticketId, ...own })
    .where(eq(session.id, before.id));
  return findSession(change.sql, before.id);
}

/** Both tickets and the session say so; whose it no longer is, is shut out before anything is said. */
async function tell(change: Change, actor: MemberActor, before: SessionRow, after: SessionRow): Promise<void> {
  const author = personOf(actor);
  if (before.codeId !== null && before.codeId !== after.codeId) {
    for (const deviceId of await devicesOfCode(change.sql, before.codeId)) change.shutOut(deviceRoom(deviceId));
  }
  if (before.ticket !== null) {
    const body = { kind: 'session-unlinked', sessionId: before.id } as const;
    await appendToTicket(change, StreamId.parse(before.ticket.id), audiencesOf(before), { author, body });
    await tellIn(change, before, before.ticket.id);
    await logInSession(change, after, author, { kind: 'ticket-unlinked', ticket: before.ticket });
  }
  if (after.ticket !== null) {
    const body = { kind: 'session-linked', sessionId: after.id } as const;
    await appendToTicket(change, StreamId.parse(after.ticket.id), audiencesOf(after), { author, body });
    await tellIn(change, after, after.ticket.id);
    await logInSession(change, after, author, { kind: 'ticket-linked', ticket: after.ticket });
  }
  if (before.codeId !== after.codeId) await keepFormerTickets(change, after);
  tellSessionChanged(change, before);
  tellSessionChanged(change, after);
}

/** Whose session it is from now on reads nothing of the tickets of others that it was in. */
async function keepFormerTickets(change: Change, { id, ticket }: SessionRow): Promise<void> {
  const isLink = inArray(sql`${event.body} ->> 'kind'`, ['ticket-linked', 'ticket-unlinked']);
  const isOfOther = sql`${event.body} -> 'ticket' ->> 'id' is distinct from ${ticket?.id ?? null}`;
  await change.sql
    .update(event)
    .set({ forStaff: true })
    .where(and(eq(event.streamId, id), isLink, isOfOther));
}

/** The ticket is the latest in every list, unless nothing has happened in it that its code users may know. */
async function tellIn(change: Change, row: SessionRow, ticketId: TicketId): Promise<void> {
  const facts = await findTicketFacts(change.sql, ticketId);
  if (row.visibility === 'internal') tellTicketChanged(change, ticketId);
  else await putOnTop(change, facts ?? { id: ticketId, codeId: null });
}
