import { and, eq, isNotNull, isNull, like, lt } from 'drizzle-orm';
import * as z from 'zod/mini';
import { accepted } from '#contract/errors.ts';
import { SessionId, StreamId } from '#contract/ids.ts';
import { isOver } from '#core/session/lifecycle.ts';
import { type Change, transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { clearStream } from '../../stream/append.ts';
import { request } from '../../stream/tables.ts';
import { readPoliciesOf } from '../access/index.ts';
import { logInSession, tellSessionChanged } from './step.ts';
import { findSession, type SessionRow } from './store.ts';
import { participant, rating, session } from './tables.ts';

/** How a feature erases what it keeps of a session. */
export interface Eraser {
  /** Its rows, in the change that erases the session. */
  rows(change: Change, row: SessionRow): Promise<void>;
  /** Its files, after that change. May be called again, and finds nothing then. */
  files(sessionId: SessionId): Promise<void>;
}

const DAY_MS = 24 * 3_600_000;
const OneSession = z.object({ sessionId: SessionId });

/** Erases whole sessions when their time is over, each in a change of its own; the files follow by a job that survives a crash. */
export function eraseOldSessions(parts: FeatureParts, erasers: readonly Eraser[]): void {
  const { jobs, database, signal } = parts;
  jobs.work(signal, 'remove-session-files', OneSession, async ({ sessionId }) => {
    for (const eraser of erasers) await eraser.files(sessionId);
  });
  jobs.every('erase-sessions', '11 * * * *', async () => {
    const { retentionDays } = await readPoliciesOf(database);
    if (retentionDays.sessions === null) return;
    const before = new Date(parts.clock().getTime() - retentionDays.sessions * DAY_MS);
    const old = await database
      .select({ id: session.id })
      .from(session)
      .where(and(isNotNull(session.endedAt), lt(session.endedAt, before), isNull(session.erasedAt)));
    for (const { id } of old) {
      await transact(parts, async (change) => {
        const row = await findSession(change.sql, SessionId.parse(id), true);
        if (row !== null && row.erasedAt === null && isOver(row.status))
          await eraseSession(change, parts, erasers, row);
        return accepted(null);
      });
    }
  });
}

/** What is left: that there was a session in this ticket, when, and since when it is erased. */
async function eraseSession(
  change: Change,
  { jobs }: Pick<FeatureParts, 'jobs'>,
  erasers: readonly Eraser[],
  row: SessionRow,
): Promise<void> {
  const { sql, now } = change;
  for (const eraser of erasers) await eraser.rows(change, row);
  await clearStream(change, StreamId.parse(row.id));
  // Answers that are kept for repeated requests have words and names in them.
  await sql.delete(request).where(like(request.route, `% ${row.id}`));
  await sql.delete(rating).where(eq(rating.sessionId, row.id));
  await sql.update(participant).set({ name: '' }).where(eq(participant.sessionId, row.id));
  const after = { ...row, erasedAt: now, createdBy: { kind: 'system' as const }, stars: null };
  const { erasedAt, createdBy, stars } = after;
  await sql.update(session).set({ erasedAt, createdBy, stars }).where(eq(session.id, row.id));
  await logInSession(change, after, { kind: 'system' }, { kind: 'session-erased', why: 'retention' });
  tellSessionChanged(change, after);
  await jobs.send('remove-session-files', { sessionId: row.id }, { change });
}
