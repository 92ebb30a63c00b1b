import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { TicketId } from '#contract/ids.ts';
import type { SessionSummary } from '#contract/session/http.ts';
import type { MemberActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { findTicketFacts } from '../ticket/index.ts';
import { createSession } from './create.ts';
import { presentSummary } from './present.ts';

/** A10: makes a session inside a ticket, waiting for both sides, and puts its card into the Messenger. */
export async function createInTicket(
  change: Change,
  actor: MemberActor,
  ticketId: TicketId,
): Promise<Outcome<SessionSummary>> {
  const ticket = await findTicketFacts(change.sql, ticketId, true);
  if (ticket === null) return refused('not-found');
  const { subject } = ticket;
  const author = personOf(actor);
  const row = await createSession(change, {
    author,
    subject,
    origin: 'ticket',
    status: 'waiting',
    codeId: ticket.codeId,
    ticketId,
  });
  return accepted(presentSummary(row, [], actor));
}
