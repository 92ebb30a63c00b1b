import type { Member, Role } from '#contract/access/http.ts';
import type { Outcome } from '#contract/errors.ts';
import { decideMemberChange, type MemberStanding, mayGrant } from '#core/access/roles.ts';

// The desk offers what the server would accept: both ask core/access/roles.ts.

const roles: readonly Role[] = ['admin', 'co-admin', 'expert'];

/** Admins and co-admins look after members and codes. */
export const mayManage = (self: { readonly role: Role }): boolean => self.role === 'admin' || self.role === 'co-admin';

/** The roles that this person may give to somebody new. */
export const rolesToGive = (self: { readonly role: Role }): readonly Role[] =>
  roles.filter((role) => mayGrant(self.role, role));

/** The roles that a member can be given by this person, the present one included; empty when it stays as it is. */
export function rolesFor(
  self: Pick<Member, 'id' | 'role'>,
  member: MemberStanding,
  members: readonly MemberStanding[],
): readonly Role[] {
  const possible = roles.filter((role) => decide(self, member, members, { role }).ok);
  return possible.some((role) => role !== member.role) ? possible : [];
}

/** Whether this person may switch that member off, or on again. */
export const maySwitch = (
  self: Pick<Member, 'id' | 'role'>,
  member: MemberStanding,
  members: readonly MemberStanding[],
): boolean => decide(self, member, members, { active: !member.active }).ok;

/** Whether this person may let that member record, or no longer; admins always may record (B7). */
export const mayLetRecord = (
  self: Pick<Member, 'id' | 'role'>,
  member: MemberStanding,
  members: readonly MemberStanding[],
): boolean => member.role !== 'admin' && decide(self, member, members, { mayRecord: !member.mayRecord }).ok;

function decide(
  self: Pick<Member, 'id' | 'role'>,
  member: MemberStanding,
  members: readonly MemberStanding[],
  wish: { readonly role?: Role; readonly active?: boolean; readonly mayRecord?: boolean },
): Outcome<unknown> {
  const activeAdmins = members.filter((one) => one.role === 'admin' && one.active).length;
  // Who looks is signed in; whether they may record themselves decides nothing here.
  return decideMemberChange({ ...self, active: true, mayRecord: false }, member, wish, activeAdmins);
}
