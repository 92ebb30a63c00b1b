import { and, asc, count, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { type CodeId, type DeviceId, SessionId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import { SessionStatus } from '#contract/session/events.ts';
import { Proposal } from '#core/request/proposal.ts';
import { isOver } from '#core/session/lifecycle.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { languageOf, member } from '../access/index.ts';
import { codeOfSession, findSession, findSessions, type SessionRow, session } from '../session/index.ts';
import { ticket } from '../ticket/index.ts';
import { sessionRequest } from './tables.ts';

const select = (database: Database | Transaction) =>
  database
    .select({ request: sessionRequest, answeredByName: member.name })
    .from(sessionRequest)
    .leftJoin(member, eq(member.id, sessionRequest.answeredBy));

const rowOf = ({ request, answeredByName }: Awaited<ReturnType<typeof select>>[number]) => ({
  ...request,
  sessionId: SessionId.parse(request.sessionId),
  proposal: request.proposal === null ? null : Proposal.parse(request.proposal),
  answeredBy: request.answeredBy === null ? null : { id: request.answeredBy, name: answeredByName ?? '' },
});

/** A request as it is kept, without its session. */
export type RequestRow = ReturnType<typeof rowOf>;
/** Both of one id. */
export interface Asked {
  readonly row: SessionRow;
  readonly request: RequestRow;
}

/** One request; with `lock` its session's row is held until the transaction ends, so that answers follow each other. */
export async function findRequest(
  database: Database | Transaction,
  id: SessionId,
  lock = false,
): Promise<Asked | null> {
  const row = await findSession(database, id, lock);
  if (row === null) return null;
  const [found] = await select(database).where(eq(sessionRequest.sessionId, id));
  return found === undefined ? null : { row, request: rowOf(found) };
}

/** These requests, in the order of the ids. */
export async function findRequests(database: Database | Transaction, ids: readonly SessionId[]): Promise<Asked[]> {
  if (ids.length === 0) return [];
  const rows = await findSessions(database, ids);
  const found = (await select(database).where(inArray(sessionRequest.sessionId, [...ids]))).map(rowOf);
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    const request = found.find((one) => one.sessionId === id);
    return row === undefined || request === undefined ? [] : [{ row, request }];
  });
}

const notOver = SessionStatus.options.filter((status) => !isOver(status));

/** The public requests of a code that are not over, or were not before this moment; newest first. Of more than a page, the open ones. */
export async function findRequestsOfCode(database: Database, codeId: CodeId, overSince: Date): Promise<Asked[]> {
  const rows = await database
    .select({ id: sessionRequest.sessionId })
    .from(sessionRequest)
    .innerJoin(session, eq(session.id, sessionRequest.sessionId))
    .leftJoin(ticket, eq(ticket.id, session.ticketId))
    .where(
      and(
        eq(codeOfSession, codeId),
        eq(session.visibility, 'public'),
        isNull(session.erasedAt),
        or(inArray(session.status, notOver), gt(session.endedAt, overSince)),
      ),
    )
    .orderBy(sql`${session.endedAt} is not null`, desc(session.createdAt), desc(session.id))
    .limit(limits.pageSize);
  const found = await findRequests(
    database,
    rows.map(({ id }) => SessionId.parse(id)),
  );
  return found.sort((one, other) => other.row.createdAt.getTime() - one.row.createdAt.getTime());
}

/** Answered and still to come, by its time; last what waits for the customer's choice. At most a page. */
export async function findComing(database: Database): Promise<Asked[]> {
  const rows = await database
    .select({ id: sessionRequest.sessionId })
    .from(sessionRequest)
    .innerJoin(session, eq(session.id, sessionRequest.sessionId))
    .where(
      or(
        inArray(session.status, ['accepted', 'scheduled', 'waiting']),
        and(eq(session.status, 'requested'), sql`${sessionRequest.proposal} ->> 'by' = 'expert'`),
      ),
    )
    .orderBy(sql`${session.scheduledFor} nulls last`, asc(session.createdAt), asc(session.id))
    .limit(limits.pageSize);
  return findRequests(
    database,
    rows.map(({ id }) => SessionId.parse(id)),
  );
}

/** How many requests of a device wait for an agreement, of those that it sees: others must not be told by a limit. */
export async function countWaitingOf(database: Database | Transaction, deviceId: DeviceId): Promise<number> {
  const [found] = await database
    .select({ many: count() })
    .from(sessionRequest)
    .innerJoin(session, eq(session.id, sessionRequest.sessionId))
    .where(
      and(eq(sessionRequest.deviceId, deviceId), eq(session.status, 'requested'), eq(session.visibility, 'public')),
    );
  return found?.many ?? 0;
}

/** When a device made the request that is so many before its next one, hidden ones as well; null where there are fewer. */
export async function findOneOfMany(
  database: Database | Transaction,
  deviceId: DeviceId,
  many: number,
): Promise<Date | null> {
  const [found] = await database
    .select({ at: session.createdAt })
    .from(sessionRequest)
    .innerJoin(session, eq(session.id, sessionRequest.sessionId))
    .where(eq(sessionRequest.deviceId, deviceId))
    .orderBy(desc(session.createdAt))
    .limit(1)
    .offset(many - 1);
  return found?.at ?? null;
}

/** Who asked, and how they are reached: what a message to the asker needs. Null where the session was not asked for. */
export async function contactOf(database: Database | Transaction, sessionId: SessionId) {
  const [found] = await database
    .select({ email: sessionRequest.email, deviceId: sessionRequest.deviceId })
    .from(sessionRequest)
    .where(eq(sessionRequest.sessionId, sessionId));
  if (found === undefined) return null;
  return { ...found, language: await languageOf(database, found) };
}
