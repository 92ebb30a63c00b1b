import { eq } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { Actor } from '#core/access/actor.ts';
import type { Change } from '../../database/transact.ts';
import { memberRoom } from '../../realtime/rooms.ts';
import { createRequestFor } from '../request/index.ts';
import { findSession, type SessionRow, type Sessions, takeStep } from '../session/index.ts';
import { isCaller } from './policy.ts';
import { type CallRow, findCall, findRings } from './store.ts';
import { directCall } from './tables.ts';

const system: Person = { kind: 'system' };

/** Nobody has answered: a missed call, and a request in the caller's name, so that it is not forgotten. */
export async function missCall(change: Change, row: SessionRow, call: CallRow): Promise<Outcome<SessionRow>> {
  const missed = await takeStep(change, row, 'miss', { author: system });
  // A request would bring back to the caller what was hidden from them.
  if (!missed.ok || row.createdBy.kind !== 'codeUser' || row.visibility === 'internal') return missed;
  const request = await createRequestFor(change, {
    asker: row.createdBy,
    subject: row.subject,
    codeId: call.codeId,
    ticketId: null,
    words: '',
    wishedAt: null,
    email: null,
  });
  await change.sql.update(directCall).set({ requestSessionId: request.id }).where(eq(directCall.sessionId, row.id));
  return missed;
}

/** The caller gives up, or is gone: a missed call and nothing else. */
export async function hangUp(
  change: Change,
  sessionId: SessionId,
  by: Actor | 'gone',
): Promise<Outcome<Record<string, never>>> {
  const row = await findSession(change.sql, sessionId, true);
  const call = row === null ? null : await findCall(change.sql, sessionId);
  if (row === null || call === null || (by !== 'gone' && !isCaller(by, call, row))) return refused('not-found');
  if (!call.isRinging) return refused('not-in-this-state');
  const missed = await takeStep(change, row, 'miss', { author: row.createdBy });
  return missed.ok ? accepted({}) : missed;
}

/** Whatever happens to a session that rings ends the ringing, in the same change: answered, missed, or called off. */
export function stopRinging(sessions: Pick<Sessions, 'onLogged'>): void {
  sessions.onLogged(['status-changed'], async (change, row, { body, author }) => {
    if (row.origin !== 'direct call' || body.from !== 'requested') return;
    const answerer = body.to === 'accepted' && author.kind === 'member' ? author : null;
    await change.sql
      .update(directCall)
      .set({ isRinging: false, ...(answerer === null ? {} : { answeredBy: answerer.id }) })
      .where(eq(directCall.sessionId, row.id));
    const rings = await findRings(change.sql, row.id);
    change.tell({
      to: rings.map(({ memberId }) => memberRoom(memberId)),
      name: 'ringing-stopped',
      what: { sessionId: row.id, answeredBy: answerer?.name ?? null },
    });
  });
}
