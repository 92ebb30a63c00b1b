import { and, eq, inArray } from 'drizzle-orm';
import { accepted, refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import { dueOf, emptySince } from '#core/request/due.ts';
import { transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { findParticipants, findSession, session, takeStep } from '../session/index.ts';
import { findCall } from './store.ts';

/** Calls that were answered, and that nobody has come to or come back to for so long, are over as requests are. May run twice. */
export async function missWhatIsLeftAlone(parts: FeatureParts): Promise<void> {
  const open = await parts.database
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.origin, 'direct call'), inArray(session.status, ['accepted', 'waiting'])));
  for (const { id } of open)
    await missOne(parts, SessionId.parse(id)).catch((error: unknown) =>
      parts.log.error({ err: error, sessionId: id }, 'a call that is left alone could not be ended'),
    );
}

async function missOne(parts: FeatureParts, id: SessionId): Promise<void> {
  await transact(parts, async (change) => {
    const row = await findSession(change.sql, id, true);
    const call = row === null ? null : await findCall(change.sql, id);
    if (row === null || call === null) return refused('not-found');
    const times = {
      status: row.status,
      answeredAt: call.calledAt,
      emptySince: emptySince(await findParticipants(change.sql, [id])),
      scheduledFor: null,
      expiresAt: null,
      remindedOf: null,
    };
    if (dueOf(times, change.now, 0) !== 'miss') return accepted(null);
    const missed = await takeStep(change, row, 'miss', { author: { kind: 'system' } });
    return missed.ok ? accepted(null) : missed;
  });
}
