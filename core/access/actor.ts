import type { Role } from '#contract/access/http.ts';
import type { CodeId, DeviceId, LoginId, MemberId } from '#contract/ids.ts';

/** On whose behalf something is asked. Every decision takes one; nothing asks for an ambient "current user". */
export type Actor =
  | { readonly kind: 'nobody' }
  | {
      readonly kind: 'member';
      readonly id: MemberId;
      readonly loginId: LoginId;
      readonly name: string;
      readonly role: Role;
      /** B7: granted by an admin. */
      readonly isGrantedRecording: boolean;
    }
  | {
      readonly kind: 'codeUser';
      readonly deviceId: DeviceId;
      readonly name: string;
      /** The codes this device has entered that are switched on and not rotated since. */
      readonly codeIds: readonly CodeId[];
    };

export type MemberActor = Extract<Actor, { kind: 'member' }>;
export type CodeUserActor = Extract<Actor, { kind: 'codeUser' }>;
/** Somebody who can write: has a name and leaves a trace. */
export type KnownActor = MemberActor | CodeUserActor;

/** The name under which repeated requests are recognised; two people never share one. */
export const actorKey = (actor: KnownActor): string =>
  actor.kind === 'member' ? `member:${actor.id}` : `device:${actor.deviceId}`;

/** Members, co-admins and admins are the organization's staff. */
export const isStaff = (actor: Actor): actor is MemberActor => actor.kind === 'member';

/** Admins and co-admins manage members and codes. */
export const isManager = (actor: Actor): actor is MemberActor =>
  actor.kind === 'member' && (actor.role === 'admin' || actor.role === 'co-admin');

/** B7: admins start and stop recordings, and whom an admin has granted it, whatever their role. */
export const mayRecord = (actor: Actor): actor is MemberActor =>
  actor.kind === 'member' && (actor.role === 'admin' || actor.isGrantedRecording);

/** Whether this actor is a user of that code. */
export const usesCode = (actor: Actor, codeId: CodeId | null): actor is CodeUserActor =>
  actor.kind === 'codeUser' && codeId !== null && actor.codeIds.includes(codeId);
