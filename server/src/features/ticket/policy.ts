import type { CodeId } from '#contract/ids.ts';
import { type Actor, isStaff, type KnownActor, usesCode } from '#core/access/actor.ts';

/** Who may do what with tickets. Everything that is not named here is refused. */

/** See it, hear it, write in it: all staff, and the users of its code. */
export const maySee = (actor: Actor, ticket: { readonly codeId: CodeId | null }): actor is KnownActor =>
  isStaff(actor) || usesCode(actor, ticket.codeId);

/** Open one: staff for any code or none, a code user for a code of theirs. */
export const mayOpen = (actor: Actor, codeId: CodeId | null): actor is KnownActor =>
  isStaff(actor) || usesCode(actor, codeId);

/** Change status, assignee, subject or code. */
export const mayManage = isStaff;
