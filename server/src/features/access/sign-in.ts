import { and, eq, exists, gt, sql } from 'drizzle-orm';
import { signIn, signOut } from '#contract/access/http.ts';
import { accepted, refused } from '#contract/errors.ts';
import { addressGroup } from '#core/access/address-group.ts';
import { familiarSince } from '#core/access/expiry.ts';
import { transact } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { clearCookie } from './cookies.ts';
import { endLoginOf, giveLogin, keepLogin } from './logins.ts';
import { meOf } from './own-account.ts';
import { isPassword } from './passwords.ts';
import { login, member } from './tables.ts';

/** In and out. Whether an e-mail address has an account shows neither in the answer nor in its time nor in the throttling. */
export function serveSignIn(app: App, parts: AccessParts): void {
  serve(app, signIn, async ({ body, request, reply }) => {
    const { email, password } = body;
    const address = addressGroup(request.ip);
    const account = await findAccount(parts, email, address);
    const attempt = await parts.throttles.signIn({ email, address, familiar: account?.familiar ?? false });
    if (!attempt.ok) return attempt;
    const right = await isPassword(account?.passwordHash ?? null, password);
    if (account === null || !right || !account.active) return refused('wrong-credentials');
    await attempt.value.forgive();
    const outcome = await transact(parts, async (change) => {
      // The password may have been changed, or the member switched off, while the hash was computed.
      const unchanged = await change.sql
        .select({ id: member.id })
        .from(member)
        .where(and(eq(member.id, account.id), eq(member.passwordHash, account.passwordHash), eq(member.active, true)))
        .for('share');
      if (unchanged.length === 0) return refused('wrong-credentials');
      return accepted(await keepLogin(change, account.id, request));
    });
    if (!outcome.ok) return outcome;
    giveLogin(request, reply, outcome.value);
    return accepted(await meOf(parts.database, account.id));
  });

  // Whoever asks is signed out afterwards; nothing to refuse, and nothing that a repeat would change.
  serve(app, signOut, async ({ request, reply }) => {
    const outcome = await transact(parts, async (change) => {
      await endLoginOf(change, request);
      return accepted({});
    });
    if (outcome.ok) clearCookie(request, reply, 'login');
    return outcome;
  });
}

async function findAccount({ database, clock }: AccessParts, email: string, address: string) {
  const signedInHere = database
    .select({ one: sql`1` })
    .from(login)
    .where(
      and(eq(login.memberId, member.id), eq(login.addressGroup, address), gt(login.lastSeenAt, familiarSince(clock()))),
    );
  const [row] = await database
    .select({
      id: member.id,
      active: member.active,
      passwordHash: member.passwordHash,
      familiar: exists(signedInHere).mapWith(Boolean),
    })
    .from(member)
    .where(eq(member.email, email));
  return row ?? null;
}
