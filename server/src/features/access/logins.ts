import { and, desc, eq, gt, isNull, ne } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { listLogins, revokeLogin } from '#contract/access/http.ts';
import { accepted, refused } from '#contract/errors.ts';
import { LoginId, type MemberId } from '#contract/ids.ts';
import { addressGroup } from '#core/access/address-group.ts';
import { browserName } from '#core/access/browser-name.ts';
import { loginEnd } from '#core/access/expiry.ts';
import type { Transaction } from '../../database/pool.ts';
import { type Change, transact } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { loginRoom } from '../../realtime/rooms.ts';
import type { AccessParts } from './access-parts.ts';
import { clearCookie, cookieOf, giveCookie } from './cookies.ts';
import { authorize } from './policy.ts';
import { hashOf, newId, newSecret } from './secrets.ts';
import { login } from './tables.ts';

/** A login that was kept and waits for its cookie to be given, once the change is committed. */
export interface NewLogin {
  readonly token: string;
  readonly expiresAt: Date;
  /** The login that this browser had before: it ends with the new one. */
  readonly replaced: LoginId | null;
}

/** Keeps a new login of this member in the asking browser. */
export async function keepLogin(change: Change, memberId: MemberId, request: FastifyRequest): Promise<NewLogin> {
  const token = newSecret();
  const expiresAt = loginEnd(change.now);
  const replaced = await endLoginOf(change.sql, request, change.now);
  await change.sql.insert(login).values({
    id: newId(LoginId),
    memberId,
    tokenHash: hashOf(token),
    device: browserName(request.headers['user-agent']),
    address: request.ip,
    addressGroup: addressGroup(request.ip),
    signedInAt: change.now,
    lastSeenAt: change.now,
    expiresAt,
  });
  return { token, expiresAt, replaced };
}

/** Hands the cookie over. */
export function giveLogin(parts: AccessParts, request: FastifyRequest, reply: FastifyReply, made: NewLogin): void {
  if (made.replaced !== null) parts.disconnect(loginRoom(made.replaced));
  giveCookie(request, reply, 'login', made.token, made.expiresAt);
}

/** Ends the login whose cookie the request carries. */
export async function endLoginOf(sql: Transaction, request: FastifyRequest, now: Date): Promise<LoginId | null> {
  const token = cookieOf(request.cookies, 'login');
  if (token === undefined) return null;
  const [ended] = await sql
    .update(login)
    .set({ endedAt: now })
    .where(and(eq(login.tokenHash, hashOf(token)), isNull(login.endedAt)))
    .returning({ id: login.id });
  return ended?.id ?? null;
}

/** Ends a member's logins, all or all but one; whoever calls it ends their sockets after the commit. */
export async function endLogins(change: Change, memberId: MemberId, except?: LoginId): Promise<LoginId[]> {
  const open = and(eq(login.memberId, memberId), isNull(login.endedAt));
  const ended = await change.sql
    .update(login)
    .set({ endedAt: change.now })
    .where(except === undefined ? open : and(open, ne(login.id, except)))
    .returning({ id: login.id });
  return ended.map(({ id }) => id);
}

/** A member's logins of now. */
export async function openLogins(change: Change, memberId: MemberId): Promise<LoginId[]> {
  const rows = await change.sql
    .select({ id: login.id })
    .from(login)
    .where(and(eq(login.memberId, memberId), isNull(login.endedAt)));
  return rows.map(({ id }) => id);
}

/** Every member sees and ends the own logins. */
export function serveLogins(app: App, parts: AccessParts): void {
  serve(app, listLogins, async ({ actor }) => {
    const by = authorize(actor, 'see own logins');
    if (!by.ok) return by;
    const rows = await parts.database
      .select()
      .from(login)
      .where(and(eq(login.memberId, by.value.id), isNull(login.endedAt), gt(login.expiresAt, parts.clock())))
      .orderBy(desc(login.lastSeenAt));
    const logins = rows.map(({ id, device, address, signedInAt, lastSeenAt }) => ({
      id,
      device,
      address,
      signedInAt: signedInAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      current: id === by.value.loginId,
    }));
    return accepted({ logins });
  });

  serve(app, revokeLogin, async ({ actor, params, request, reply }) => {
    const by = authorize(actor, 'end own login');
    if (!by.ok) return by;
    const { loginId } = params;
    const mine = and(eq(login.id, loginId), eq(login.memberId, by.value.id), isNull(login.endedAt));
    const outcome = await transact(parts, async ({ sql, now }) => {
      const ended = await sql.update(login).set({ endedAt: now }).where(mine).returning({ id: login.id });
      return ended.length === 0 ? refused('not-found') : accepted({});
    });
    if (!outcome.ok) return outcome;
    parts.disconnect(loginRoom(loginId));
    if (loginId === by.value.loginId) clearCookie(request, reply, 'login');
    return outcome;
  });
}
