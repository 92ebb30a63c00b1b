import { and, eq } from 'drizzle-orm';
import type * as z from 'zod/mini';
import type { answerCall as answerRoute } from '#contract/direct-call/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { MemberActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { memberRoom } from '../../realtime/rooms.ts';
import { findSession, takeStep } from '../session/index.ts';
import { missCall } from './over.ts';
import { findCall, findRings } from './store.ts';
import { directCallRing } from './tables.ts';

type Answered = z.infer<typeof answerRoute.reply>;

/** The first who answers has it: the others are told who, or that it is over. */
export async function answerCall(change: Change, actor: MemberActor, sessionId: SessionId): Promise<Outcome<Answered>> {
  const row = await findSession(change.sql, sessionId, true);
  const call = row === null ? null : await findCall(change.sql, sessionId);
  if (row === null || call === null) return refused('not-found');
  if (call.answeredBy === actor.id) return accepted({ result: 'yours' });
  if (call.answeredBy !== null) return accepted({ result: 'taken', by: call.answeredByName ?? '' });
  // The time may be over before that has been written down.
  if (!call.isRinging || change.now >= call.ringsUntil) return accepted({ result: 'over' });
  const stepped = await takeStep(change, row, 'accept', { author: personOf(actor) });
  return stepped.ok ? accepted({ result: 'yours' }) : stepped;
}

/** It rings no longer for this member; the last one makes it a missed call. */
export async function declineCall(
  change: Change,
  actor: MemberActor,
  sessionId: SessionId,
): Promise<Outcome<Record<string, never>>> {
  const row = await findSession(change.sql, sessionId, true);
  const call = row === null ? null : await findCall(change.sql, sessionId);
  if (row === null || call === null) return refused('not-found');
  if (!call.isRinging) return accepted({});
  const declined = await change.sql
    .update(directCallRing)
    .set({ hasDeclined: true })
    .where(and(eq(directCallRing.sessionId, sessionId), eq(directCallRing.memberId, actor.id)))
    .returning({ memberId: directCallRing.memberId });
  if (declined.length === 0) return accepted({});
  // On this member's other pages.
  change.tell({ to: [memberRoom(actor.id)], name: 'ringing-stopped', what: { sessionId, answeredBy: null } });
  const rings = await findRings(change.sql, sessionId);
  if (rings.some(({ hasDeclined }) => !hasDeclined)) return accepted({});
  const missed = await missCall(change, row, call);
  return missed.ok ? accepted({}) : missed;
}
