import { and, eq, isNotNull, or } from 'drizzle-orm';
import { accepted } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import { transact } from '../../database/transact.ts';
import { readPoliciesOf } from '../access/index.ts';
import { findSession, session } from '../session/index.ts';
import { eraseRecording } from './erase.ts';
import { keptUntil } from './present.ts';
import type { RecordingParts } from './recording-parts.ts';
import { system } from './step.ts';
import { findRecording } from './store.ts';
import { recording } from './tables.ts';

/** Erases the files of recordings whose time is over. */
export async function eraseOld(parts: RecordingParts): Promise<void> {
  const policies = await readPoliciesOf(parts.database);
  const kept = await parts.database
    .select({ id: recording.id, keptDays: recording.keptDays, endedAt: session.endedAt, sessionId: session.id })
    .from(recording)
    .innerJoin(session, eq(session.id, recording.sessionId))
    .where(and(or(eq(recording.state, 'ready'), eq(recording.state, 'failed')), isNotNull(session.endedAt)));
  for (const one of kept) {
    const until = keptUntil(one, one, policies);
    if (until === null || until > parts.clock()) continue;
    const erased = transact(parts, async (change) => {
      const row = await findSession(change.sql, SessionId.parse(one.sessionId), true);
      const now = await findRecording(change.sql, one.id);
      if (row !== null && now?.erasedAt === null) await eraseRecording(change, parts, row, one.id, system, 'retention');
      return accepted(null);
    });
    // One that cannot be erased keeps no other; the next run tries it again.
    await erased.catch((error: unknown) =>
      parts.log.error({ err: error, recordingId: one.id }, 'a recording could not be erased'),
    );
  }
}
