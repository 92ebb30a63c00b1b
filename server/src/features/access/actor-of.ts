import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Actor, CodeUserActor, MemberActor } from '#core/access/actor.ts';
import { loginEnd } from '#core/access/expiry.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import { cookieOf } from './cookies.ts';
import { hashOf } from './secrets.ts';
import { code, codeUser, device, deviceToken, login, member } from './tables.ts';

/** A login's "last seen" is this exact, so that not every request writes. */
const touchAfterMs = 5 * 60_000;

type Cookies = Readonly<Record<string, string | undefined>>;
type Parts = Pick<FeatureParts, 'database' | 'clock'>;

/** Who asks: read from the database each time, so that what was taken away is gone with the next request. */
export async function findActor(parts: Parts, cookies: Cookies, as: string | string[] | undefined): Promise<Actor> {
  const asCode = as === 'code' || (Array.isArray(as) && as.includes('code'));
  const found = (asCode ? null : await findMember(parts, cookies)) ?? (await findCodeUser(parts, cookies));
  return found ?? { kind: 'nobody' };
}

async function findMember({ database, clock }: Parts, cookies: Cookies): Promise<MemberActor | null> {
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
  return { kind: 'member', id, loginId, name, role, isGrantedRecording };
}

/** The device of this browser with the codes that it still has access to, which may be none. */
export async function findCodeUser({ database, clock }: Parts, cookies: Cookies): Promise<CodeUserActor | null> {
  const token = cookieOf(cookies, 'device');
  if (token === undefined) return null;
  const rows = await database
    .select({ deviceId: device.id, name: device.displayName, codeId: code.id })
    .from(deviceToken)
    .innerJoin(device, eq(device.id, deviceToken.deviceId))
    .leftJoin(codeUser, eq(codeUser.deviceId, device.id))
    .leftJoin(code, and(eq(code.id, codeUser.codeId), eq(code.generation, codeUser.generation), eq(code.enabled, true)))
    .where(and(eq(deviceToken.tokenHash, hashOf(token)), gt(deviceToken.expiresAt, clock())));
  const [first] = rows;
  if (first === undefined) return null;
  const codeIds = rows.flatMap(({ codeId }) => (codeId === null ? [] : [codeId]));
  return { kind: 'codeUser', deviceId: first.deviceId, name: first.name, codeIds };
}
