import { and, eq, inArray, ne, type SQL } from 'drizzle-orm';
import type { CodeId, DeviceId, MemberId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import type { Preferences } from '#contract/notification/http.ts';
import type { Person } from '#contract/person.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { deviceRoom, memberRoom, type Room } from '../../realtime/rooms.ts';
import { code, codeUser, device, member } from '../access/index.ts';
import { readPreferencesOf } from './preferences.ts';

/** Somebody who may be told, with all that it takes. */
export interface Receiver {
  readonly who: { readonly memberId: MemberId } | { readonly deviceId: DeviceId };
  readonly language: Language;
  /** Null: none is known. */
  readonly email: string | null;
  readonly preferences: Preferences;
  readonly room: Room;
}

/** The active members: the one who has it, where that is somebody still here, else all. Never the one who acted. */
export async function findStaff(sql: Transaction, holder: MemberId | null, by: Person): Promise<Receiver[]> {
  const active = eq(member.active, true);
  const others = by.kind === 'member' ? and(active, ne(member.id, by.id)) : active;
  const find = (where: SQL | undefined) =>
    sql.select({ id: member.id, email: member.email, language: member.language }).from(member).where(where);
  const [holds] = holder === null ? [] : await find(and(active, eq(member.id, holder)));
  // Who has it and acted themselves: then nobody else is asked to.
  const rows =
    holds === undefined ? await find(others) : holds.id === (by.kind === 'member' ? by.id : null) ? [] : [holds];
  const preferencesOf = await readPreferencesOf(
    sql,
    rows.map(({ id }) => `member:${id}`),
  );
  return rows.map(({ id, email, language }) => ({
    who: { memberId: id },
    language,
    email,
    preferences: preferencesOf(`member:${id}`),
    room: memberRoom(id),
  }));
}

/** The devices that use the code, as it is now: none of one that is switched off. */
export async function findDevices(
  sql: Database | Transaction,
  codeId: CodeId,
  which: { readonly only: DeviceId; readonly email: string | null } | 'all',
): Promise<Receiver[]> {
  const uses = and(eq(codeUser.codeId, codeId), eq(code.enabled, true));
  const rows = await sql
    .select({ id: device.id, language: device.language })
    .from(codeUser)
    .innerJoin(code, and(eq(code.id, codeUser.codeId), eq(code.generation, codeUser.generation)))
    .innerJoin(device, eq(device.id, codeUser.deviceId))
    .where(which === 'all' ? uses : and(uses, inArray(device.id, [which.only])));
  const preferencesOf = await readPreferencesOf(
    sql,
    rows.map(({ id }) => `device:${id}`),
  );
  return rows.map(({ id, language }) => ({
    who: { deviceId: id },
    language,
    email: which === 'all' ? null : which.email,
    preferences: preferencesOf(`device:${id}`),
    room: deviceRoom(id),
  }));
}
