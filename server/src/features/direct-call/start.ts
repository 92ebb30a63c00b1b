import { and, eq, gt, sql } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { type CodeId, type MemberId, SessionId } from '#contract/ids.ts';
import { requestLimits } from '#contract/request/limits.ts';
import type { CodeUserActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import { refuseTooOften } from '#core/request/often.ts';
import type { Change } from '../../database/transact.ts';
import { memberRoom } from '../../realtime/rooms.ts';
import { code, readPoliciesOf } from '../access/index.ts';
import { createSession, findSession, maySeeSession } from '../session/index.ts';
import { readAvailability } from './availability.ts';
import { readContactOf } from './contact.ts';
import type { DirectCallParts } from './direct-call-parts.ts';
import { findOneOfMany } from './store.ts';
import { directCall, directCallRing } from './tables.ts';

/** A call as its caller's page begins with it. */
export interface StartedCall {
  readonly sessionId: SessionId;
  readonly ringsUntil: string;
}

/** A code user calls: the session is made, and it rings at everybody who is available. One call of a device at a time. */
export async function startCall(
  change: Change,
  parts: DirectCallParts,
  actor: CodeUserActor,
  wish: { readonly codeId: CodeId; readonly subject: string | undefined },
): Promise<Outcome<StartedCall>> {
  const { codeId } = wish;
  // Two pages of one device that call at once make one call. Before all other locks.
  await change.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`calls of ${actor.deviceId}`}, 0))`);
  const rings = and(
    eq(directCall.deviceId, actor.deviceId),
    eq(directCall.codeId, codeId),
    eq(directCall.isRinging, true),
  );
  const [ringing] = await change.sql
    .select()
    .from(directCall)
    .where(and(rings, gt(directCall.ringsUntil, change.now)));
  const sessionId = ringing === undefined ? null : SessionId.parse(ringing.sessionId);
  const theirs = sessionId === null ? null : await findSession(change.sql, sessionId);
  // One that employees have hidden is not theirs any more.
  if (ringing !== undefined && theirs !== null && maySeeSession(actor, theirs))
    return accepted({ sessionId: theirs.id, ringsUntil: ringing.ringsUntil.toISOString() });
  if ((await readContactOf(parts, change.sql, codeId)).directCall !== 'possible') return refused('not-in-this-state');
  const often = refuseTooOften(await findOneOfMany(change.sql, actor.deviceId, requestLimits.perHour), change.now);
  if (often !== null) return often;
  const [machine] = await change.sql.select({ name: code.name }).from(code).where(eq(code.id, codeId));
  if (machine === undefined) return refused('not-found');
  const row = await createSession(change, {
    author: personOf(actor),
    subject: wish.subject ?? machine.name,
    origin: 'direct call',
    status: 'requested',
    codeId,
    ticketId: null,
  });
  const { ringSeconds } = (await readPoliciesOf(change.sql)).directCall;
  const ringsUntil = new Date(change.now.getTime() + ringSeconds * 1000);
  await change.sql
    .insert(directCall)
    .values({ sessionId: row.id, codeId, deviceId: actor.deviceId, calledAt: change.now, ringsUntil });
  const members = await readAvailability(parts, change.sql);
  const available = members.filter(({ availability }) => availability === 'available').map(({ id }) => id);
  await ringAt(change, row.id, available);
  return accepted({ sessionId: row.id, ringsUntil: ringsUntil.toISOString() });
}

/** It rings at these members from now on, too. */
export async function ringAt(change: Change, sessionId: SessionId, memberIds: readonly MemberId[]): Promise<void> {
  if (memberIds.length === 0) return;
  await change.sql
    .insert(directCallRing)
    .values(memberIds.map((memberId) => ({ sessionId, memberId })))
    .onConflictDoNothing();
  change.tell({ to: memberIds.map(memberRoom), name: 'ringing', what: { sessionId } });
}
