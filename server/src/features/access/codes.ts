import { and, asc, eq, ilike, or, type SQL, sql } from 'drizzle-orm';
import { type Code, createCode, listCodes, readCode, rotateCode, updateCode } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { CodeId, type DeviceId } from '#contract/ids.ts';
import { type Change, transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { codeUsersOf, deviceRoom } from '../../realtime/rooms.ts';
import type { AccessParts } from './access-parts.ts';
import { authorize } from './policy.ts';
import { newId, newSecret, newShortCode } from './secrets.ts';
import { code, codeUser } from './tables.ts';

/** The code's page on this server. */
export const codeLinkPath = (linkSecret: string): string => `/c/${linkSecret}`;

/** Changes keep the code's id as their answer; what is shown is read afterwards, so no secret lies in stored answers. */
type Changed = { readonly id: CodeId };

/** Members see the codes; managers make, rename, switch and rotate them. */
export function serveCodes(app: App, parts: AccessParts): void {
  serve(app, listCodes, async ({ actor, query }) => {
    const by = authorize(actor, 'see codes');
    if (!by.ok) return by;
    const search = query.search?.trim() ?? '';
    return accepted({ codes: await readCodes(parts, search === '' ? undefined : matches(search)) });
  });

  serve(app, readCode, async ({ actor, params }) => {
    const by = authorize(actor, 'see codes');
    return by.ok ? readOne(parts, params.codeId) : by;
  });

  serve(app, createCode, async ({ actor, body }) => {
    const by = authorize(actor, 'create codes');
    if (!by.ok) return by;
    const asked = { actor: by.value, requestId: body.requestId, route: 'createCode' };
    const made = await transactOnce<Changed>(parts, asked, (change) => keepCode(change, body.name));
    return made.ok ? readOne(parts, made.value.id) : made;
  });

  serve(app, updateCode, async ({ actor, params, body }) => {
    const by = authorize(actor, 'change codes');
    if (!by.ok) return by;
    const { requestId, name, enabled, directCall } = body;
    const asked = { actor: by.value, requestId, route: 'updateCode' };
    const outcome = await transactOnce<Changed>(parts, asked, async (change) => {
      const [found] = await change.sql
        .update(code)
        // A wish for nothing is one too; an update has to name a column, and passes over what is undefined.
        .set({ id: params.codeId, name, enabled, directCall })
        .where(eq(code.id, params.codeId))
        .returning();
      if (found === undefined) return refused('not-found');
      if (enabled === false) await shutOutUsers(change, params.codeId);
      return accepted({ id: params.codeId });
    });
    return outcome.ok ? readOne(parts, params.codeId) : outcome;
  });

  serve(app, rotateCode, async ({ actor, params, body }) => {
    const by = authorize(actor, 'change codes');
    if (!by.ok) return by;
    const asked = { actor: by.value, requestId: body.requestId, route: 'rotateCode' };
    const outcome = await transactOnce<Changed>(parts, asked, async (change) => {
      await shutOutUsers(change, params.codeId);
      return rotate(change, params.codeId);
    });
    return outcome.ok ? readOne(parts, params.codeId) : outcome;
  });
}

/** In names anywhere, in the short code with or without its dash. */
function matches(search: string): SQL | undefined {
  const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const typed = search.replace(/[\s-]/g, '');
  return or(ilike(code.name, pattern(search)), ...(typed === '' ? [] : [ilike(code.shortCode, pattern(typed))]));
}

async function readCodes(parts: AccessParts, where: SQL | undefined): Promise<Code[]> {
  const rows = await parts.database.select().from(code).where(where).orderBy(asc(code.name), asc(code.id));
  const open = rows.length === 0 ? new Map<CodeId, number>() : await parts.countOpenTickets(rows.map(({ id }) => id));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    link: `${parts.phoneOrigin()}${codeLinkPath(row.linkSecret)}`,
    shortCode: row.shortCode,
    directCall: row.directCall,
    openTickets: open.get(row.id) ?? 0,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** One code as members see it. */
export async function readOne(parts: AccessParts, id: CodeId): Promise<Outcome<Code>> {
  const [found] = await readCodes(parts, eq(code.id, id));
  return found === undefined ? refused('not-found') : accepted(found);
}

/** Keeps a new code with a short code that no other has. */
async function keepCode({ sql: change, now }: Change, name: string): Promise<Outcome<Changed>> {
  const id = newId(CodeId);
  for (let tries = 0; tries < 20; tries += 1) {
    const made = await change
      .insert(code)
      .values({ id, name, linkSecret: newSecret(), shortCode: newShortCode(), createdAt: now })
      .onConflictDoNothing()
      .returning({ id: code.id });
    if (made.length > 0) return accepted({ id });
  }
  throw new Error('no free short code was found');
}

async function rotate({ sql: change }: Change, id: CodeId): Promise<Outcome<Changed>> {
  for (let tries = 0; tries < 20; tries += 1) {
    const shortCode = newShortCode();
    const [taken] = await change.select({ id: code.id }).from(code).where(eq(code.shortCode, shortCode));
    if (taken !== undefined) continue;
    const rotated = await change
      .update(code)
      .set({ linkSecret: newSecret(), shortCode, generation: sql`${code.generation} + 1` })
      .where(eq(code.id, id))
      .returning({ id: code.id });
    return rotated.length === 0 ? refused('not-found') : accepted({ id });
  }
  throw new Error('no free short code was found');
}

/** The devices that use the code, as it is now. */
export async function usersOf(change: Change['sql'], id: CodeId): Promise<DeviceId[]> {
  const rows = await change
    .select({ deviceId: codeUser.deviceId })
    .from(codeUser)
    .innerJoin(code, and(eq(code.id, codeUser.codeId), eq(code.generation, codeUser.generation)))
    .where(eq(codeUser.codeId, id));
  return rows.map(({ deviceId }) => deviceId);
}

/** Open pages lose what they heard at once: their lists, and whatever ticket or session they follow. */
async function shutOutUsers(change: Change, id: CodeId): Promise<void> {
  change.shutOut(codeUsersOf(id));
  for (const deviceId of await usersOf(change.sql, id)) change.shutOut(deviceRoom(deviceId));
}
