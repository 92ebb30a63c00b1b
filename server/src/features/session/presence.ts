import { and, eq, isNull, lt } from 'drizzle-orm';
import { type Outcome, refused } from '#contract/errors.ts';
import { ParticipantId, SessionId, StreamId, type TabId } from '#contract/ids.ts';
import type { Presence } from '#contract/session/http.ts';
import { transact } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { participantRoom, roomOf, tabRoom } from '../../realtime/rooms.ts';
import type { Listener, SocketAnswerValue } from '../../realtime/socket.ts';
import type { AttachedTabs } from './attached.ts';
import { leaveSession } from './leave.ts';
import { audiencesOf, maySee } from './policy.ts';
import { ensureParticipant, findParticipant, findSession, type SessionRow } from './store.ts';
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
  const own = await ensureParticipant(parts.database, row.id, actor);
  await listener.join(participantRoom(own.id));
  await listener.join(tabRoom(own.id, asked.tabId));
  attached.add(own.id, asked.tabId, listener.signal, () => {
    for (const hook of hooks.tabGone) hook(row.id, own.id, asked.tabId);
    keepAway(parts, row, own.id, asked.tabId).catch((error: unknown) =>
      parts.log.error({ err: error, sessionId: row.id }, 'a lost connection could not be noted'),
    );
  });
  const back = await parts.database
    .update(participant)
    .set({ awaySince: null })
    .where(and(eq(participant.id, own.id), eq(participant.state, 'in'), eq(participant.tabId, asked.tabId)))
    .returning({ id: participant.id });
  if (back.length > 0) tellPresence(parts, row, own.id, 'here');
  for (const hook of hooks.attached) hook(own.id);
  return { ok: true, value: { participantId: own.id } };
}

async function keepAway(parts: FeatureParts, row: SessionRow, id: ParticipantId, tabId: TabId): Promise<void> {
  if (parts.signal.aborted) return;
  const away = await parts.database
    .update(participant)
    .set({ awaySince: parts.clock() })
    .where(and(eq(participant.id, id), eq(participant.state, 'in'), eq(participant.tabId, tabId)))
    .returning({ id: participant.id });
  if (away.length > 0) tellPresence(parts, row, id, 'reconnecting');
}

function tellPresence(parts: FeatureParts, row: SessionRow, participantId: ParticipantId, presence: Presence): void {
  const to = audiencesOf(row).map((audience) => roomOf(StreamId.parse(row.id), audience));
  parts.tell({ to, name: 'presence', what: { sessionId: row.id, participantId, presence } });
}

/** After a start nobody is connected yet: everybody who was in gets the whole grace to come back. */
export async function markAllAway({ database, clock }: FeatureParts): Promise<void> {
  await database
    .update(participant)
    .set({ awaySince: clock() })
    .where(and(eq(participant.state, 'in'), isNull(participant.awaySince)));
}

/** Whoever has been away longer than the grace has left. Each in a transaction of its own. */
export async function seeOutTheLost(parts: FeatureParts): Promise<void> {
  const before = () => new Date(parts.clock().getTime() - parts.config.leaveGraceMs);
  const lost = await parts.database
    .select({ id: participant.id, sessionId: participant.sessionId })
    .from(participant)
    .where(and(eq(participant.state, 'in'), lt(participant.awaySince, before())));
  for (const one of lost) {
    await transact(parts, async (change) => {
      const row = await findSession(change.sql, SessionId.parse(one.sessionId), true);
      if (row === null) return refused('not-found');
      const own = await findParticipant(change.sql, row.id, ParticipantId.parse(one.id));
      // They may have come back between the list and the lock.
      if (own?.awaySince == null || own.awaySince >= before()) return refused('not-in-this-state');
      return leaveSession(change, row, own, 'connection-lost');
    });
  }
}
