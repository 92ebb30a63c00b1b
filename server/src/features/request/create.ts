import { sql } from 'drizzle-orm';
import type * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { CodeId, SessionId, TicketId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { createRequest as route } from '#contract/request/http.ts';
import { requestLimits } from '#contract/request/limits.ts';
import { type CodeUserActor, usesCode } from '#core/access/actor.ts';
import { refuseTooOften } from '#core/request/often.ts';
import { refuseTimes } from '#core/request/times.ts';
import type { Change } from '../../database/transact.ts';
import { createSession, logInSession, type SessionRow } from '../session/index.ts';
import { findTicketFacts } from '../ticket/index.ts';
import { expiryFrom } from './expiry.ts';
import { tellInbox } from './inbox-told.ts';
import { countWaitingOf, findOneOfMany } from './store.ts';
import { sessionRequest } from './tables.ts';

/** What is asked for. */
export interface NewRequest {
  readonly asker: Extract<Person, { kind: 'codeUser' }>;
  readonly subject: string;
  readonly codeId: CodeId;
  /** The caller holds the ticket's lock. */
  readonly ticketId: TicketId | null;
  readonly words: string;
  readonly wishedAt: Date | null;
  readonly email: string | null;
}

/** Makes the session that somebody asks for, and what is kept of their asking. Not limited: its callers are. */
export async function createRequestFor(change: Change, wish: NewRequest): Promise<SessionRow> {
  const { asker, subject, codeId, ticketId, words, wishedAt, email } = wish;
  const row = await createSession(change, {
    author: asker,
    subject,
    origin: 'request',
    status: 'requested',
    codeId,
    ticketId,
  });
  const expiresAt = await expiryFrom(change);
  await change.sql
    .insert(sessionRequest)
    .values({ sessionId: row.id, deviceId: asker.id, words, wishedAt, email, expiresAt });
  const asked = { kind: 'session-requested', words, wishedAt: wishedAt?.toISOString() ?? null } as const;
  await logInSession(change, row, asker, asked);
  tellInbox(change);
  return row;
}

/** A11: a code user asks for a session, at a code of theirs or in a ticket of it. */
export async function createRequest(
  change: Change,
  actor: CodeUserActor,
  asked: z.output<(typeof route)['body']>,
): Promise<Outcome<{ sessionId: SessionId }>> {
  // One after the other for each device, or all of many at once would be within the limit. Before all other locks.
  await change.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`requests of ${actor.deviceId}`}, 0))`);
  const { place, subject, words = '', email = null } = asked;
  const codeId =
    'code' in place ? place.code : ((await findTicketFacts(change.sql, place.ticket, true))?.codeId ?? null);
  if (codeId === null || !usesCode(actor, codeId)) return refused('not-found');
  const wishedAt = asked.wishedAt === null ? null : new Date(asked.wishedAt);
  const refusal = refuseTimes(wishedAt === null ? [] : [{ at: wishedAt, field: 'wishedAt' }], change.now);
  if (refusal !== null) return refusal;
  if ((await countWaitingOf(change.sql, actor.deviceId)) >= requestLimits.waitingPerDevice) return refused('too-many');
  const often = refuseTooOften(await findOneOfMany(change.sql, actor.deviceId, requestLimits.perHour), change.now);
  if (often !== null) return often;
  const asker = { kind: 'codeUser', id: actor.deviceId, name: actor.name } as const;
  const ticketId = 'ticket' in place ? place.ticket : null;
  const row = await createRequestFor(change, { asker, subject, codeId, ticketId, words, wishedAt, email });
  return accepted({ sessionId: row.id });
}
