import type { CodeId } from '#contract/ids.ts';
import { type Actor, isStaff, type KnownActor, usesCode } from '#core/access/actor.ts';
import type { Audience } from '../../realtime/rooms.ts';

/** What decides who may know of a session. */
export interface SessionSight {
  readonly codeId: CodeId | null;
  readonly visibility: 'public' | 'internal';
}

/** Who may do what with sessions. Everything that is not named here is refused. */

/** See it, hear it, join it: all staff; the users of its code while it is public. */
export const maySee = (actor: Actor, session: SessionSight): actor is KnownActor =>
  isStaff(actor) || (session.visibility === 'public' && usesCode(actor, session.codeId));

/** List what is on now for a code: its users, who are invited there. Employees find sessions in their tickets. */
export const mayListOfCode = usesCode;

/** As whom the actor hears its log. */
export const hearsAs = (actor: Actor, session: SessionSight): Audience | null =>
  !maySee(actor, session) ? null : isStaff(actor) ? 'staff' : 'public';

/** Who is told of it: an internal session has no public room to go to. */
export const audiencesOf = (session: SessionSight): readonly Audience[] =>
  session.visibility === 'public' ? ['staff', 'public'] : ['staff'];

/** Create, cancel, end for all. */
export const mayManage = isStaff;
