import type { ParticipantId } from '#contract/ids.ts';
import { isStaff, type KnownActor } from '#core/access/actor.ts';

/** Who may do what with drawings. Everything that is not named here is refused. */

/** Draw, freeze, release: whoever is in the session. */
export const mayDraw = (own: { readonly state: 'outside' | 'in' | 'left' }): boolean => own.state === 'in';

/** Look at a picture of the session: whoever has been in it. */
export const maySeePictures = (own: { readonly state: 'outside' | 'in' | 'left' } | null, actor: KnownActor): boolean =>
  isStaff(actor) || (own !== null && own.state !== 'outside');

/** Look at this one of them: what was blurred away on it is for employees only. */
export const maySeePicture = ({ withheld }: { readonly withheld: boolean }, actor: KnownActor): boolean =>
  isStaff(actor) || !withheld;

/** Take a drawing away: who made it, and employees. */
export const mayRemove = (actor: KnownActor, own: { readonly id: ParticipantId }, by: string): boolean =>
  isStaff(actor) || own.id === by;

/** Clear what others drew too. */
export const mayClearAll = (actor: KnownActor): boolean => isStaff(actor);
