import { and, count, eq, inArray } from 'drizzle-orm';
import type { Drawing } from '#contract/annotation/drawing.ts';
import type { DrawingId } from '#contract/annotation/ids.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { RequestId } from '#contract/ids.ts';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { personOf } from '#core/access/person.ts';
import type { Change } from '../../database/transact.ts';
import { findParticipant, logInSession } from '../session/index.ts';
import { hasPicture } from './pictures.ts';
import type { DrawingPlace } from './place.ts';
import { mayClearAll, mayRemove } from './policy.ts';
import { drawing } from './tables.ts';

/** Logs what happened to a drawing, on behalf of who did it. */
export const log = async (
  change: Change,
  place: DrawingPlace,
  requestId: RequestId,
  body: SessionEventBody,
): Promise<Outcome<SessionEvent>> =>
  accepted(await logInSession(change, place.row, personOf(place.actor), body, requestId));

/** Keeps a finished drawing; what it lies on must be in the session. */
export async function makeDrawing(
  change: Change,
  place: DrawingPlace,
  requestId: RequestId,
  made: Drawing,
): Promise<Outcome<SessionEvent>> {
  const { surface } = made;
  const sessionId = place.row.id;
  if (surface.kind !== 'screen' && !(await hasPicture(change.sql, sessionId, surface.pictureId))) {
    return refused('malformed', 'drawing.surface.pictureId');
  }
  if (surface.kind !== 'still' && (await findParticipant(change.sql, sessionId, surface.participantId)) === null) {
    return refused('malformed', 'drawing.surface.participantId');
  }
  if (await isFull(change, place)) return refused('too-many');
  const inserted = await change.sql
    .insert(drawing)
    .values({ id: made.id, sessionId, participantId: place.own.id, state: 'shown' })
    .onConflictDoNothing()
    .returning({ id: drawing.id });
  if (inserted.length === 0) return refused('request-id-reused', 'drawing.id');
  // As on everybody's board (core/annotation/board.ts): something new ends what its maker could bring back.
  await change.sql
    .update(drawing)
    .set({ state: 'cleared' })
    .where(
      and(eq(drawing.sessionId, sessionId), eq(drawing.state, 'removed'), eq(drawing.participantId, place.own.id)),
    );
  return log(change, place, requestId, { kind: 'drawing-made', drawing: made });
}

/** Whether as many drawings are shown as there may be. */
async function isFull({ sql }: Change, { row }: DrawingPlace): Promise<boolean> {
  const [shown] = await sql
    .select({ many: count() })
    .from(drawing)
    .where(and(eq(drawing.sessionId, row.id), eq(drawing.state, 'shown')));
  return (shown?.many ?? 0) >= limits.drawingsPerSession;
}

/** Takes a drawing away, or brings one's own back. */
export async function moveDrawing(
  change: Change,
  place: DrawingPlace,
  requestId: RequestId,
  drawingId: DrawingId,
  to: 'removed' | 'shown',
): Promise<Outcome<SessionEvent>> {
  const thisOne = and(eq(drawing.sessionId, place.row.id), eq(drawing.id, drawingId));
  const [found] = await change.sql.select().from(drawing).where(thisOne);
  if (found === undefined) return refused('not-found');
  const may =
    to === 'removed' ? mayRemove(place.actor, place.own, found.participantId) : found.participantId === place.own.id;
  if (!may) return refused('not-allowed');
  if (found.state !== (to === 'removed' ? 'shown' : 'removed')) return refused('not-in-this-state');
  if (to === 'shown' && (await isFull(change, place))) return refused('too-many');
  await change.sql.update(drawing).set({ state: to }).where(thisOne);
  return log(change, place, requestId, { kind: to === 'removed' ? 'drawing-removed' : 'drawing-restored', drawingId });
}

/** Clears one's own drawings, or all; there is no way back. */
export async function clearDrawings(
  change: Change,
  place: DrawingPlace,
  requestId: RequestId,
  whose: 'own' | 'all',
): Promise<Outcome<SessionEvent>> {
  if (whose === 'all' && !mayClearAll(place.actor)) return refused('not-allowed');
  await change.sql
    .update(drawing)
    .set({ state: 'cleared' })
    .where(
      and(
        eq(drawing.sessionId, place.row.id),
        inArray(drawing.state, ['shown', 'removed']),
        whose === 'own' ? eq(drawing.participantId, place.own.id) : undefined,
      ),
    );
  return log(change, place, requestId, { kind: 'drawings-cleared', whose });
}
