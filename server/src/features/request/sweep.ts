import { and, eq, lte, or } from 'drizzle-orm';
import { accepted } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { SessionStatus } from '#contract/session/events.ts';
import { dueOf, emptySince, NO_SHOW_MS } from '#core/request/due.ts';
import { transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { readPoliciesOf } from '../access/index.ts';
import { findParticipants, logInSession, session, takeStep } from '../session/index.ts';
import { type Asked, findRequest } from './store.ts';
import { sessionRequest } from './tables.ts';

const MINUTE_MS = 60_000;
const SWEEP_MS = 2_000;
const system = { kind: 'system' } as const;

/**
 * Looks every two seconds at what time does to requests: they run out, are missed, and their agreed time comes near. Whoever
 * waits for that on an open page sees it happen when the page says it does.
 */
export function keepTime(parts: FeatureParts): void {
  let isLooking = false;
  const look = (): void => {
    if (isLooking) return;
    isLooking = true;
    sweepRequests(parts)
      .catch((error: unknown) => {
        if (!parts.signal.aborted) parts.log.warn({ err: error }, 'time could not be kept for requests');
      })
      .finally(() => {
        isLooking = false;
      });
  };
  const sweep = setInterval(look, SWEEP_MS);
  parts.signal.addEventListener('abort', () => clearInterval(sweep), { once: true });
}

async function sweepRequests(parts: FeatureParts): Promise<void> {
  const { requests } = await readPoliciesOf(parts.database);
  const remindMs = requests.remindMinutes * MINUTE_MS;
  for (const id of await findNearlyDue(parts, remindMs)) {
    const done = sweepOne(parts, id, remindMs);
    // One that fails keeps no other; the next look tries it again.
    await done.catch((error: unknown) => {
      if (!parts.signal.aborted) parts.log.error({ err: error, sessionId: id }, 'time could not be kept for a request');
    });
  }
}

/** Those that something may be due for: what waits for its time, which is almost all of them, is not read at every look. */
async function findNearlyDue({ database, clock }: FeatureParts, remindMs: number): Promise<SessionId[]> {
  const now = clock().getTime();
  const [near, missed] = [new Date(now + remindMs), new Date(now - NO_SHOW_MS)];
  const is = (status: SessionStatus) => eq(session.status, status);
  const rows = await database
    .select({ id: sessionRequest.sessionId })
    .from(sessionRequest)
    .innerJoin(session, eq(session.id, sessionRequest.sessionId))
    .where(
      or(
        and(is('requested'), lte(sessionRequest.expiresAt, new Date(now))),
        and(is('scheduled'), lte(session.scheduledFor, near)),
        and(is('accepted'), lte(sessionRequest.answeredAt, missed)),
        is('waiting'),
      ),
    );
  return rows.map(({ id }) => SessionId.parse(id));
}

async function sweepOne(parts: FeatureParts, id: SessionId, remindMs: number): Promise<void> {
  const due = async (asked: Asked | null, database: Parameters<typeof findRequest>[0], now: Date) => {
    if (asked === null) return null;
    const { row, request } = asked;
    const people = row.status === 'waiting' ? await findParticipants(database, [id]) : [];
    const { status, scheduledFor } = row;
    return dueOf({ ...request, status, scheduledFor, emptySince: emptySince(people) }, now, remindMs);
  };
  // Looked at without the lock first: most of them wait for nothing more.
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
