import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { type Actor, isManager, type MemberActor } from '#core/access/actor.ts';

/** Who may do what in this feature. What one is told, and by which ways, is everybody's own. */

/** See how mails leave this server, and send one to try it. */
export function mayRunMails(actor: Actor): Outcome<MemberActor> {
  if (actor.kind === 'nobody') return refused('not-signed-in');
  if (actor.kind === 'codeUser') return refused('not-found');
  return isManager(actor) ? accepted(actor) : refused('not-allowed');
}
