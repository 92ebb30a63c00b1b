import type { ParticipantKind } from '#contract/session/events.ts';
import { isStaff, type KnownActor } from '#core/access/actor.ts';

/** Who may do what with the screenshots of a session they may see. Everything that is not named here is refused. */

/** Whether somebody has been in the session; null: has not even opened its page. */
export interface Place {
  readonly state: 'outside' | 'in' | 'left';
}

/** Take one: who is or has been in. What was taken offline goes up later, when its taker may have left. */
export const mayTake = (own: Place | null): boolean => own !== null && own.state !== 'outside';

/** Add a version: who may take one, and employees afterwards. */
export const mayEdit = (actor: KnownActor, own: Place | null): boolean => isStaff(actor) || mayTake(own);

/** Erase one with all its versions. */
export const mayErase = (actor: KnownActor): boolean => isStaff(actor);

/** Whose eyes: what was blurred away is kept from all but employees. */
export const looksAs = (actor: KnownActor): ParticipantKind => (isStaff(actor) ? 'expert' : 'codeUser');
