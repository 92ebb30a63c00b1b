import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { DeviceId, LoginId, MemberId } from '#contract/ids.ts';
import { freshDatabase } from '../../../test/harness/database.ts';
import { pruneAccess } from './prune.ts';
import { newId } from './secrets.ts';
import { device, deviceToken, login, member } from './tables.ts';

const { database, drop } = await freshDatabase();
afterAll(drop);

const now = new Date('2026-11-20T10:00:00.000Z');
const daysFromNow = (days: number) => new Date(now.getTime() + days * 24 * 3_600_000);

it('forgets logins that are over and no longer make an address familiar, and keeps all others', async () => {
  const memberId = newId(MemberId);
  await database.insert(member).values({
    id: memberId,
    email: 'nora@example.org',
    name: 'Nora',
    role: 'expert',
    passwordHash: '-',
    createdAt: daysFromNow(-200),
  });
  const keep = async (lastSeen: number, expires: number, ended: number | null) => {
    const id = newId(LoginId);
    await database.insert(login).values({
      id,
      memberId,
      tokenHash: randomUUID(),
      device: 'Firefox',
      address: '10.0.0.1',
      addressGroup: '10.0.0.1',
      signedInAt: daysFromNow(-200),
      lastSeenAt: daysFromNow(lastSeen),
      expiresAt: daysFromNow(expires),
      endedAt: ended === null ? null : daysFromNow(ended),
    });
    return id;
  };
  await keep(-91, -61, -91);
  await keep(-91, -61, null);
  await keep(-91, 1, -5);
  const kept = [
    await keep(-89, -59, null),
    await keep(-89, -59, -89),
    await keep(0, 30, null),
    await keep(-91, 1, null),
  ];
  expect(await pruneAccess(database, now)).toBe(3);
  const left = await database.select({ id: login.id }).from(login);
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.toSorted());
  expect(await pruneAccess(database, now)).toBe(0);
});

it('forgets tokens of devices that did not come back in time, and not the devices', async () => {
  const id = newId(DeviceId);
  await database
    .insert(device)
    .values({ id, displayName: 'Rafael', madeByRequest: randomUUID(), createdAt: daysFromNow(-500) });
  await database.insert(deviceToken).values([
    { tokenHash: 'over', deviceId: id, expiresAt: daysFromNow(-1) },
    { tokenHash: 'now', deviceId: id, expiresAt: now },
    { tokenHash: 'good', deviceId: id, expiresAt: daysFromNow(1) },
  ]);
  expect(await pruneAccess(database, now)).toBe(2);
  expect(await database.select({ hash: deviceToken.tokenHash }).from(deviceToken)).toEqual([{ hash: 'good' }]);
  expect(await database.select({ id: device.id }).from(device)).toEqual([{ id }]);
});
