import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type * as z from 'zod/mini';
import { listMembers, type Member, updateMember } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { MemberId } from '#contract/ids.ts';
import { decideMemberChange } from '#core/access/roles.ts';
import { type Change, transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { endLogins, reconnectLogins } from './logins.ts';
import { lockMembers } from './organization.ts';
import { authorize } from './policy.ts';
import { member } from './tables.ts';

type Wish = z.output<typeof updateMember.body>;

const shown = ({ id, name, email, role, active, mayRecord, createdAt }: typeof member.$inferSelect): Member => ({
  id,
  name,
  email,
  role,
  active,
  mayRecord,
  createdAt: createdAt.toISOString(),
});

/** The organization's members: every member sees them, managers change their roles and switch them off. */
export function serveMembers(app: App, parts: AccessParts): void {
  serve(app, listMembers, async ({ actor }) => {
    const by = authorize(actor, 'see members');
    if (!by.ok) return by;
    const rows = await parts.database.select().from(member).orderBy(asc(member.name), asc(member.id));
    return accepted({ members: rows.map(shown) });
  });

  serve(app, updateMember, async ({ actor, params, body }) => {
    const by = authorize(actor, 'change members');
    if (!by.ok) return by;
    const { memberId } = params;
    const asked = { actor: by.value, requestId: body.requestId, route: 'updateMember' };
    return transactOnce<Member>(parts, asked, async (change) => {
      const changed = await changeMember(change, by.value.id, memberId, body);
      if (changed.ok) await (changed.value.active ? reconnectLogins : endLogins)(change, memberId);
      return changed;
    });
  });
}

async function changeMember(change: Change, by: MemberId, target: MemberId, wish: Wish): Promise<Outcome<Member>> {
  const { sql } = change;
  await lockMembers(sql);
  const rows = await sql
    .select()
    .from(member)
    .where(inArray(member.id, [by, target]));
  const standing = { by: rows.find(({ id }) => id === by), target: rows.find(({ id }) => id === target) };
  if (standing.by === undefined || standing.target === undefined) return refused('not-found');
  const [admins] = await sql
    .select({ count: count() })
    .from(member)
    .where(and(eq(member.role, 'admin'), eq(member.active, true)));
  const decided = decideMemberChange(standing.by, standing.target, wish, admins?.count ?? 0);
  if (!decided.ok) return decided;
  await sql.update(member).set(decided.value).where(eq(member.id, target));
  return accepted(shown({ ...standing.target, ...decided.value }));
}
