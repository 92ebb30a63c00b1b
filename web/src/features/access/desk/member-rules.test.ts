import { expect, test } from 'vitest';
import type { Role } from '#contract/access/http.ts';
import { MemberId } from '#contract/ids.ts';
import { mayLetRecord, mayManage, maySwitch, rolesFor, rolesToGive } from './member-rules.ts';

let count = 0;
function member(role: Role, active = true) {
  count += 1;
  const id = MemberId.parse(`00000000-0000-4000-8000-${String(count).padStart(12, '0')}`);
  return { id, role, active, mayRecord: false };
}

test('experts manage nobody', () => {
  const expert = member('expert');
  const other = member('expert');
  expect(mayManage(expert)).toBe(false);
  expect(rolesToGive(expert)).toEqual([]);
  expect(rolesFor(expert, other, [expert, other])).toEqual([]);
  expect(maySwitch(expert, other, [expert, other])).toBe(false);
});

test('co-admins manage everybody but admins', () => {
  const admin = member('admin');
  const coAdmin = member('co-admin');
  const expert = member('expert');
  const all = [admin, coAdmin, expert];
  expect(rolesToGive(coAdmin)).toEqual(['co-admin', 'expert']);
  expect(rolesFor(coAdmin, expert, all)).toEqual(['co-admin', 'expert']);
  expect(rolesFor(coAdmin, admin, all)).toEqual([]);
  expect(maySwitch(coAdmin, admin, all)).toBe(false);
  expect(maySwitch(coAdmin, expert, all)).toBe(true);
});

test('the last active admin stays', () => {
  const admin = member('admin');
  const gone = member('admin', false);
  const all = [admin, gone];
  expect(rolesFor(admin, admin, all)).toEqual([]);
  expect(maySwitch(admin, admin, all)).toBe(false);
  expect(maySwitch(admin, gone, all)).toBe(true);
});

test('one of two admins may step down but not switch themselves off', () => {
  const one = member('admin');
  const two = member('admin');
  expect(rolesFor(one, one, [one, two])).toEqual(['admin', 'co-admin', 'expert']);
  expect(maySwitch(one, one, [one, two])).toBe(false);
  expect(maySwitch(one, two, [one, two])).toBe(true);
});

test('B7 only admins let others record; other admins need nobody for it', () => {
  const admin = member('admin');
  const coAdmin = member('co-admin');
  const expert = member('expert');
  const all = [admin, coAdmin, expert];
  expect([mayLetRecord(admin, expert, all), mayLetRecord(admin, coAdmin, all)]).toEqual([true, true]);
  expect([mayLetRecord(coAdmin, expert, all), mayLetRecord(admin, admin, all)]).toEqual([false, false]);
});
