import { eq, inArray } from 'drizzle-orm';
import { accepted } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import { dueOf, emptySince } from '#core/request/due.ts';
import { transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { readPoliciesOf } from '../access/index.ts';
import { findParticipants, logInSession, session, takeStep } from '../session/index.ts';
import { type Asked, findRequest } from './store.ts';
import { sessionRequest } from './tables.ts';

const MINUTE_MS = 60_000;
const system = { kind: 'system' } as const;

/** What time does to requests: they run out, are missed, and their agreed time comes near. Repeating it is harmless. */
export async function sweepRequests(parts: FeatureParts): Promise<void> {
  const { database } = parts;
  const open = await database
    .select({ id: sessionRequest.sessionId })
    .from(sessionRequest)
    .innerJoin(session, eq(session.id, sessionRequest.sessionId))
    .where(inArray(session.status, ['requested', 'accepted', 'scheduled', 'waiting']));
  const { requests } = await readPoliciesOf(database);
  for (const { id } of open) {
    const done = sweepOne(parts, SessionId.parse(id), requests.remindMinutes * MINUTE_MS);
    // One that fails keeps no other; the next run tries it again.
    await done.catch((error: unknown) =>
      parts.log.error({ err: error, sessionId: id }, 'time could not be kept for a request'),
    );
  }
}

async function sweepOne(parts: FeatureParts, id: SessionId, remindMs: number): Promise<void> {
  const due = async (asked: Asked | null, database: Parameters<typeof findRequest>[0], now: Date) => {
    if (asked === null) return null;
    const { row, request } = asked;
    const people = row.status === 'waiting' ? await findParticipants(database, [id]) : [];
    const { status, scheduledFor } = row;
    return dueOf({ ...request, status, scheduledFor, emptySince: emptySince(people) }, now, remindMs);
  };
  // Looked at without the lock first: most of them wait for nothing.
  if ((await due(await findRequest(parts.database, id), parts.database, parts.clock())) === null) return;
  await transact(parts, async (change) => {
    const asked = await findRequest(change.sql, id, true);
    const now = await due(asked, change.sql, change.now);
    if (asked === null || now === null) return accepted(null);
    const { row } = asked;
    if (now !== 'remind') {
      const stepped = await takeStep(change, row, now, { author: system });
      return stepped.ok ? accepted(null) : stepped;
    }
    if (row.scheduledFor === null) return accepted(null);
    await change.sql
      .update(sessionRequest)
      .set({ remindedOf: row.scheduledFor })
      .where(eq(sessionRequest.sessionId, id));
    await logInSession(change, row, system, { kind: 'time-near', at: row.scheduledFor.toISOString() });
    return accepted(null);
  });
}
