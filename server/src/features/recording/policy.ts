import type { ParticipantId } from '#contract/ids.ts';
import { type Actor, isManager, isStaff, type KnownActor, mayRecord } from '#core/access/actor.ts';
import { mayFindSession, type ParticipantRow, type SessionRow } from '../session/index.ts';

/** Who may do what with recordings. Everything that is not named here is refused. */

/** Start, stop, record, carry on: who has the right (B7) and is in. */
export const mayRun = (actor: Actor, own: Pick<ParticipantRow, 'state'> | null): boolean =>
  mayRecord(actor) && own?.state === 'in';

/** Say yes or no: who is in. */
export const mayAnswer = (own: Pick<ParticipantRow, 'state'> | null): boolean => own?.state === 'in';

/** Send bytes of a part: who began it, while they have the right. */
export const maySend = (
  actor: Actor,
  own: Pick<ParticipantRow, 'id'> | null,
  part: { readonly participantId: ParticipantId },
): boolean => mayRecord(actor) && own?.id === part.participantId;

/** Watch, download, list those of a session: who may find the session. Being in a hidden one is not enough, as everybody in it was told. */
export const mayWatch = (actor: Actor, row: SessionRow): actor is KnownActor => mayFindSession(actor, row);

/** Read who agreed to what. */
export const maySeeLedger = isStaff;

/** List all of them, and erase. */
export const mayManage = isManager;
