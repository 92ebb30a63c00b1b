import { count, eq, max } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { ScreenshotSource } from '#contract/file/events.ts';
import type { ScreenshotId } from '#contract/file/ids.ts';
import { fileLimits } from '#contract/file/limits.ts';
import type { RequestId } from '#contract/ids.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { hasPicture } from '../annotation/index.ts';
import { findOwnParticipant, findParticipant, logInSession, type SessionRow } from '../session/index.ts';
import { mayTake } from './policy.ts';
import { screenshot } from './tables.ts';

interface Wish {
  readonly requestId: RequestId;
  readonly screenshotId: ScreenshotId;
  readonly of: ScreenshotSource;
}

/** Keeps that somebody took a screenshot in this locked session; its picture follows. */
export async function takeScreenshot(
  change: Change,
  actor: KnownActor,
  row: SessionRow,
  { requestId, screenshotId, of }: Wish,
): Promise<Outcome<SessionEvent>> {
  const { sql, now } = change;
  if (!mayTake(await findOwnParticipant(sql, row.id, actor))) return refused('not-joined');
  if (of.kind === 'still') {
    if (!(await hasPicture(sql, row.id, of.pictureId))) return refused('malformed', 'of.pictureId');
  } else if ((await findParticipant(sql, row.id, of.participantId)) === null) {
    return refused('malformed', 'of.participantId');
  }
  const [there] = await sql
    .select({ many: count(), last: max(screenshot.number) })
    .from(screenshot)
    .where(eq(screenshot.sessionId, row.id));
  if ((there?.many ?? 0) >= fileLimits.screenshotsPerSession) return refused('too-many');
  const number = (there?.last ?? 0) + 1;
  const author = personOf(actor);
  const inserted = await sql
    .insert(screenshot)
    .values({ sessionId: row.id, id: screenshotId, number, of, author, takenAt: now })
    .onConflictDoNothing()
    .returning({ id: screenshot.id });
  if (inserted.length === 0) return refused('request-id-reused', 'screenshotId');
  return accepted(
    await logInSession(change, row, author, { kind: 'screenshot-taken', screenshotId, number, of }, requestId),
  );
}
