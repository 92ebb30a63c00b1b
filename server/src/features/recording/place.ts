import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { RecordingId } from '#contract/recording/ids.ts';
import type { KnownActor } from '#core/access/actor.ts';
import type { RecordingFacts, RecordingsLog } from '#core/recording/index.ts';
import type { Change } from '../../database/transact.ts';
import { findOwnParticipant, findSession, type ParticipantRow, type SessionRow } from '../session/index.ts';
import { mayWatch } from './policy.ts';
import { inLog, readRecordings } from './store.ts';

/** Somebody in a locked session, with what its log says about recordings. */
export interface Place {
  readonly actor: KnownActor;
  readonly row: SessionRow;
  readonly own: ParticipantRow | null;
  readonly log: RecordingsLog;
}

/** The session, locked, and this person's place in it; not found unless they may see it. */
export async function placeIn(change: Change, actor: KnownActor, sessionId: SessionId): Promise<Outcome<Place>> {
  const row = await findSession(change.sql, sessionId, true);
  if (row === null || !mayWatch(actor, row)) return refused('not-found');
  const own = await findOwnParticipant(change.sql, row.id, actor);
  return accepted({ actor, row, own, log: await readRecordings(change.sql, row.id) });
}

/** The same with one of the session's recordings. */
export async function placeAt(
  change: Change,
  actor: KnownActor,
  asked: { readonly sessionId: SessionId; readonly recordingId: RecordingId },
): Promise<Outcome<Place & { readonly facts: RecordingFacts }>> {
  const place = await placeIn(change, actor, asked.sessionId);
  if (!place.ok) return place;
  const facts = inLog(place.value.log, asked.recordingId);
  return facts === null ? refused('not-found') : accepted({ ...place.value, facts });
}

/** Refused as everybody is who has not joined, or has not the right. */
export const notHere = (own: ParticipantRow | null) => refused(own?.state === 'in' ? 'not-allowed' : 'not-joined');
