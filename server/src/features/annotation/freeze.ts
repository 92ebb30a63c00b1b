import { eq } from 'drizzle-orm';
import type { PictureId } from '#contract/annotation/ids.ts';
import { type Outcome, refused } from '#contract/errors.ts';
import { ParticipantId, type RequestId } from '#contract/ids.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { Change } from '../../database/transact.ts';
import { findParticipant } from '../session/index.ts';
import { log } from './drawings.ts';
import { hasPicture } from './pictures.ts';
import type { DrawingPlace } from './place.ts';
import { frozenPicture } from './tables.ts';

/** Shows everybody a still of somebody's camera; the first of two who freeze at once has it. */
export async function freezePicture(
  change: Change,
  place: DrawingPlace,
  wish: { readonly requestId: RequestId; readonly participantId: ParticipantId; readonly pictureId: PictureId },
): Promise<Outcome<SessionEvent>> {
  const { requestId, participantId, pictureId } = wish;
  if ((await findParticipant(change.sql, place.row.id, participantId)) === null)
    return refused('malformed', 'participantId');
  if (!(await hasPicture(change.sql, place.row.id, pictureId))) return refused('malformed', 'pictureId');
  const inserted = await change.sql
    .insert(frozenPicture)
    .values({ sessionId: place.row.id, participantId, pictureId })
    .onConflictDoNothing()
    .returning({ id: frozenPicture.sessionId });
  if (inserted.length === 0) return refused('not-in-this-state');
  return log(change, place, requestId, { kind: 'picture-frozen', participantId, pictureId });
}

/** Back to the live picture, by anybody who may draw. */
export async function releasePicture(
  change: Change,
  place: DrawingPlace,
  requestId: RequestId,
): Promise<Outcome<SessionEvent>> {
  const [gone] = await change.sql.delete(frozenPicture).where(eq(frozenPicture.sessionId, place.row.id)).returning();
  if (gone === undefined) return refused('not-in-this-state');
  const frozen = await findParticipant(change.sql, place.row.id, ParticipantId.parse(gone.participantId));
  if (frozen === null) throw new Error('a frozen picture of nobody');
  return log(change, place, requestId, { kind: 'picture-released', participantId: frozen.id });
}
