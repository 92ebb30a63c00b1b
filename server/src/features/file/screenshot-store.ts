import { and, asc, eq } from 'drizzle-orm';
import * as z from 'zod/mini';
import { ScreenshotSource } from '#contract/file/events.ts';
import { type Screenshot, ScreenshotDrawing } from '#contract/file/http.ts';
import type { ScreenshotId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import { Person } from '#contract/person.ts';
import type { ParticipantKind } from '#contract/session/events.ts';
import { versionsFor } from '#core/file/screenshots.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { type StorageKey, storageKeyOf } from '../../ports/storage.ts';
import { screenshot, screenshotVersion } from './tables.ts';

export type ScreenshotRow = typeof screenshot.$inferSelect;
export type VersionRow = typeof screenshotVersion.$inferSelect;
/** The files of a version. */
export type FileName = 'picture' | 'painted' | 'thumbnail';

/** Where all files of a session's screenshots are. */
export const sessionKey = (sessionId: SessionId): StorageKey => storageKeyOf('screenshots', sessionId);

export const fileKey = (
  id: { readonly sessionId: SessionId; readonly screenshotId: ScreenshotId },
  number: number,
  file: FileName,
) => storageKeyOf('screenshots', id.sessionId, id.screenshotId, `${number}-${file}`);

/** Where this file of a version is: its picture may be that of an earlier one. */
export const fileOf = (version: VersionRow, file: FileName): StorageKey =>
  fileKey(version, file === 'picture' ? version.pictureOf : version.number, file);

const isThis = (sessionId: SessionId, id: ScreenshotId) =>
  and(eq(screenshot.sessionId, sessionId), eq(screenshot.id, id));
const ofScreenshot = (sessionId: SessionId, id: ScreenshotId) =>
  and(eq(screenshotVersion.sessionId, sessionId), eq(screenshotVersion.screenshotId, id));

/** One screenshot; with `lock` it is held until the transaction ends, so that versions follow each other. */
export async function findScreenshot(
  database: Database | Transaction,
  sessionId: SessionId,
  id: ScreenshotId,
  lock = false,
): Promise<ScreenshotRow | null> {
  const query = database.select().from(screenshot).where(isThis(sessionId, id));
  const [row] = lock ? await query.for('update') : await query;
  return row ?? null;
}

/** Its versions, oldest first. */
export const findVersions = (database: Database | Transaction, sessionId: SessionId, id: ScreenshotId) =>
  database.select().from(screenshotVersion).where(ofScreenshot(sessionId, id)).orderBy(asc(screenshotVersion.number));

/** The screenshots of a session in the order they were taken, each with those of its versions that may be seen. */
export async function findShownScreenshots(
  database: Database | Transaction,
  sessionId: SessionId,
  as: ParticipantKind,
): Promise<{ readonly row: ScreenshotRow; readonly versions: readonly VersionRow[] }[]> {
  const rows = await database
    .select()
    .from(screenshot)
    .where(eq(screenshot.sessionId, sessionId))
    .orderBy(asc(screenshot.number));
  const versions = await database
    .select()
    .from(screenshotVersion)
    .where(eq(screenshotVersion.sessionId, sessionId))
    .orderBy(asc(screenshotVersion.number));
  const byScreenshot = Map.groupBy(versions, ({ screenshotId }) => screenshotId);
  return rows.map((row) => ({ row, versions: versionsFor(byScreenshot.get(row.id) ?? [], as) }));
}

/** Takes the versions of a locked screenshot away; their files are then nobody's. */
export async function eraseVersions(sql: Transaction, row: ScreenshotRow, now: Date): Promise<void> {
  await sql.delete(screenshotVersion).where(ofScreenshot(row.sessionId, row.id));
  await sql.update(screenshot).set({ erasedAt: now }).where(isThis(row.sessionId, row.id));
}

/** As lists show it. */
export const presentScreenshot = (row: ScreenshotRow, versions: readonly VersionRow[]): Screenshot => ({
  id: row.id,
  sessionId: row.sessionId,
  number: row.number,
  of: ScreenshotSource.parse(row.of),
  author: Person.parse(row.author),
  at: row.takenAt.toISOString(),
  versions: versions.map(({ number, author, at, width, height, drawings, blurred }) => ({
    number,
    author: Person.parse(author),
    at: at.toISOString(),
    width,
    height,
    drawings: z.array(ScreenshotDrawing).parse(drawings),
    blurred,
  })),
  erasedAt: row.erasedAt?.toISOString() ?? null,
});
