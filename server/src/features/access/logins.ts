import { and, desc, eq, gt, isNull, ne, type SQL } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { listLogins, revokeLogin } from '#contract/access/http.ts';
import { accepted, refused } from '#contract/errors.ts';
import { LoginId, type MemberId } from '#contract/ids.ts';
import { addressGroup } from '#core/access/address-group.ts';
import { browserName } from '#core/access/browser-name.ts';
import { loginEnd } from '#core/access/expiry.ts';
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
}

/** Keeps a new login of this member in the asking browser; the one that it had before ends. */
export async function keepLogin(change: Change, memberId: MemberId, request: FastifyRequest): Promise<NewLogin> {
  const token = newSecret();
  const expiresAt = loginEnd(change.now);
  await endLoginOf(change, request);
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
  return { token, expiresAt };
}

/** Hands the cookie over. */
export function giveLogin(request: FastifyRequest, reply: FastifyReply, { token, expiresAt }: NewLogin): void {
  giveCookie(request, reply, 'login', token, expiresAt);
}

/** Ends the login whose cookie the request carries. */
export async function endLoginOf(change: Change, request: FastifyRequest): Promise<void> {
  const token = cookieOf(request.cookies, 'login');
  if (token !== undefined) await end(change, eq(login.tokenHash, hashOf(token)));
}

/** Ends a member's logins, all or all but one. */
export async function endLogins(change: Change, memberId: MemberId, except?: LoginId): Promise<void> {
  const all = eq(login.memberId, memberId);
  await end(change, except === undefined ? all : and(all, ne(login.id, except)));
}

/** Ends the open logins among these, their sockets too; false when there were none. */
async function end(change: Change, which: SQL | undefined): Promise<boolean> {
  const ended = await change.sql
    .update(login)
    .set({ endedAt: change.now })
    .where(and(which, isNull(login.endedAt)))
    .returning({ id: login.id });
  for (const { id } of ended) change.shutOut(loginRoom(id));
  return ended.length > 0;
}

/** Lets a member's open pages connect again, because they may do other things from now on. */
export async function reconnectLogins(change: Change, memberId: MemberId): Promise<void> {
  const rows = await change.sql
    .select({ id: login.id })
    .from(login)
    .where(and(eq(login.memberId, memberId), isNull(login.endedAt)));
  for (const { id } of rows) change.shutOut(loginRoom(id));
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
    const mine = and(eq(login.id, loginId), eq(login.memberId, by.value.id));
    const outcome = await transact(parts, async (change) =>
      (await end(change, mine)) ? accepted({}) : refused('not-found'),
    );
    if (outcome.ok && loginId === by.value.loginId) clearCookie(request, reply, 'login');
    return outcome;
  });
}
