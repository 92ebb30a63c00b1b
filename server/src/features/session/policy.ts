import { type CodeId, type DeviceId, type ParticipantId, type SessionId, StreamId } from '#contract/ids.ts';
import type { Visibility } from '#contract/session/visibility.ts';
import { type Actor, type CodeUserActor, isStaff, type KnownActor, usesCode } from '#core/access/actor.ts';
import { type Audience, participantRoom, type Room, roomOf } from '../../realtime/rooms.ts';

/** A code user who is in the session now. */
export interface Insider {
  readonly deviceId: DeviceId;
  readonly participantId: ParticipantId;
}

/** What decides who may know of a session. */
export interface SessionSight {
  readonly codeId: CodeId | null;
  readonly visibility: Visibility;
  readonly insiders: readonly Insider[];
}

/** Who may do what with sessions. Everything that is not named here is refused. */

/** Find it in lists and threads, and what is left of it: all staff; the users of its code while it is public. */
export const mayFind = (actor: Actor, session: SessionSight): actor is KnownActor =>
  isStaff(actor) || (session.visibility === 'public' && usesCode(actor, session.codeId));

/** See it, hear it, join it: who may find it, and while they are in it the users of its code who were in when it was hidden. */
export const maySee = (actor: Actor, session: SessionSight): actor is KnownActor =>
  (usesCode(actor, session.codeId) && session.insiders.some(({ deviceId }) => deviceId === actor.deviceId)) ||
  mayFind(actor, session);

/** List what is on now for a code: its users, who are invited there. Employees find sessions in their tickets. */
export const mayListOfCode = usesCode;

/** Who is told that there is such a session: an internal one has no public room to go to. */
export const audiencesOf = (session: SessionSight): readonly Audience[] =>
  session.visibility === 'public' ? ['staff', 'public'] : ['staff'];

/** Where its log is told: to its audiences, and to who is in, whether it is public or not. */
export const hearersOf = (session: SessionSight & { readonly id: SessionId }): readonly Room[] => [
  ...audiencesOf(session).map((audience) => roomOf(StreamId.parse(session.id), audience)),
  ...session.insiders.map(({ participantId }) => participantRoom(participantId)),
];

/** Create, cancel, end for all, hide and show. */
export const mayManage = isStaff;

/** Rate it: the code users who were in it. Who was, is asked of its participants. */
export const mayRate = (actor: Actor, session: SessionSight): actor is CodeUserActor =>
  actor.kind === 'codeUser' && maySee(actor, session);

/** Read what everybody rated it; code users read their own rating alone. */
export const mayReadAllRatings = isStaff;
