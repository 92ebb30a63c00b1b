import { eq } from 'drizzle-orm';
import type { DeviceId, MemberId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { device, member } from './tables.ts';

type Whose = { readonly memberId: MemberId } | { readonly deviceId: DeviceId };

/** The language in which to write to a member or to a code user, who may be away now. */
export async function languageOf(sql: Database | Transaction, whose: Whose): Promise<Language> {
  const [row] =
    'memberId' in whose
      ? await sql.select({ language: member.language }).from(member).where(eq(member.id, whose.memberId))
      : await sql.select({ language: device.language }).from(device).where(eq(device.id, whose.deviceId));
  return row?.language ?? 'en';
}

/** Remembers what their page says. */
export async function keepLanguage(database: Database, whose: Whose, language: Language): Promise<void> {
  if ('memberId' in whose) await database.update(member).set({ language }).where(eq(member.id, whose.memberId));
  else await database.update(device).set({ language }).where(eq(device.id, whose.deviceId));
}
