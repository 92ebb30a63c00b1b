import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { type Outcome, refused } from '#contract/errors.ts';
import { ParticipantId, SessionId, type TabId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import type { LeaveReason } from '#contract/session/events.ts';
import type { Presence } from '#contract/session/http.ts';
import { transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { participantRoom, tabRoom } from '../../realtime/rooms.ts';
import type { Listener, SocketAnswerValue } from '../../realtime/socket.ts';
import { findThoseWithoutAccess } from './access-ended.ts';
import type { AttachedTabs } from './attached.ts';
import { leaveSession } from './leave.ts';
import { hearersOf, maySee } from './policy.ts';
import { ensureParticipant, findParticipant, findSession, type ParticipantRow } from './store.ts';
import { participant } from './tables.ts';

/** What other features do when pages come and go. */
export interface PresenceHooks {
  readonly attached: ((participantId: ParticipantId) => void)[];
  readonly tabGone: ((sessionId: SessionId, participantId: ParticipantId, tabId: TabId) => void)[];
}

/** The socket's ask `attach`: from now until it is gone, this socket is the person's presence from that tab. */
export async function attach(
  parts: FeatureParts,
  { attached, hooks }: { readonly attached: AttachedTabs; readonly hooks: PresenceHooks },
  listener: Listener,
  asked: { readonly sessionId: SessionId; readonly tabId: TabId },
): Promise<Outcome<SocketAnswerValue>> {
  const actor = await listener.actor();
  const row = actor.kind === 'nobody' ? null : await findSession(parts.database, asked.sessionId);
  if (row === null || actor.kind === 'nobody' || !maySee(actor, row)) return refused('not-found');
  if (listener.roomCount() > limits.followedStreams) return refused('too-many');
  const own = await ensureParticipant(parts.database, row.id, actor);
  await listener.join(participantRoom(own.id));
  await listener.join(tabRoom(own.id, asked.tabId));
  attached.add(own.id, asked.tabId, listener.signal, () => {
    for (const hook of hooks.tabGone) hook(row.id, own.id, asked.tabId);
    keepPresence(parts, attached, row.id, own.id, asked.tabId).catch((error: unknown) =>
      parts.log.error({ err: error, sessionId: row.id }, 'a lost connection could not be noted'),
    );
  });
  await keepPresence(parts, attached, row.id, own.id, asked.tabId);
  for (const hook of hooks.attached) hook(own.id);
  return { ok: true, value: { participantId: own.id } };
}

/**
 * Writes down whether the tab that the person is in from has a connection. Connections come and go while this is being
 * written: whoever writes looks again afterwards, so that what stands there in the end is how it is.
 */
export async function keepPresence(
  parts: FeatureParts,
  attached: AttachedTabs,
  sessionId: SessionId,
  id: ParticipantId,
  tabId: TabId,
): Promise<void> {
  let here: boolean;
  do {
    here = attached.has(id, tabId);
    // A server that stops has lost all its connections; that is no news of the people.
    if (!here && parts.signal.aborted) return;
    const otherwise = here ? isNotNull(participant.awaySince) : isNull(participant.awaySince);
    const changed = await parts.database
      .update(participant)
      .set({ awaySince: here ? null : parts.clock() })
      .where(and(eq(participant.id, id), eq(participant.state, 'in'), eq(participant.tabId, tabId), otherwise))
      .returning({ id: participant.id });
    if (changed.length > 0) await tellPresence(parts, sessionId, id, here ? 'here' : 'reconnecting');
  } while (attached.has(id, tabId) !== here);
}

async function tellPresence(
  parts: FeatureParts,
  sessionId: SessionId,
  participantId: ParticipantId,
  presence: Presence,
): Promise<void> {
  const row = await findSession(parts.database, sessionId);
  parts.tell({
    to: row === null ? [] : hearersOf(row),
    name: 'presence',
    what: { sessionId, participantId, presence },
  });
}

/** After a start nobody is connected yet: everybody who was in gets the whole grace to come back. */
export async function markAllAway({ database, clock }: Pick<FeatureParts, 'database' | 'clock'>): Promise<void> {
  await database.update(participant).set({ awaySince: clock() }).where(eq(participant.state, 'in'));
}

/** Whoever has been away longer than the grace has left, and so has who may no longer be in. Each in a transaction of its own. */
export async function seeOutTheLost(parts: FeatureParts): Promise<void> {
  const before = () => new Date(parts.clock().getTime() - parts.config.leaveGraceMs);
  const lost = await parts.database
    .select({ id: participant.id, sessionId: participant.sessionId })
    .from(participant)
    .where(and(eq(participant.state, 'in'), lt(participant.awaySince, before())));
  // They may have come back between the list and the lock.
  const stillLost = (own: ParticipantRow) => own.awaySince !== null && own.awaySince < before();
  for (const one of lost) await seeOutOne(parts, one, 'connection-lost', stillLost);
  for (const one of await findThoseWithoutAccess(parts.database)) {
    await seeOutOne(parts, one, 'access-ended', () => true);
  }
}

async function seeOutOne(
  parts: FeatureParts,
  one: { readonly id: string; readonly sessionId: string },
  reason: LeaveReason,
  holds: (own: ParticipantRow) => boolean,
): Promise<void> {
  const seenOut = transact(parts, async (change) => {
    const row = await findSession(change.sql, SessionId.parse(one.sessionId), true);
    if (row === null) return refused('not-found');
    const own = await findParticipant(change.sql, row.id, ParticipantId.parse(one.id));
    if (own === null || own.state !== 'in' || !holds(own)) return refused('not-in-this-state');
    return leaveSession(change, row, own, reason);
  });
  // One who can't be seen out must not keep all others in.
  await seenOut.catch((error: unknown) =>
    parts.log.warn({ err: error, sessionId: one.sessionId }, 'a participant could not be seen out'),
  );
}
