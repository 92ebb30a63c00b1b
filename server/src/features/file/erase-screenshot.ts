import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { ScreenshotId } from '#contract/file/ids.ts';
import type { RequestId, SessionId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { type Change, transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { type FileStorage, storageKeyOf } from '../../ports/storage.ts';
import { readPoliciesOf } from '../access/index.ts';
import { findSession, logInSession, type SessionRow, session } from '../session/index.ts';
import { eraseVersions, findScreenshot, sessionKey } from './screenshot-store.ts';
import { screenshot, screenshotVersion, upload } from './tables.ts';

const DAY_MS = 24 * 3_600_000;

/** Erases a screenshot with all its versions; the log keeps that it was there. Its files are to be removed after the commit. */
export async function eraseScreenshot(
  change: Change,
  row: SessionRow,
  id: ScreenshotId,
  by: { readonly author: Person; readonly why: 'by-hand' | 'retention'; readonly requestId?: RequestId },
): Promise<Outcome<SessionEvent>> {
  const shot = await findScreenshot(change.sql, row.id, id, true);
  if (shot === null) return refused('not-found');
  if (shot.erasedAt !== null) return refused('not-in-this-state');
  await eraseVersions(change.sql, shot, change.now);
  const body = { kind: 'screenshot-erased', screenshotId: id, number: shot.number, why: by.why } as const;
  return accepted(await logInSession(change, row, by.author, body, by.requestId));
}

/** The files of one screenshot, after it was erased. */
export async function removeFiles(storage: FileStorage, sessionId: SessionId, id: ScreenshotId): Promise<void> {
  for await (const key of storage.list(storageKeyOf(sessionKey(sessionId), id))) await storage.remove(key);
}

/** Everything that is known of a session's screenshots and uploads, when the whole session is erased. */
export async function eraseRowsOf({ sql }: Change, { id }: Pick<SessionRow, 'id'>): Promise<void> {
  await sql.delete(screenshotVersion).where(eq(screenshotVersion.sessionId, id));
  await sql.delete(screenshot).where(eq(screenshot.sessionId, id));
  // Their files go with the next sweep: nobody has one without a row.
  await sql.delete(upload).where(eq(upload.sessionId, id));
}

/** Erases what has been kept for as long as the policy says after its session's end. */
export async function eraseOldScreenshots(parts: FeatureParts): Promise<void> {
  const { database, storage } = parts;
  const days = (await readPoliciesOf(database)).retentionDays.screenshots;
  if (days === null) return;
  const old = await database
    .select({ sessionId: screenshot.sessionId, id: screenshot.id })
    .from(screenshot)
    .innerJoin(session, eq(session.id, screenshot.sessionId))
    .where(
      and(
        isNull(screenshot.erasedAt),
        isNotNull(session.endedAt),
        lt(session.endedAt, new Date(parts.clock().getTime() - days * DAY_MS)),
      ),
    );
  const erase = async ({ sessionId, id }: (typeof old)[number]) => {
    const erased = await transact(parts, async (change) => {
      const row = await findSession(change.sql, sessionId, true);
      if (row === null) return refused('not-found');
      return eraseScreenshot(change, row, id, { author: { kind: 'system' }, why: 'retention' });
    });
    // Refused: somebody was faster.
    if (erased.ok) await removeFiles(storage, sessionId, id);
  };
  for (const one of old) {
    // One that cannot be erased keeps no other; the next run tries it again.
    await erase(one).catch((error: unknown) =>
      parts.log.error({ err: error, screenshotId: one.id }, 'a screenshot could not be erased'),
    );
  }
  if (old.length > 0) parts.log.info({ erased: old.length }, 'screenshots were erased, as the policy says');
}
