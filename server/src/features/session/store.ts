import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import * as z from 'zod/mini';
import { CodeId, DeviceId, ParticipantId, SessionId, TabId, TicketId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import { Person } from '#contract/person.ts';
import { SessionStatus } from '#contract/session/events.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { isOnNow } from '#core/session/lifecycle.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { lastPublicSeq } from '../../stream/read.ts';
import { stream } from '../../stream/tables.ts';
import { code, codeLinkPath } from '../access/index.ts';
import { isUnsolved, ticket } from '../ticket/index.ts';
import { maySee } from './policy.ts';
import { participant, session } from './tables.ts';

/**
 * A session with what it belongs to, and which code users are in. `codeId` is the ticket's where there is
 * one, even if that ticket has no code.
 */
export type SessionRow = NonNullable<Awaited<ReturnType<typeof findSession>>>;
export type ParticipantRow = Awaited<ReturnType<typeof findParticipants>>[number];

/** Whose code users a session is for; needs `ticket` joined. */
export const codeOf = sql<
  string | null
>`case when ${session.ticketId} is null then ${session.codeId} else ${ticket.codeId} end`;

const Insiders = z.array(z.object({ deviceId: DeviceId, participantId: ParticipantId }));
const insiders = sql<unknown>`(
  select coalesce(jsonb_agg(jsonb_build_object('deviceId', ${participant.deviceId}, 'participantId', ${participant.id})), '[]')
  from ${participant}
  where ${participant.sessionId} = ${session.id} and ${participant.state} = 'in' and ${participant.deviceId} is not null)`;

const selectSessions = (database: Database | Transaction) =>
  database
    .select({
      session,
      codeId: codeOf,
      codeName: code.name,
      codeLink: code.linkSecret,
      ticketNumber: ticket.number,
      ticketSubject: ticket.subject,
      lastSeq: stream.lastSeq,
      lastPublicSeq: lastPublicSeq(session.id),
      insiders,
    })
    .from(session)
    .innerJoin(stream, eq(stream.id, session.id))
    .leftJoin(ticket, eq(ticket.id, session.ticketId))
    .leftJoin(code, eq(code.id, codeOf));

type Joined = Awaited<ReturnType<typeof selectSessions>>[number];

const rowOf = (row: Joined) => ({
  ...row.session,
  id: SessionId.parse(row.session.id),
  createdBy: Person.parse(row.session.createdBy),
  codeId: row.codeId === null ? null : CodeId.parse(row.codeId),
  code:
    row.codeId === null || row.codeName === null || row.codeLink === null
      ? null
      : { id: CodeId.parse(row.codeId), name: row.codeName, linkPath: codeLinkPath(row.codeLink) },
  ticket:
    row.session.ticketId === null
      ? null
      : {
          id: TicketId.parse(row.session.ticketId),
          number: row.ticketNumber ?? 0,
          subject: row.ticketSubject ?? '',
        },
  lastSeq: row.lastSeq,
  lastPublicSeq: row.lastPublicSeq,
  insiders: Insiders.parse(row.insiders),
});

/** For `transactOnce`: whether this person still sees the session. */
export const stillSees = (actor: KnownActor, id: SessionId) => async (sql: Database | Transaction) => {
  const row = await findSession(sql, id);
  return row !== null && maySee(actor, row);
};

/** One session; with `lock` its row is held until the transaction ends, so that steps follow each other. */
export async function findSession(database: Database | Transaction, id: SessionId, lock = false) {
  // Locked on its own: a joined read that had to wait would show the ticket that the session was in before.
  if (lock) await database.select({ id: session.id }).from(session).where(eq(session.id, id)).for('update');
  const [row] = await selectSessions(database).where(eq(session.id, id));
  return row === undefined ? null : rowOf(row);
}

/** These sessions, in no order. */
export async function findSessions(database: Database | Transaction, ids: readonly SessionId[]) {
  if (ids.length === 0) return [];
  const rows = await selectSessions(database).where(inArray(session.id, [...ids]));
  return rows.map(rowOf);
}

/** A ticket's sessions, oldest first. */
export async function findSessionsOfTicket(database: Database | Transaction, ticketId: TicketId) {
  const rows = await selectSessions(database).where(eq(session.ticketId, ticketId)).orderBy(asc(session.createdAt));
  return rows.map(rowOf);
}

/** The public sessions of a code that are on now, newest first, without those of solved tickets. */
export async function findPublicSessionsOnNow(database: Database | Transaction, codeId: CodeId) {
  const rows = await selectSessions(database)
    .where(
      and(
        inArray(session.status, SessionStatus.options.filter(isOnNow)),
        eq(session.visibility, 'public'),
        eq(codeOf, codeId),
        or(isNull(session.ticketId), isUnsolved),
      ),
    )
    .orderBy(desc(session.createdAt), asc(session.id))
    .limit(limits.pageSize);
  return rows.map(rowOf);
}

/** Everybody who is or was in these sessions, in the order they first joined. */
export async function findParticipants(database: Database | Transaction, sessionIds: readonly SessionId[]) {
  if (sessionIds.length === 0) return [];
  const rows = await database
    .select()
    .from(participant)
    .where(and(inArray(participant.sessionId, [...sessionIds]), ne(participant.state, 'outside')))
    .orderBy(asc(participant.joinedAt), asc(participant.id));
  return rows.map(participantOf);
}

const participantOf = (row: typeof participant.$inferSelect) => ({
  ...row,
  id: ParticipantId.parse(row.id),
  sessionId: SessionId.parse(row.sessionId),
  tabId: row.tabId === null ? null : TabId.parse(row.tabId),
});

const isActor = (actor: KnownActor) =>
  actor.kind === 'member' ? eq(participant.memberId, actor.id) : eq(participant.deviceId, actor.deviceId);

/** This person's place in the session; null before they first opened its page. */
export async function findOwnParticipant(database: Database | Transaction, sessionId: SessionId, actor: KnownActor) {
  const [row] = await database
    .select()
    .from(participant)
    .where(and(eq(participant.sessionId, sessionId), isActor(actor)));
  return row === undefined ? null : participantOf(row);
}

/** One participant of one session; null where the two don't belong together. */
export async function findParticipant(database: Database | Transaction, sessionId: SessionId, id: ParticipantId) {
  const [row] = await database
    .select()
    .from(participant)
    .where(and(eq(participant.sessionId, sessionId), eq(participant.id, id)));
  return row === undefined ? null : participantOf(row);
}

/** Makes sure that this person has a place in the session: `outside` until they join. Repeating it is harmless. */
export async function ensureParticipant(database: Database | Transaction, sessionId: SessionId, actor: KnownActor) {
  const found = await findOwnParticipant(database, sessionId, actor);
  if (found !== null) return found;
  await database
    .insert(participant)
    .values({
      id: randomUUID(),
      sessionId,
      name: actor.name,
      as: actor.kind === 'member' ? 'expert' : 'codeUser',
      ...(actor.kind === 'member' ? { memberId: actor.id } : { deviceId: actor.deviceId }),
    })
    .onConflictDoNothing();
  const made = await findOwnParticipant(database, sessionId, actor);
  if (made === null) throw new Error('a participant vanished right after it was made');
  return made;
}
