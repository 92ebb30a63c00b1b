import { and, eq, gt, isNull } from 'drizzle-orm';
import * as z from 'zod/mini';
import { askForReset, resetPassword, resetState } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { MemberId, type RequestId } from '#contract/ids.ts';
import { Language } from '#contract/language.ts';
import { Email } from '#contract/text.ts';
import { addressGroup } from '#core/access/address-group.ts';
import { resetEnd } from '#core/access/expiry.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { type Change, transact } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { endLogins, giveLogin, keepLogin } from './logins.ts';
import { resetMail } from './mail-words.ts';
import { organizationName } from './organization.ts';
import { meOf } from './own-account.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { hashOf, newSecret } from './secrets.ts';
import { member, passwordReset } from './tables.ts';

const Wish = z.object({ email: Email, language: Language });

/**
 * C9: a forgotten password. Who asks is answered before anybody has looked whether the address has an account: neither the answer
 * nor its time tells. The link is bound to no browser, works once, and goes to the account's own address only.
 */
export function servePasswordReset(app: App, parts: AccessParts): void {
  serve(app, askForReset, async ({ body, language, request }) => {
    const attempt = await parts.throttles.passwordReset({ email: body.email, address: addressGroup(request.ip) });
    if (!attempt.ok) return attempt;
    await parts.jobs.send('password-reset', { email: body.email, language });
    return accepted({});
  });
  parts.jobs.work(parts.signal, 'password-reset', Wish, async (wish) => {
    await transact(parts, (change) => sendLink(parts, change, wish));
  });

  serve(app, resetState, async ({ params }) => {
    const found = await findReset(parts.database, params.secret, parts.clock());
    return found === null ? refused('not-found') : accepted({ email: found.email });
  });

  serve(app, resetPassword, async ({ params, body, request, reply }) => {
    const { password, requestId } = body;
    const open = await findReset(parts.database, params.secret, parts.clock());
    const passwordHash = open === null ? null : await hashPassword(password);
    const outcome = await transact(parts, async (change) => {
      const changed =
        passwordHash === null
          ? await findRepeat(change.sql, { ...params, requestId, password })
          : await changePassword(change, { ...params, requestId, passwordHash });
      if (!changed.ok) return changed;
      return accepted({ id: changed.value, login: await keepLogin(change, changed.value, request) });
    });
    if (!outcome.ok) return outcome;
    giveLogin(request, reply, outcome.value.login);
    return accepted(await meOf(parts.database, outcome.value.id));
  });
}

async function sendLink(
  { mails, phoneOrigin }: AccessParts,
  change: Change,
  { email, language }: z.output<typeof Wish>,
): Promise<Outcome<object>> {
  const { sql, now } = change;
  const [found] = await sql
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.email, email), eq(member.active, true)));
  if (found === undefined) return accepted({});
  const secret = newSecret();
  await sql
    .insert(passwordReset)
    .values({ secretHash: hashOf(secret), memberId: found.id, createdAt: now, expiresAt: resetEnd(now) });
  // Never by the address that the request came to: whoever asks for somebody else could name one of their own.
  const link = `${phoneOrigin()}/reset/${secret}`;
  await mails.send(change, resetMail(language, email, await organizationName(sql), link));
  return accepted({});
}

const opens = (secret: string, now: Date) =>
  and(
    eq(passwordReset.secretHash, hashOf(secret)),
    isNull(passwordReset.usedAt),
    gt(passwordReset.expiresAt, now),
    eq(member.active, true),
  );

const select = (database: Database | Transaction) =>
  database
    .select({ memberId: member.id, email: member.email })
    .from(passwordReset)
    .innerJoin(member, eq(member.id, passwordReset.memberId));

async function findReset(database: Database, secret: string, now: Date) {
  const [row] = await select(database).where(opens(secret, now));
  return row ?? null;
}

/** Of two at the same time, by one link or by two of one account, the second waits here, and then finds the link used. */
async function changePassword(
  change: Change,
  wish: { secret: string; requestId: RequestId; passwordHash: string },
): Promise<Outcome<MemberId>> {
  const { sql, now } = change;
  const [seen] = await select(sql).where(opens(wish.secret, now));
  if (seen === undefined) return refused('not-found');
  const { memberId } = seen;
  // The account before its links, and looked at again: who locks a link first waits for the others' for ever.
  await sql.select({ id: member.id }).from(member).where(eq(member.id, memberId)).for('update');
  const [found] = await select(sql).where(opens(wish.secret, now));
  if (found === undefined) return refused('not-found');
  await sql.update(member).set({ passwordHash: wish.passwordHash }).where(eq(member.id, memberId));
  // What else was asked for goes with it: a link that is still on its way must not change it once more.
  await sql
    .update(passwordReset)
    .set({ usedAt: now })
    .where(and(eq(passwordReset.memberId, memberId), isNull(passwordReset.usedAt)));
  await sql
    .update(passwordReset)
    .set({ usedRequest: wish.requestId })
    .where(eq(passwordReset.secretHash, hashOf(wish.secret)));
  await endLogins(change, memberId);
  return accepted(MemberId.parse(memberId));
}

/** The request that used the link, sent again because its answer was lost. */
async function findRepeat(
  sql: Transaction,
  { secret, requestId, password }: { secret: string; requestId: RequestId; password: string },
): Promise<Outcome<MemberId>> {
  const [row] = await sql
    .select({ id: member.id, passwordHash: member.passwordHash, active: member.active })
    .from(passwordReset)
    .innerJoin(member, eq(member.id, passwordReset.memberId))
    .where(and(eq(passwordReset.secretHash, hashOf(secret)), eq(passwordReset.usedRequest, requestId)));
  const same = row?.active === true && (await isPassword(row.passwordHash, password));
  return same ? accepted(row.id) : refused('not-found');
}
