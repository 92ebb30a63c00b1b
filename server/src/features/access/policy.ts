import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { type Actor, isManager, isStaff, type MemberActor } from '#core/access/actor.ts';

/**
 * Who may do what in this feature; every route asks here, and what isn't listed can't be asked for. What finer rules depend
 * on the thing itself (whose role, which role) is decided in core/access/roles.ts. Not listed are the doors themselves, which
 * are open to whoever brings the secret: set-up, sign-in, invitation links, and opening and entering a code.
 */
const mayDo = {
  'see own account': isStaff,
  'change own account': isStaff,
  'see own logins': isStaff,
  'end own login': isStaff,
  'see members': isStaff,
  'change members': isManager,
  'see invitations': isManager,
  invite: isManager,
  'take back invitations': isManager,
  'see policies': isStaff,
  'change policies': isManager,
  'see codes': isStaff,
  'create codes': isManager,
  'change codes': isManager,
} as const satisfies Record<string, (actor: Actor) => boolean>;

export type Deed = keyof typeof mayDo;

/** The member who may do this, or the refusal for whoever asked. */
export function authorize(actor: Actor, deed: Deed): Outcome<MemberActor> {
  if (actor.kind === 'member') return mayDo[deed](actor) ? accepted(actor) : refused('not-allowed');
  // The desk asks this first of all, and shows the sign-in page then, also in a browser that has entered a code.
  if (actor.kind === 'nobody' || deed === 'see own account') return refused('not-signed-in');
  return refused('not-found');
}
