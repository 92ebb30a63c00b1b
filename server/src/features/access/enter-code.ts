import { and, eq, gt } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import { type CodeKey, type CodeUser, enterCode, openCode } from '#contract/access/http.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { DeviceId, type RequestId } from '#contract/ids.ts';
import type { CodeUserActor } from '#core/access/actor.ts';
import { addressGroup } from '#core/access/address-group.ts';
import { deviceEnd } from '#core/access/expiry.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import { type Change, transact, transactOnce } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { languageOfRequest } from '../../http/language.ts';
import { serve } from '../../http/serve.ts';
import type { AccessParts } from './access-parts.ts';
import { findCodeUser } from './actor-of.ts';
import { codeLinkPath } from './codes.ts';
import { cookieOf, giveCookie } from './cookies.ts';
import { organizationName } from './organization.ts';
import { hashOf, newId, newSecret } from './secrets.ts';
import { code, codeUser, device, deviceToken } from './tables.ts';

type Key = z.output<typeof CodeKey>;
type Entered = z.infer<typeof CodeUser>;
type FoundCode = typeof code.$inferSelect;
interface Entry {
  readonly requestId: RequestId;
  readonly key: Key;
  readonly displayName: string;
}

/**
 * The customer's way in: open a code by its link or short code, give a name, and be remembered by a cookie.
 *
 * A device that is known already is the actor whose repeated requests are recognised. A new device has no cookie to be recognised by,
 * so it keeps the id of the request that made it: the same id again, with a key of the same code, is the browser whose
 * answer was lost, and gets one more cookie for the device that it made.
 */
export function serveCodeEntry(app: App, parts: AccessParts): void {
  serve(app, openCode, async ({ body, request, reply }) => {
    const visitor = await findCodeUser(parts, request.cookies);
    const found = await findByKey(parts, body, request, visitor);
    if (!found.ok) return found;
    if (visitor !== null) await keepRemembering(parts, request, reply);
    const { id, name, linkSecret } = found.value;
    return accepted({
      organization: { name: await organizationName(parts.database) },
      code: { id, name, linkPath: codeLinkPath(linkSecret) },
      displayName: visitor?.name ?? null,
      entered: visitor?.codeIds.includes(id) ?? false,
    });
  });

  serve(app, enterCode, async ({ body, request, reply }) => {
    const visitor = await findCodeUser(parts, request.cookies);
    const found = await findByKey(parts, body.key, request, visitor);
    if (!found.ok) return found;
    if (visitor === null) return enterAsNew(parts, found.value, body, request, reply);
    const asked = { actor: visitor, requestId: body.requestId, route: 'enterCode' };
    const outcome = await transactOnce<Entered>(parts, asked, async (change) => {
      await change.sql.update(device).set({ displayName: body.displayName }).where(eq(device.id, visitor.deviceId));
      return keepCodeUser(change, found.value, visitor.deviceId, body.displayName);
    });
    if (outcome.ok) await keepRemembering(parts, request, reply);
    return outcome;
  });
}

/**
 * A code that doesn't exist, was rotated or is switched off: the answer is the same. A wrong short code counts as a guess;
 * a link's 256 bits need no counting.
 */
async function findByKey(
  { database, throttles }: AccessParts,
  key: Key,
  request: FastifyRequest,
  visitor: CodeUserActor | null,
): Promise<Outcome<FoundCode>> {
  if ('link' in key) return foundOrNot(await findCode(database, eq(code.linkSecret, key.link)));
  const guess = { address: addressGroup(request.ip), deviceId: visitor?.deviceId ?? null };
  const attempt = await throttles.shortCode(guess);
  if (!attempt.ok) return attempt;
  const found = await findCode(database, eq(code.shortCode, key.shortCode));
  if (found !== null) await attempt.value.forgive();
  return foundOrNot(found);
}

const foundOrNot = (found: FoundCode | null): Outcome<FoundCode> =>
  found === null ? refused('not-found') : accepted(found);

async function findCode(database: Database, where: ReturnType<typeof eq>): Promise<FoundCode | null> {
  const [row] = await database
    .select()
    .from(code)
    .where(and(where, eq(code.enabled, true)));
  return row ?? null;
}

async function enterAsNew(
  parts: AccessParts,
  found: FoundCode,
  { requestId, displayName }: Entry,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Outcome<Entered>> {
  // A link on a poster must not be a way to fill the database.
  const attempt = await parts.throttles.newDevice({ address: addressGroup(request.ip) });
  if (!attempt.ok) return attempt;
  const token = newSecret();
  const outcome = await transact(parts, async (change) => {
    const { sql, now } = change;
    const id = newId(DeviceId);
    const made = await sql
      .insert(device)
      .values({ id, displayName, language: languageOfRequest(request), madeByRequest: requestId, createdAt: now })
      .onConflictDoNothing()
      .returning({ id: device.id });
    const entered: Outcome<Entered> =
      made.length > 0 ? await keepCodeUser(change, found, id, displayName) : await findRepeat(sql, requestId, found);
    if (!entered.ok) return entered;
    const kept = { tokenHash: hashOf(token), deviceId: entered.value.deviceId, expiresAt: deviceEnd(now) };
    await sql.insert(deviceToken).values(kept);
    return accepted({ entered: entered.value, expiresAt: kept.expiresAt });
  });
  if (!outcome.ok) return outcome;
  giveCookie(request, reply, 'device', token, outcome.value.expiresAt);
  return accepted(outcome.value.entered);
}

async function keepCodeUser(
  { sql, now }: Change,
  { id: codeId, generation }: FoundCode,
  deviceId: DeviceId,
  displayName: string,
): Promise<Outcome<Entered>> {
  const entered = { generation, enteredAt: now };
  await sql
    .insert(codeUser)
    .values({ deviceId, codeId, ...entered })
    .onConflictDoUpdate({ target: [codeUser.deviceId, codeUser.codeId], set: entered });
  return accepted({ deviceId, codeId, displayName });
}

/** The device that this very request made, if it was for this code. */
async function findRepeat(sql: Transaction, requestId: RequestId, found: FoundCode): Promise<Outcome<Entered>> {
  const [row] = await sql
    .select({ deviceId: device.id, displayName: device.displayName })
    .from(device)
    .innerJoin(codeUser, and(eq(codeUser.deviceId, device.id), eq(codeUser.generation, found.generation)))
    .where(and(eq(device.madeByRequest, requestId), eq(codeUser.codeId, found.id)));
  return row === undefined ? refused('request-id-reused', 'requestId') : accepted({ ...row, codeId: found.id });
}

/** A device that comes back is remembered from then on as long as a new one. */
async function keepRemembering(parts: AccessParts, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = cookieOf(request.cookies, 'device');
  if (token === undefined) return;
  const now = parts.clock();
  const expiresAt = deviceEnd(now);
  await parts.database
    .update(deviceToken)
    .set({ expiresAt })
    .where(and(eq(deviceToken.tokenHash, hashOf(token)), gt(deviceToken.expiresAt, now)));
  giveCookie(request, reply, 'device', token, expiresAt);
}
