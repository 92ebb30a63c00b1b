import { accepted, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Actor } from '#core/access/actor.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { findOwnParticipant, findSession, maySeeSession } from '../session/index.ts';

/** This person's place in a session that they may see. Before they have opened its page there is none. */
export async function placeOf({ database }: FeatureParts, actor: Actor, sessionId: SessionId) {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  const row = await findSession(database, sessionId);
  if (row === null || !maySeeSession(actor, row)) return refused('not-found');
  const own = await findOwnParticipant(database, row.id, actor);
  return own === null ? refused('not-joined') : accepted({ row, own, actor });
}
