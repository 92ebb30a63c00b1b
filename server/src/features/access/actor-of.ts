import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Language } from '#contract/language.ts';
import type { Actor, CodeUserActor, MemberActor } from '#core/access/actor.ts';
import { loginEnd } from '#core/access/expiry.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { cookieOf } from './cookies.ts';
import { keepLanguage } from './language.ts';
import { hashOf } from './secrets.ts';
import { code, codeUser, device, deviceToken, login, member } from './tables.ts';

/** A login's "last seen" is this exact, so that not every request writes. */
const touchAfterMs = 5 * 60_000;

type Cookies = Readonly<Record<string, string | undefined>>;
type Parts = Pick<FeatureParts, 'database' | 'clock'>;

/**
 * Who asks: read from the database each time, so that what was taken away is gone with the next request. `language` is what
 * their page says they read; null when it says nothing.
 */
export async function findActor(
  parts: Parts,
  cookies: Cookies,
  as: string | string[] | undefined,
  language: Language | null = null,
): Promise<Actor> {
  const asCode = as === 'code' || (Array.isArray(as) && as.includes('code'));
  const found =
    (asCode ? null : await findMember(parts, cookies, language)) ?? (await findCodeUser(parts, cookies, language));
  return found ?? { kind: 'nobody' };
}

async function findMember(
  { database, clock }: Parts,
  cookies: Cookies,
  language: Language | null,
): Promise<MemberActor | null> {
  const token = cookieOf(cookies, 'login');
  if (token === undefined) return null;
  const now = clock();
  const [row] = await database
    .select({
      loginId: login.id,
      lastSeenAt: login.lastSeenAt,
      id: member.id,
      name: member.name,
      role: member.role,
      isGrantedRecording: member.mayRecord,
      language: member.language,
    })
    .from(login)
    .innerJoin(member, eq(member.id, login.memberId))
    .where(
      and(eq(login.tokenHash, hashOf(token)), isNull(login.endedAt), gt(login.expiresAt, now), eq(member.active, true)),
    );
  if (row === undefined) return null;
  if (now.getTime() - row.lastSeenAt.getTime() > touchAfterMs) {
    await database
      .update(login)
      .set({ lastSeenAt: now, expiresAt: loginEnd(now) })
      .where(and(eq(login.id, row.loginId), isNull(login.endedAt)));
  }
  const { id, loginId, name, role, isGrantedRecording } = row;
  if (language !== null && language !== row.language) await keepLanguage(database, { memberId: id }, language);
  return { kind: 'member', id, loginId, name, role, isGrantedRecording };
}

/** The device of this browser with the codes that it still has access to, which may be none. */
export async function findCodeUser(
  { database, clock }: Parts,
  cookies: Cookies,
  language: Language | null = null,
): Promise<CodeUserActor | null> {
  const token = cookieOf(cookies, 'device');
  if (token === undefined) return null;
  const rows = await database
    .select({ deviceId: device.id, name: device.displayName, language: device.language, codeId: code.id })
    .from(deviceToken)
    .innerJoin(device, eq(device.id, deviceToken.deviceId))
    .leftJoin(codeUser, eq(codeUser.deviceId, device.id))
    .leftJoin(code, and(eq(code.id, codeUser.codeId), eq(code.generation, codeUser.generation), eq(code.enabled, true)))
    .where(and(eq(deviceToken.tokenHash, hashOf(token)), gt(deviceToken.expiresAt, clock())));
  const [first] = rows;
  if (first === undefined) return null;
  const { deviceId } = first;
  if (language !== null && language !== first.language) await keepLanguage(database, { deviceId }, language);
  const codeIds = rows.flatMap(({ codeId }) => (codeId === null ? [] : [codeId]));
  return { kind: 'codeUser', deviceId, name: first.name, codeIds };
}
