import type * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { ScreenshotSource } from '#contract/file/events.ts';
import type { addScreenshotVersion } from '#contract/file/http.ts';
import type { ScreenshotId, UploadId } from '#contract/file/ids.ts';
import { fileLimits } from '#contract/file/limits.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import { versionsFor } from '#core/file/screenshots.ts';
import type { Change } from '../../database/transact.ts';
import type { FileStorage } from '../../ports/storage.ts';
import { withholdPicture } from '../annotation/index.ts';
import { findOwnParticipant, logInSession, type SessionRow } from '../session/index.ts';
import { type PictureFacts, readPictureFacts } from './picture-file.ts';
import { looksAs, mayEdit } from './policy.ts';
import { type FileName, fileKey, findScreenshot, findVersions, type VersionRow } from './screenshot-store.ts';
import { screenshotVersion } from './tables.ts';
import type { UploadStore } from './upload-store.ts';

type Wish = z.output<typeof addScreenshotVersion.body>;

interface Parts {
  readonly storage: FileStorage;
  readonly store: UploadStore;
}

/** Adds a version to a screenshot, out of uploads that are used up with it. The first of two who bring version 1 has it. */
export async function addVersion(
  change: Change,
  parts: Parts,
  actor: KnownActor,
  row: SessionRow,
  { screenshotId, ...wish }: Wish & { readonly screenshotId: ScreenshotId },
): Promise<Outcome<SessionEvent>> {
  const { sql, now } = change;
  if (!mayEdit(actor, await findOwnParticipant(sql, row.id, actor))) return refused('not-joined');
  const shot = await findScreenshot(sql, row.id, screenshotId, true);
  if (shot === null) return refused('not-found');
  const versions = await findVersions(sql, row.id, screenshotId);
  const origin = originOf(versionsFor(versions, looksAs(actor)), wish);
  if (!origin.ok) return origin;
  if (shot.erasedAt !== null || (wish.from === 0 && versions.length > 0)) return refused('not-in-this-state');
  if (versions.length >= fileLimits.versionsPerScreenshot) return refused('too-many');

  const id = { sessionId: row.id, screenshotId };
  const number = (versions.at(-1)?.number ?? 0) + 1;
  const take = async (file: FileName, uploadId: UploadId, mostBytes: number): Promise<Outcome<PictureFacts>> => {
    const used = await parts.store.spend(change, uploadId, actor, 'screenshot');
    if (!used.ok) return used;
    if (used.value.row.sessionId !== row.id) return refused('not-found');
    if (used.value.bytes > mostBytes) return refused('too-large', file);
    const facts = await readPictureFacts(used.value.path, fileLimits.screenshotSide, file);
    if (facts.ok) await parts.storage.adopt(fileKey(id, number, file), used.value.path);
    return facts;
  };
  const before = origin.value;
  const picture =
    wish.picture === null && before !== null
      ? accepted({ type: before.pictureType, width: before.width, height: before.height })
      : await take('picture', wish.picture ?? wish.painted, fileLimits.screenshotBytes);
  if (!picture.ok) return picture;
  const painted = await take('painted', wish.painted, fileLimits.screenshotBytes);
  if (!painted.ok) return painted;
  const thumbnail = await take('thumbnail', wish.thumbnail, fileLimits.thumbnailBytes);
  if (!thumbnail.ok) return thumbnail;

  const size = asShown(picture.value, painted.value);
  const blurred = wish.blurred || (before?.blurred ?? false);
  const author = personOf(actor);
  await sql.insert(screenshotVersion).values({
    ...id,
    number,
    author,
    at: now,
    ...size,
    drawings: wish.drawings,
    blurred,
    pictureOf: wish.picture === null && before !== null ? before.pictureOf : number,
    pictureType: picture.value.type,
    paintedType: painted.value.type,
    thumbnailType: thumbnail.value.type,
  });
  if (blurred) await withholdGround(change, row, shot.of);
  const kind = number === 1 ? 'screenshot-kept' : 'screenshot-edited';
  const version = { number, ...size, blurred };
  return accepted(await logInSession(change, row, author, { kind, screenshotId, version }, wish.requestId));
}

/** The frozen picture shows what was blurred away on the screenshot of it. */
async function withholdGround(change: Change, row: SessionRow, made: unknown): Promise<void> {
  const of = ScreenshotSource.parse(made);
  if (of.kind === 'still') await withholdPicture(change, row.id, of.pictureId);
}

/** The version that the new one is made from, among those that its maker may see; null for the first. */
function originOf(shown: readonly VersionRow[], { from, picture, blurred }: Wish): Outcome<VersionRow | null> {
  if (from === 0) return picture === null ? refused('malformed', 'picture') : accepted(null);
  const origin = shown.find(({ number }) => number === from);
  if (origin === undefined) return refused('malformed', 'from');
  // Blurred pixels are new pixels: with those of an unblurred version the blur would be on the painted file only.
  if (picture === null && blurred && !origin.blurred) return refused('malformed', 'picture');
  return accepted(origin);
}

/** A camera's JPEG may lie on its side and say so; painted, it stands. */
function asShown(picture: PictureFacts, painted: PictureFacts): { readonly width: number; readonly height: number } {
  const { width, height } = picture;
  const liesOnSide = width > height !== painted.width > painted.height;
  return liesOnSide ? { width: height, height: width } : { width, height };
}
