import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { RingingCall } from '#contract/direct-call/http.ts';
import { type DeviceId, type MemberId, SessionId } from '#contract/ids.ts';
import { Person } from '#contract/person.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { code, member } from '../access/index.ts';
import { participant, session } from '../session/index.ts';
import { directCall, directCallRing } from './tables.ts';

/** A call with the name of who has answered it. */
export type CallRow = NonNullable<Awaited<ReturnType<typeof findCall>>>;

const selectCalls = (database: Database | Transaction) =>
  database
    .select({ call: directCall, answeredByName: member.name })
    .from(directCall)
    .leftJoin(member, eq(member.id, directCall.answeredBy));

const rowOf = ({ call, answeredByName }: Awaited<ReturnType<typeof selectCalls>>[number]) => ({
  ...call,
  sessionId: SessionId.parse(call.sessionId),
  requestSessionId: call.requestSessionId === null ? null : SessionId.parse(call.requestSessionId),
  answeredByName,
});

/** One call. Whoever changes it holds its session's row. */
export async function findCall(database: Database | Transaction, sessionId: SessionId) {
  const [row] = await selectCalls(database).where(eq(directCall.sessionId, sessionId));
  return row === undefined ? null : rowOf(row);
}

/** When a device made the call that is so many before its next one; null where there are fewer. */
export async function findOneOfMany(
  database: Database | Transaction,
  deviceId: DeviceId,
  many: number,
): Promise<Date | null> {
  const [found] = await database
    .select({ at: directCall.calledAt })
    .from(directCall)
    .where(eq(directCall.deviceId, deviceId))
    .orderBy(desc(directCall.calledAt))
    .limit(1)
    .offset(many - 1);
  return found?.at ?? null;
}

/** Every call that rings. */
export async function findRinging(database: Database | Transaction): Promise<CallRow[]> {
  const rows = await selectCalls(database).where(eq(directCall.isRinging, true));
  return rows.map(rowOf);
}

/** The members at whom it rings or has rung. */
export const findRings = (database: Database | Transaction, sessionId: SessionId) =>
  database.select().from(directCallRing).where(eq(directCallRing.sessionId, sessionId));

/** What rings for this member and is not declined by them, longest first. */
export async function findRingingFor(
  database: Database | Transaction,
  memberId: MemberId,
  now: Date,
): Promise<RingingCall[]> {
  const rows = await database
    .select({ call: directCall, subject: session.subject, createdBy: session.createdBy, codeName: code.name })
    .from(directCallRing)
    .innerJoin(directCall, eq(directCall.sessionId, directCallRing.sessionId))
    .innerJoin(session, eq(session.id, directCall.sessionId))
    .innerJoin(code, eq(code.id, directCall.codeId))
    .where(
      and(
        eq(directCallRing.memberId, memberId),
        eq(directCallRing.hasDeclined, false),
        eq(directCall.isRinging, true),
        gt(directCall.ringsUntil, now),
      ),
    )
    .orderBy(asc(directCall.calledAt), asc(directCall.sessionId));
  return rows.map(({ call, subject, createdBy, codeName }) => {
    const caller = Person.parse(createdBy);
    return {
      sessionId: SessionId.parse(call.sessionId),
      caller: caller.kind === 'system' ? '' : caller.name,
      subject,
      code: { id: call.codeId, name: codeName },
      calledAt: call.calledAt.toISOString(),
      ringsUntil: call.ringsUntil.toISOString(),
    };
  });
}

/** The caller's place in the session, once their page has shown itself. */
export async function findCallerPlace(database: Database | Transaction, call: CallRow): Promise<string | null> {
  const [row] = await database
    .select({ id: participant.id })
    .from(participant)
    .where(and(eq(participant.sessionId, call.sessionId), eq(participant.deviceId, call.deviceId)));
  return row?.id ?? null;
}

/** Whether this request is what a missed call has become. */
export async function isOfMissedCall(database: Database | Transaction, requestSessionId: SessionId): Promise<boolean> {
  const rows = await database
    .select({ id: directCall.sessionId })
    .from(directCall)
    .where(eq(directCall.requestSessionId, requestSessionId));
  return rows.length > 0;
}
