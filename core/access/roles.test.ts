import { describe, expect, it } from 'vitest';
import type { Role } from '#contract/access/http.ts';
import { accepted, refused } from '#contract/errors.ts';
import { MemberId } from '#contract/ids.ts';
import { decideMemberChange, type MemberStanding, mayGrant } from './roles.ts';

const standing = (role: Role, digit = '1', active = true): MemberStanding => ({
  id: MemberId.parse(`00000000-0000-4000-8000-00000000000${digit}`),
  role,
  active,
  mayRecord: false,
});
const admin = standing('admin', '1');
const coAdmin = standing('co-admin', '2');
const expert = standing('expert', '3');

describe('who may change whose role', () => {
  it.each<[MemberStanding, MemberStanding, Role, string]>([
    [admin, expert, 'admin', 'yes'],
    [admin, coAdmin, 'expert', 'yes'],
    [coAdmin, expert, 'co-admin', 'yes'],
    [coAdmin, standing('co-admin', '4'), 'expert', 'yes'],
    [coAdmin, expert, 'admin', 'not-allowed'],
    [coAdmin, admin, 'expert', 'not-allowed'],
    [expert, standing('expert', '4'), 'co-admin', 'not-allowed'],
    [expert, expert, 'admin', 'not-allowed'],
    [standing('admin', '5', false), expert, 'admin', 'not-allowed'],
  ])('%o changes %o to %s: %s', (by, target, role, answer) => {
    const decided = decideMemberChange(by, target, { role }, 2);
    expect(decided.ok ? 'yes' : decided.code).toBe(answer);
  });

  it('keeps what is not wished to be changed', () => {
    const off = standing('expert', '3', false);
    expect(decideMemberChange(admin, off, { role: 'co-admin' }, 1)).toEqual(
      accepted({ role: 'co-admin', active: false, mayRecord: false }),
    );
    expect(decideMemberChange(admin, off, {}, 1)).toEqual(
      accepted({ role: 'expert', active: false, mayRecord: false }),
    );
  });

  it('B7 only admins grant recording, to anybody', () => {
    const wish = { mayRecord: true };
    expect(decideMemberChange(admin, expert, wish, 1)).toEqual(
      accepted({ role: 'expert', active: true, mayRecord: true }),
    );
    expect(decideMemberChange(coAdmin, expert, wish, 1)).toEqual(refused('not-allowed', 'mayRecord'));
    expect(decideMemberChange(coAdmin, coAdmin, wish, 1)).toEqual(refused('not-allowed', 'mayRecord'));
    expect(decideMemberChange(coAdmin, expert, { mayRecord: false, role: 'co-admin' }, 1).ok).toBe(true);
  });

  it('grants up to the own role', () => {
    expect(mayGrant('admin', 'admin')).toBe(true);
    expect(mayGrant('co-admin', 'admin')).toBe(false);
    expect(mayGrant('expert', 'expert')).toBe(false);
  });
});

describe('the last admin', () => {
  it('stays admin and active', () => {
    expect(decideMemberChange(admin, admin, { role: 'expert' }, 1)).toEqual(refused('last-admin'));
    expect(decideMemberChange(admin, admin, { active: false }, 1)).toEqual(refused('last-admin'));
    expect(decideMemberChange(admin, admin, { role: 'admin' }, 1).ok).toBe(true);
  });

  it('is not the last while there is another', () => {
    expect(decideMemberChange(admin, admin, { role: 'expert' }, 2).ok).toBe(true);
    expect(decideMemberChange(admin, standing('admin', '4'), { active: false }, 2).ok).toBe(true);
  });

  it('does not count those who are switched off', () => {
    const off = standing('admin', '4', false);
    expect(decideMemberChange(admin, off, { role: 'expert' }, 1).ok).toBe(true);
  });

  it('nobody switches themselves off', () => {
    expect(decideMemberChange(admin, admin, { active: false }, 2)).toEqual(refused('not-allowed', 'active'));
    expect(decideMemberChange(coAdmin, coAdmin, { active: false }, 1)).toEqual(refused('not-allowed', 'active'));
  });
});
