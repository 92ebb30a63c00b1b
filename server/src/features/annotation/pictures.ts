import { createHash } from 'node:crypto';
import { and, count, eq, sql as fragment, or } from 'drizzle-orm';
import { PictureParams, picturePath } from '#contract/annotation/http.ts';
import type { PictureId } from '#contract/annotation/ids.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { type Change, transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { sendRefusal } from '../../http/serve.ts';
import { type FileStorage, storageKeyOf } from '../../ports/storage.ts';
import { event } from '../../stream/tables.ts';
import { findOwnParticipant, findSession, maySeeSession, type SentFiles } from '../session/index.ts';
import { pictureSizeOf, pictureTypeOf } from './picture-type.ts';
import { type DrawingPlace, placeToDraw } from './place.ts';
import { maySeePicture, maySeePictures } from './policy.ts';
import { picture } from './tables.ts';

const keyOf = (sessionId: SessionId, id: PictureId) => storageKeyOf('pictures', sessionId, id);

/** Removes the files of a session's pictures, after their rows. */
export async function removePictures(storage: FileStorage, sessionId: SessionId): Promise<void> {
  for await (const key of storage.list(storageKeyOf('pictures', sessionId))) await storage.remove(key);
}

/** Whether this picture is in this session. */
export async function hasPicture(
  database: Database | Transaction,
  sessionId: SessionId,
  id: PictureId,
): Promise<boolean> {
  const rows = await database
    .select({ id: picture.id })
    .from(picture)
    .where(and(eq(picture.id, id), eq(picture.sessionId, sessionId)));
  return rows.length > 0;
}

/** Keeps a picture from all but employees: something on it was blurred away. */
export async function withholdPicture({ sql }: Change, sessionId: SessionId, id: PictureId): Promise<void> {
  await sql
    .update(picture)
    .set({ withheld: true })
    .where(and(eq(picture.id, id), eq(picture.sessionId, sessionId)));
}

/** Takes pictures in and hands them out; files, so not routes of the contract's JSON kind. */
export function servePictures(app: App, parts: FeatureParts, sentFiles: SentFiles): void {
  app.addContentTypeParser(
    /^image\/(webp|jpeg|png)$/,
    { parseAs: 'buffer', bodyLimit: limits.pictureBytes },
    (_request, body, done) => done(null, body),
  );

  app.put(picturePath, async (request, reply) => {
    const params = PictureParams.safeParse(request.params);
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return sendRefusal(reply, refused('not-signed-in'));
    if (!params.success) return sendRefusal(reply, refused('not-found'));
    const { sessionId, pictureId } = params.data;
    const bytes = Buffer.isBuffer(request.body) ? request.body : null;
    const kept = await transact(parts, async (change) => {
      const place = await placeToDraw(change.sql, actor, sessionId);
      return place.ok ? keepPicture(change, parts.storage, place.value, { id: pictureId, bytes }) : place;
    });
    return kept.ok ? kept.value : sendRefusal(reply, kept);
  });

  app.delete(picturePath, async (request, reply) => {
    const params = PictureParams.safeParse(request.params);
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return sendRefusal(reply, refused('not-signed-in'));
    if (!params.success) return sendRefusal(reply, refused('not-found'));
    const { sessionId, pictureId } = params.data;
    const removed = await transact(parts, async (change) => {
      const place = await placeToDraw(change.sql, actor, sessionId);
      return place.ok ? removePicture(change, place.value, pictureId) : place;
    });
    if (!removed.ok) return sendRefusal(reply, removed);
    // After the commit: a file without its row is never seen, a row without its file would be.
    await parts.storage.remove(keyOf(sessionId, pictureId));
    return removed.value;
  });

  app.get(picturePath, async (request, reply) => {
    const params = PictureParams.safeParse(request.params);
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return sendRefusal(reply, refused('not-signed-in'));
    if (!params.success) return sendRefusal(reply, refused('not-found'));
    const { sessionId, pictureId } = params.data;
    const sent = sentFiles.begin(sessionId, reply.raw, async () => {
      const [now, who] = [await findSession(parts.database, sessionId), await app.actorOf(request)];
      return now !== null && maySeeSession(who, now);
    });
    const row = await findSession(parts.database, sessionId);
    if (row === null || !maySeeSession(actor, row)) return sendRefusal(reply, refused('not-found'));
    const own = await findOwnParticipant(parts.database, row.id, actor);
    if (!maySeePictures(own, actor)) return sendRefusal(reply, refused('not-found'));
    const [found] = await parts.database
      .select()
      .from(picture)
      .where(and(eq(picture.id, pictureId), eq(picture.sessionId, row.id)));
    if (found === undefined || !maySeePicture(found, actor)) return sendRefusal(reply, refused('not-found'));
    // It never changes, but who may see it does: a browser may keep it, and has to ask whether it still may show it.
    const tag = `"${found.sha256}"`;
    const isKept = request.headers['if-none-match'] === tag;
    const file = isKept ? null : await parts.storage.read(keyOf(row.id, pictureId));
    if (!sent.mayGo() || (!isKept && file === null)) {
      file?.destroy();
      return sendRefusal(reply, refused('not-found'));
    }
    reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (file === null) return reply.code(304).send();
    return reply.type(found.type).header('content-length', found.bytes).send(file);
  });
}

/**
 * Keeps a picture in a locked session: two at once come one after the other, so that the count holds, the first of two under
 * one id has it, and none comes in after the end.
 */
async function keepPicture(
  { sql, now }: Change,
  storage: FileStorage,
  { row, own }: DrawingPlace,
  { id, bytes }: { readonly id: PictureId; readonly bytes: Buffer | null },
): Promise<Outcome<Record<string, never>>> {
  const type = bytes === null ? null : pictureTypeOf(bytes);
  const size = bytes === null || type === null ? null : pictureSizeOf(bytes, type);
  if (bytes === null || type === null || size === null) return refused('wrong-content-type');
  if (Math.max(size.width, size.height) > limits.pictureSide) return refused('too-large');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const ofSession = eq(picture.sessionId, row.id);
  const [earlier] = await sql
    .select()
    .from(picture)
    .where(and(ofSession, eq(picture.id, id)));
  if (earlier !== undefined) {
    const isSame = earlier.participantId === own.id && earlier.sha256 === sha256;
    return isSame ? accepted({}) : refused('request-id-reused', 'pictureId');
  }
  const [given] = await sql
    .select({ many: count() })
    .from(picture)
    .where(and(ofSession, eq(picture.participantId, own.id)));
  if ((given?.many ?? 0) >= limits.picturesPerParticipant) return refused('too-many');
  const kept = { id, sessionId: row.id, participantId: own.id, type, bytes: bytes.length, sha256, createdAt: now };
  await sql.insert(picture).values(kept);
  // Before the row can be seen: one without its file would be a picture that nobody can see.
  await storage.put(keyOf(row.id, id), bytes);
  return accepted({});
}

/** Takes back a picture that its giver did nothing with: what the log names stays for good. The session is locked. */
async function removePicture(
  { sql }: Change,
  { row, own }: DrawingPlace,
  id: PictureId,
): Promise<Outcome<Record<string, never>>> {
  const isThis = and(eq(picture.sessionId, row.id), eq(picture.id, id), eq(picture.participantId, own.id));
  const [given] = await sql.select({ id: picture.id }).from(picture).where(isThis);
  if (given === undefined) return refused('not-found');
  const names = or(
    eq(fragment`${event.body} ->> 'pictureId'`, id),
    eq(fragment`${event.body} #>> '{drawing,surface,pictureId}'`, id),
    eq(fragment`${event.body} #>> '{of,pictureId}'`, id),
  );
  const [named] = await sql
    .select({ seq: event.seq })
    .from(event)
    .where(and(eq(event.streamId, row.id), names))
    .limit(1);
  if (named !== undefined) return refused('not-in-this-state');
  await sql.delete(picture).where(isThis);
  return accepted({});
}
