import { and, eq, gt, isNull } from 'drizzle-orm';
import { acceptInvitation, readInvitation } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { MemberId, type RequestId } from '#contract/ids.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { type Change, transact } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { giveLogin, keepLogin } from './logins.ts';
import { organizationName } from './organization.ts';
import { meOf } from './own-account.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { hashOf, newId } from './secrets.ts';
import { invitation, member } from './tables.ts';

/**
 * An invited person becomes a member by the link's secret.
 *
 * There is no actor yet to remember a repeated request by. Instead the invitation keeps the id of the request that accepted it: the
 * same id again, with the password then chosen, is the same person whose answer was lost, and gets a new login. To everybody
 * else a used invitation is none.
 */
export function serveInvitationLinks(app: App, parts: AccessParts): void {
  serve(app, readInvitation, async ({ params }) => {
    const found = await findInvitation(parts.database, params.secret, parts.clock());
    if (found === null) return refused('not-found');
    const name = await organizationName(parts.database);
    return accepted({ organization: { name }, email: found.email, role: found.role });
  });

  serve(app, acceptInvitation, async ({ params, body, request, reply }) => {
    const { name, password, requestId } = body;
    const open = await findInvitation(parts.database, params.secret, parts.clock());
    const passwordHash = open === null ? null : await hashPassword(password);
    const outcome = await transact(parts, async (change) => {
      const found = passwordHash === null ? null : await lockInvitation(change, params.secret);
      const joined =
        found === null || passwordHash === null
          ? await findRepeat(change.sql, { secret: params.secret, requestId, password })
          : await join(change, found, { name, passwordHash, requestId });
      if (!joined.ok) return joined;
      return accepted({ id: joined.value, login: await keepLogin(change, joined.value, request) });
    });
    if (!outcome.ok) return outcome;
    giveLogin(request, reply, outcome.value.login);
    return accepted(await meOf(parts.database, outcome.value.id));
  });
}

type Found = typeof invitation.$inferSelect;

const opens = (secret: string, now: Date) =>
  and(eq(invitation.secretHash, hashOf(secret)), isNull(invitation.acceptedAt), gt(invitation.expiresAt, now));

async function findInvitation(database: Database, secret: string, now: Date): Promise<Found | null> {
  const [row] = await database.select().from(invitation).where(opens(secret, now));
  return row ?? null;
}

/** Of two at the same time the second waits here, and then finds the invitation used. */
async function lockInvitation({ sql, now }: Change, secret: string): Promise<Found | null> {
  const [row] = await sql.select().from(invitation).where(opens(secret, now)).for('update');
  return row ?? null;
}

async function join(
  { sql, now }: Change,
  { id: invitationId, email, role }: Found,
  { name, passwordHash, requestId }: { name: string; passwordHash: string; requestId: RequestId },
): Promise<Outcome<MemberId>> {
  const id = newId(MemberId);
  const made = await sql
    .insert(member)
    .values({ id, email, name, role, passwordHash, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: member.id });
  if (made.length === 0) return refused('email-taken');
  await sql
    .update(invitation)
    .set({ acceptedAt: now, acceptedRequest: requestId, acceptedBy: id })
    .where(eq(invitation.id, invitationId));
  return accepted(id);
}

async function findRepeat(
  sql: Transaction,
  { secret, requestId, password }: { secret: string; requestId: RequestId; password: string },
): Promise<Outcome<MemberId>> {
  const [row] = await sql
    .select({ id: member.id, passwordHash: member.passwordHash, active: member.active })
    .from(invitation)
    .innerJoin(member, eq(member.id, invitation.acceptedBy))
    .where(and(eq(invitation.secretHash, hashOf(secret)), eq(invitation.acceptedRequest, requestId)));
  const same = row?.active === true && (await isPassword(row.passwordHash, password));
  return same ? accepted(row.id) : refused('not-found');
}
