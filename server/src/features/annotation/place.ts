import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Actor, KnownActor } from '#core/access/actor.ts';
import { isOpen } from '#core/session/lifecycle.ts';
import type { Transaction } from '../../database/pool.ts';
import {
  findOwnParticipant,
  findSession,
  maySeeSession,
  type ParticipantRow,
  type SessionRow,
} from '../session/index.ts';
import { mayDraw } from './policy.ts';

/** Somebody who may draw, in the session they draw in. */
export interface DrawingPlace {
  readonly actor: KnownActor;
  readonly row: SessionRow;
  readonly own: ParticipantRow;
}

/** The session, locked, and this person's place in it; refused unless they may draw there now. */
export async function placeToDraw(
  sql: Transaction,
  actor: Actor,
  sessionId: SessionId,
): Promise<Outcome<DrawingPlace>> {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  const row = await findSession(sql, sessionId, true);
  if (row === null || !maySeeSession(actor, row)) return refused('not-found');
  if (!isOpen(row.status)) return refused('not-in-this-state');
  const own = await findOwnParticipant(sql, row.id, actor);
  if (own === null || !mayDraw(own)) return refused('not-joined');
  return accepted({ actor, row, own });
}
