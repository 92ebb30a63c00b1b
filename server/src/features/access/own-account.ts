import { eq } from 'drizzle-orm';
import { type Me, readMe, updateMe } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { MemberId } from '#contract/ids.ts';
import { addressGroup } from '#core/access/address-group.ts';
import { loginEnd } from '#core/access/expiry.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { cookieOf, giveCookie } from './cookies.ts';
import { endLogins } from './logins.ts';
import { organizationName } from './organization.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { authorize } from './policy.ts';
import { member } from './tables.ts';

/** What a member reads about the own account. */
export async function meOf(database: Database | Transaction, id: MemberId): Promise<Me> {
  const [row] = await database
    .select({ id: member.id, name: member.name, email: member.email, role: member.role })
    .from(member)
    .where(eq(member.id, id));
  if (row === undefined) throw new Error(`member ${id} does not exist`);
  return { member: row, organization: { name: await organizationName(database) } };
}

/** The own account. */
export function serveOwnAccount(app: App, parts: AccessParts): void {
  serve(app, readMe, async ({ actor, request, reply }) => {
    const by = authorize(actor, 'see own account');
    if (!by.ok) return by;
    // The desk asks this at every start: the browser's cookie lives as long again, as the login does.
    const token = cookieOf(request.cookies, 'login');
    if (token !== undefined) giveCookie(request, reply, 'login', token, loginEnd(parts.clock()));
    return accepted(await meOf(parts.database, by.value.id));
  });

  serve(app, updateMe, async ({ actor, body, request }) => {
    const by = authorize(actor, 'change own account');
    if (!by.ok) return by;
    const me = by.value;
    const { requestId, name, password } = body;
    const outcome = await transactOnce<object>(parts, { actor: me, requestId, route: 'updateMe' }, async (change) => {
      if (name !== undefined) await change.sql.update(member).set({ name }).where(eq(member.id, me.id));
      if (password === undefined) return accepted({});
      const changed = await changePassword(parts, change.sql, { id: me.id, address: request.ip, ...password });
      if (changed.ok) await endLogins(change, me.id, me.loginId);
      return changed;
    });
    return outcome.ok ? accepted(await meOf(parts.database, me.id)) : outcome;
  });
}

/** Asks for the present password first: an unlocked screen is not enough. Guessing it counts like guessing at sign-in. */
async function changePassword(
  { throttles }: AccessParts,
  sql: Transaction,
  wish: { id: MemberId; address: string; present: string; next: string },
): Promise<Outcome<object>> {
  const [row] = await sql.select().from(member).where(eq(member.id, wish.id)).for('update');
  if (row === undefined) return refused('not-signed-in');
  const attempt = await throttles.signIn({
    email: row.email,
    address: addressGroup(wish.address),
    familiar: true,
  });
  if (!attempt.ok) return attempt;
  if (!(await isPassword(row.passwordHash, wish.present))) return refused('wrong-credentials', 'password.present');
  await attempt.value.forgive();
  await sql
    .update(member)
    .set({ passwordHash: await hashPassword(wish.next) })
    .where(eq(member.id, wish.id));
  return accepted({});
}
