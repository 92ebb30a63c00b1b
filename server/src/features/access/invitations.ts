import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import { type Invitation, invite, listInvitations, revokeInvitation } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { InvitationId } from '#contract/ids.ts';
import type { MemberActor } from '#core/access/actor.ts';
import { invitationEnd } from '#core/access/expiry.ts';
import { mayGrant } from '#core/access/roles.ts';
import { type Change, transact, transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { invitationMail } from './mail-words.ts';
import { organizationName } from './organization.ts';
import { authorize } from './policy.ts';
import { hashOf, newId, newSecret } from './secrets.ts';
import { invitation, member } from './tables.ts';

type Shown = z.infer<typeof Invitation>;

const isOpen = (now: Date) => and(isNull(invitation.acceptedAt), gt(invitation.expiresAt, now));

/** Managers invite new members. */
export function serveInvitations(app: App, parts: AccessParts): void {
  serve(app, listInvitations, async ({ actor }) => {
    const by = authorize(actor, 'see invitations');
    if (!by.ok) return by;
    const rows = await parts.database
      .select({
        id: invitation.id,
        email: invitation.email,
        role: invitation.role,
        invitedBy: member.name,
        expiresAt: invitation.expiresAt,
      })
      .from(invitation)
      .innerJoin(member, eq(member.id, invitation.invitedBy))
      .where(isOpen(parts.clock()))
      .orderBy(asc(invitation.email));
    return accepted({ invitations: rows.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() })) });
  });

  serve(app, invite, async ({ actor, body, language, request }) => {
    const by = authorize(actor, 'invite');
    if (!by.ok) return by;
    const { requestId, ...wish } = body;
    const secret = newSecret();
    const link = `${originOf(parts, request)}/invitation/${secret}`;
    const sendLink = async (change: Change, { email, role, invitedBy }: Shown) => {
      const organization = await organizationName(change.sql);
      await parts.mails.send(change, invitationMail(language, email, { organization, invitedBy, role }, link));
    };
    let fresh = false;
    const asked = { actor: by.value, requestId, route: 'invite' };
    const outcome = await transactOnce<Shown>(parts, asked, async (change) => {
      fresh = true;
      const kept = await keepInvitation(change, by.value, wish, hashOf(secret));
      if (kept.ok) await sendLink(change, kept.value);
      return kept;
    });
    if (!outcome.ok) return outcome;
    // The link is nowhere but in the answer and the mail. Whoever asks again has not got it, so the repeat brings a new one.
    if (!fresh) {
      const renewed = await transact(parts, async (change) => {
        const found = await renewSecret(change, outcome.value.id, hashOf(secret));
        if (found.ok) await sendLink(change, outcome.value);
        return found;
      });
      if (!renewed.ok) return renewed;
    }
    return accepted({ invitation: outcome.value, link });
  });

  serve(app, revokeInvitation, async ({ actor, params }) => {
    const by = authorize(actor, 'take back invitations');
    if (!by.ok) return by;
    const { role } = by.value;
    return transact(parts, async ({ sql, now }) => {
      const mine = and(eq(invitation.id, params.invitationId), isOpen(now));
      const [found] = await sql.select({ role: invitation.role }).from(invitation).where(mine).for('update');
      if (found === undefined) return refused('not-found');
      if (!mayGrant(role, found.role)) return refused('not-allowed');
      await sql.delete(invitation).where(eq(invitation.id, params.invitationId));
      return accepted({});
    });
  });
}

async function keepInvitation(
  { sql, now }: Change,
  by: MemberActor,
  { email, role }: Pick<Shown, 'email' | 'role'>,
  secretHash: string,
): Promise<Outcome<Shown>> {
  if (!mayGrant(by.role, role)) return refused('not-allowed', 'role');
  const [taken] = await sql.select({ id: member.id }).from(member).where(eq(member.email, email));
  if (taken !== undefined) return refused('email-taken', 'email');
  const expiresAt = invitationEnd(now);
  // The one that it replaces is gone with its id: a late repeat of that request must not touch this one.
  const values = { id: newId(InvitationId), role, secretHash, invitedBy: by.id, createdAt: now, expiresAt };
  const [earlier] = await sql
    .select({ role: invitation.role })
    .from(invitation)
    .where(and(eq(invitation.email, email), isOpen(now)))
    .for('update');
  if (earlier !== undefined && !mayGrant(by.role, earlier.role)) return refused('not-allowed', 'email');
  await sql
    .insert(invitation)
    .values({ email, ...values })
    .onConflictDoUpdate({ target: invitation.email, targetWhere: isNull(invitation.acceptedAt), set: values });
  return accepted({ id: values.id, email, role, invitedBy: by.name, expiresAt: expiresAt.toISOString() });
}

async function renewSecret({ sql, now }: Change, id: InvitationId, secretHash: string): Promise<Outcome<object>> {
  const renewed = await sql
    .update(invitation)
    .set({ secretHash })
    .where(and(eq(invitation.id, id), isOpen(now)))
    .returning({ id: invitation.id });
  return renewed.length === 0 ? refused('not-in-this-state') : accepted({});
}

/** The address that the inviting member uses is one that works for members; except this computer's own name for itself. */
function originOf({ phoneOrigin }: AccessParts, request: FastifyRequest): string {
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(request.hostname);
  return local ? phoneOrigin() : `${request.protocol}://${request.host}`;
}
