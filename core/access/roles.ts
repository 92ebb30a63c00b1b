import type { Role } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { MemberId } from '#contract/ids.ts';

const rank: Readonly<Record<Role, number>> = { expert: 0, 'co-admin': 1, admin: 2 };

/** Nobody gives or takes a role above their own, and experts none at all. */
export const mayGrant = (by: Role, role: Role): boolean => by !== 'expert' && rank[role] <= rank[by];

export interface MemberStanding {
  readonly id: MemberId;
  readonly role: Role;
  readonly active: boolean;
  readonly mayRecord: boolean;
}

/**
 * Decides a change of somebody's role, of whether they may sign in, or of whether they may record. The organization always keeps one active admin,
 * and nobody switches themselves off: there would be nobody signed in to take it back. Only admins grant recording (B7).
 */
export function decideMemberChange(
  by: MemberStanding,
  target: MemberStanding,
  wish: {
    readonly role?: Role | undefined;
    readonly active?: boolean | undefined;
    readonly mayRecord?: boolean | undefined;
  },
  activeAdmins: number,
): Outcome<{ role: Role; active: boolean; mayRecord: boolean }> {
  const next = {
    role: wish.role ?? target.role,
    active: wish.active ?? target.active,
    mayRecord: wish.mayRecord ?? target.mayRecord,
  };
  if (!by.active || !mayGrant(by.role, target.role)) return refused('not-allowed');
  if (!mayGrant(by.role, next.role)) return refused('not-allowed', 'role');
  if (by.role !== 'admin' && next.mayRecord !== target.mayRecord) return refused('not-allowed', 'mayRecord');
  const isAdmin = target.role === 'admin' && target.active;
  const staysAdmin = next.role === 'admin' && next.active;
  if (isAdmin && !staysAdmin && activeAdmins <= 1) return refused('last-admin');
  if (by.id === target.id && !next.active) return refused('not-allowed', 'active');
  return accepted(next);
}
