import { randomUUID } from 'node:crypto';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { SessionId, StreamId, type TicketId } from '#contract/ids.ts';
import type { SessionSummary } from '#contract/session/http.ts';
import type { MemberActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { appendToTicket, createStream } from '../../stream/append.ts';
import { findTicketFacts, putOnTop } from '../ticket/index.ts';
import { audiencesOf } from './policy.ts';
import { presentSummary } from './present.ts';
import { logInSession, tellSessionChanged } from './step.ts';
import { findSession } from './store.ts';
import { session } from './tables.ts';

/** A10: makes a session inside a ticket, waiting for both sides, and puts its card into the Messenger. */
export async function createInTicket(
  change: Change,
  actor: MemberActor,
  ticketId: TicketId,
): Promise<Outcome<SessionSummary>> {
  const ticket = await findTicketFacts(change.sql, ticketId, true);
  if (ticket === null) return refused('not-found');
  const id = SessionId.parse(randomUUID());
  const author = personOf(actor);
  await createStream(change, StreamId.parse(id), 'session');
  await change.sql.insert(session).values({
    id,
    ticketId,
    subject: ticket.subject,
    origin: 'ticket',
    status: 'waiting',
    createdBy: author,
    createdAt: change.now,
  });
  const row = await findSession(change.sql, id);
  if (row === null) throw new Error('a session vanished in the transaction that made it');
  await logInSession(change, row, author, { kind: 'session-created', origin: row.origin, subject: row.subject });
  await logInSession(change, row, author, {
    kind: 'ticket-linked',
    ticket: { id: ticketId, number: ticket.number, subject: ticket.subject },
  });
  await logInSession(change, row, author, { kind: 'status-changed', from: null, to: row.status, reason: null });
  await appendToTicket(change, StreamId.parse(ticketId), audiencesOf(row), {
    author,
    body: { kind: 'session-created', sessionId: id },
  });
  await putOnTop(change, ticket);
  tellSessionChanged(change, row);
  return accepted(presentSummary(row, []));
}
