import { eq } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { ParticipantId, SessionId, TabId } from '#contract/ids.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import { mayComeIn, stepsByPresence } from '#core/session/lifecycle.ts';
import type { Change } from '../../database/transact.ts';
import { tabRoom } from '../../realtime/rooms.ts';
import type { AttachedTabs } from './attached.ts';
import { maySee } from './policy.ts';
import { logInSession, takeStep, tellSessionChanged } from './step.ts';
import { ensureParticipant, findParticipants, findSession, type SessionRow } from './store.ts';
import { participant } from './tables.ts';

/** Which participant came in. */
export interface Joined {
  readonly participantId: ParticipantId;
}

/** A person comes in from a tab. Coming in again from the same tab (a reload) changes nothing. */
export async function joinSession(
  change: Change,
  attached: AttachedTabs,
  actor: KnownActor,
  asked: { readonly sessionId: SessionId; readonly tabId: TabId; readonly move: boolean },
): Promise<Outcome<Joined>> {
  const row = await findSession(change.sql, asked.sessionId, true);
  if (row === null || !maySee(actor, row)) return refused('not-found');
  if (!mayComeIn(row, actor.kind === 'member' ? 'expert' : 'codeUser', change.now)) return refused('not-in-this-state');
  const own = await ensureParticipant(change.sql, row.id, actor);
  const elsewhere = own.state === 'in' && own.tabId !== null && own.tabId !== asked.tabId ? own.tabId : null;
  if (elsewhere !== null && own.awaySince === null && !asked.move) return refused('in-another-tab');

  const people = await findParticipants(change.sql, [row.id]);
  const others = people.filter((person) => person.state === 'in' && person.id !== own.id);
  if (own.state !== 'in' && others.length >= row.capacity) return refused('session-full');

  await change.sql
    .update(participant)
    .set({
      state: 'in',
      name: actor.name,
      tabId: asked.tabId,
      // Without a socket from this tab yet, the grace runs until there is one.
      awaySince: attached.has(own.id, asked.tabId) ? null : change.now,
      joinedAt: own.state === 'in' ? own.joinedAt : change.now,
    })
    .where(eq(participant.id, own.id));
  if (elsewhere !== null) {
    change.tell({ to: [tabRoom(own.id, elsewhere)], name: 'moved', what: { sessionId: row.id } });
  }
  if (own.state === 'in') return accepted({ participantId: own.id });

  const author = personOf(actor);
  await logInSession(change, row, author, {
    kind: 'participant-joined',
    participantId: own.id,
    name: actor.name,
    as: own.as,
  });
  // Cards say who is waiting.
  tellSessionChanged(change, row);
  let now: SessionRow = row;
  for (const step of stepsByPresence(row.status, [...others.map((person) => person.as), own.as])) {
    const stepped = await takeStep(change, now, step, { author });
    if (!stepped.ok) return stepped;
    now = stepped.value;
  }
  return accepted({ participantId: own.id });
}
