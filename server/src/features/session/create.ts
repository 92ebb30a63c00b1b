import { randomUUID } from 'node:crypto';
import { type CodeId, SessionId, StreamId, type TicketId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionOrigin, SessionStatus } from '#contract/session/events.ts';
import type { Change } from '../../database/transact.ts';
import { appendToTicket, createStream } from '../../stream/append.ts';
import { findTicketFacts, putOnTop } from '../ticket/index.ts';
import { audiencesOf } from './policy.ts';
import { logInSession, tellSessionChanged } from './step.ts';
import { findSession, type SessionRow } from './store.ts';
import { session } from './tables.ts';

/** What a new session is. With a ticket, its card is put into that ticket's Messenger. */
export interface NewSession {
  readonly author: Person;
  readonly subject: string;
  readonly origin: SessionOrigin;
  readonly status: Extract<SessionStatus, 'requested' | 'waiting'>;
  /** Whose code users it is for, also when it has no ticket (any more). */
  readonly codeId: CodeId | null;
  /** The caller holds the ticket's lock. */
  readonly ticketId: TicketId | null;
}

/** Makes a session, of any origin: its stream, its first events, its card. */
export async function createSession(change: Change, wish: NewSession): Promise<SessionRow> {
  const { author, subject, origin, status, codeId, ticketId } = wish;
  const id = SessionId.parse(randomUUID());
  await createStream(change, StreamId.parse(id), 'session');
  await change.sql
    .insert(session)
    .values({ id, ticketId, codeId, subject, origin, status, createdBy: author, createdAt: change.now });
  const row = await findSession(change.sql, id);
  if (row === null) throw new Error('a session vanished in the transaction that made it');
  await logInSession(change, row, author, { kind: 'session-created', origin, subject });
  if (row.ticket !== null) await logInSession(change, row, author, { kind: 'ticket-linked', ticket: row.ticket });
  await logInSession(change, row, author, { kind: 'status-changed', from: null, to: status, reason: null });
  if (row.ticket !== null) {
    const body = { kind: 'session-created', sessionId: id } as const;
    await appendToTicket(change, StreamId.parse(row.ticket.id), audiencesOf(row), { author, body });
    const facts = await findTicketFacts(change.sql, row.ticket.id);
    if (facts !== null) await putOnTop(change, facts);
  }
  tellSessionChanged(change, row);
  return row;
}
