import { and, avg, desc, eq, gt, inArray, isNull, ne } from 'drizzle-orm';
import { type CodeId, type DeviceId, SessionId } from '#contract/ids.ts';
import { RATING_HOURS, Rating } from '#contract/session/rating.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { ticket } from '../ticket/index.ts';
import { codeOf } from './store.ts';
import { participant, rating, session } from './tables.ts';

type Row = typeof rating.$inferSelect;

/** A rating as people read it, under the name that its author had in the session. */
const presentRating = ({ stars, comment, wentWrong, at }: Row, by: string): Rating =>
  Rating.parse({ stars, comment, wentWrong, by, at: at.toISOString() });

/** All ratings of these sessions with whose they are, oldest first. */
export async function findRatings(database: Database | Transaction, sessionIds: readonly SessionId[]) {
  if (sessionIds.length === 0) return [];
  const rows = await database
    .select({ rating, by: participant.name })
    .from(rating)
    .innerJoin(participant, and(eq(participant.sessionId, rating.sessionId), eq(participant.deviceId, rating.deviceId)))
    .where(inArray(rating.sessionId, [...sessionIds]))
    .orderBy(rating.at, rating.deviceId);
  return rows.map((row) => ({
    sessionId: SessionId.parse(row.rating.sessionId),
    deviceId: row.rating.deviceId,
    rating: presentRating(row.rating, row.by),
  }));
}

/** Gives or changes a device's rating of a locked session, and keeps the mean of all with the session. */
export async function keepRating(sql: Transaction, given: Row): Promise<void> {
  const { sessionId, stars, comment, wentWrong, at } = given;
  await sql
    .insert(rating)
    .values(given)
    .onConflictDoUpdate({ target: [rating.sessionId, rating.deviceId], set: { stars, comment, wentWrong, at } });
  const [mean] = await sql
    .select({ stars: avg(rating.stars) })
    .from(rating)
    .where(eq(rating.sessionId, sessionId));
  await sql
    .update(session)
    .set({ stars: Number(mean?.stars) })
    .where(eq(session.id, sessionId));
}

/** Public sessions of a code that this device was in and that ended less than a day ago, newest first. */
export async function findRateable(database: Database, codeId: CodeId, deviceId: DeviceId, now: Date) {
  const since = new Date(now.getTime() - RATING_HOURS * 3_600_000);
  const rows = await database
    .select({ id: session.id, subject: session.subject, status: session.status, endedAt: session.endedAt })
    .from(session)
    .innerJoin(participant, eq(participant.sessionId, session.id))
    .leftJoin(ticket, eq(ticket.id, session.ticketId))
    .where(
      and(
        eq(participant.deviceId, deviceId),
        ne(participant.state, 'outside'),
        inArray(session.status, ['ended', 'rated']),
        gt(session.endedAt, since),
        isNull(session.erasedAt),
        eq(session.visibility, 'public'),
        eq(codeOf, codeId),
      ),
    )
    .orderBy(desc(session.endedAt), session.id);
  return rows.map((row) => ({ ...row, id: SessionId.parse(row.id) }));
}
