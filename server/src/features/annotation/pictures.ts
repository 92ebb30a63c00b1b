import { createHash } from 'node:crypto';
import { and, count, eq } from 'drizzle-orm';
import { PictureParams, picturePath } from '#contract/annotation/http.ts';
import type { PictureId } from '#contract/annotation/ids.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { sendRefusal } from '../../http/serve.ts';
import { storageKeyOf } from '../../ports/storage.ts';
import { findOwnParticipant, findSession, maySeeSession } from '../session/index.ts';
import { pictureSizeOf, pictureTypeOf } from './picture-type.ts';
import { type DrawingPlace, placeToDraw } from './place.ts';
import { maySeePictures } from './policy.ts';
import { picture } from './tables.ts';

const keyOf = (sessionId: SessionId, id: PictureId) => storageKeyOf('pictures', sessionId, id);

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

/** Takes pictures in and hands them out; files, so not routes of the contract's JSON kind. */
export function servePictures(app: App, parts: FeatureParts): void {
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
    const place = await placeToDraw(parts.database, actor, sessionId, false);
    if (!place.ok) return sendRefusal(reply, place);
    if (!Buffer.isBuffer(request.body)) return sendRefusal(reply, refused('wrong-content-type'));
    const kept = await keepPicture(parts, place.value, pictureId, request.body);
    return kept.ok ? kept.value : sendRefusal(reply, kept);
  });

  app.get(picturePath, async (request, reply) => {
    const params = PictureParams.safeParse(request.params);
    const actor = await app.actorOf(request);
    if (actor.kind === 'nobody') return sendRefusal(reply, refused('not-signed-in'));
    if (!params.success) return sendRefusal(reply, refused('not-found'));
    const { sessionId, pictureId } = params.data;
    const row = await findSession(parts.database, sessionId);
    if (row === null || !maySeeSession(actor, row)) return sendRefusal(reply, refused('not-found'));
    const own = await findOwnParticipant(parts.database, row.id, actor);
    if (!maySeePictures(own, actor)) return sendRefusal(reply, refused('not-found'));
    const [found] = await parts.database
      .select()
      .from(picture)
      .where(and(eq(picture.id, pictureId), eq(picture.sessionId, row.id)));
    const file = found === undefined ? null : await parts.storage.read(keyOf(row.id, pictureId));
    if (found === undefined || file === null) return sendRefusal(reply, refused('not-found'));
    // A picture never changes; who may see it may change, so only this browser keeps it, and asks again tomorrow.
    reply.header('cache-control', 'private, max-age=86400, immutable');
    return reply.type(found.type).header('content-length', found.bytes).send(file);
  });
}

async function keepPicture(
  { database, storage, clock }: FeatureParts,
  { row, own }: DrawingPlace,
  id: PictureId,
  bytes: Buffer,
): Promise<Outcome<Record<string, never>>> {
  const type = pictureTypeOf(bytes);
  const size = type === null ? null : pictureSizeOf(bytes, type);
  if (type === null || size === null) return refused('wrong-content-type');
  if (Math.max(size.width, size.height) > limits.pictureSide) return refused('too-large');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const [given] = await database
    .select({ many: count() })
    .from(picture)
    .where(and(eq(picture.sessionId, row.id), eq(picture.participantId, own.id)));
  const isFull = (given?.many ?? 0) >= limits.picturesPerParticipant;
  return database.transaction(async (change) => {
    // Two at once under one id: the second waits here for the first, and never touches its file.
    const inserted = isFull
      ? []
      : await change
          .insert(picture)
          .values({
            id,
            sessionId: row.id,
            participantId: own.id,
            type,
            bytes: bytes.length,
            sha256,
            createdAt: clock(),
          })
          .onConflictDoNothing()
          .returning({ id: picture.id });
    if (inserted.length > 0) {
      // Before the row can be seen: one without its file would be a picture that nobody can see.
      await storage.put(keyOf(row.id, id), bytes);
      return accepted({});
    }
    const [earlier] = await change
      .select()
      .from(picture)
      .where(and(eq(picture.sessionId, row.id), eq(picture.id, id)));
    if (earlier === undefined) return refused('too-many');
    const isSame = earlier.participantId === own.id && earlier.sha256 === sha256;
    return isSame ? accepted({}) : refused('request-id-reused', 'pictureId');
  });
}
