import { createHash } from 'node:crypto';
import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import webPush from 'web-push';
import * as z from 'zod/mini';
import { CodeId, DeviceId, MemberId, SessionId } from '#contract/ids.ts';
import { Notification } from '#contract/notification/http.ts';
import type { Change } from '../../database/transact.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { code, codeUser, login, member } from '../access/index.ts';
import { mayAskerKnow } from './may-know.ts';
import type { NotificationParts } from './notification-parts.ts';
import { pushSubscription } from './tables.ts';

/** A push message on its way to all browsers of one person. */
export const Push = z.object({
  ...Notification.shape,
  who: z.union([z.object({ memberId: MemberId }), z.object({ deviceId: DeviceId })]),
  /** Whose use lets a device hear of it. */
  codeId: z.nullable(CodeId),
  /** Messages with the same tag replace each other. */
  tag: z.string(),
  unlessInternal: z.optional(SessionId),
  attempt: z._default(z.int(), 0),
  /** In a later attempt: those that were not reached. */
  only: z.optional(z.array(z.uuid())),
});
type Push = z.output<typeof Push>;

/** After how long what was not taken is tried again; then it is old. */
const waitsMs = [5_000, 60_000, 600_000];
const URGENT_TTL_S = 3600;
const USUAL_TTL_S = 24 * 3600;

/** Sends it after the change is committed. */
export const sendPush = (jobs: Jobs, change: Change, push: z.input<typeof Push>): Promise<void> =>
  jobs.send('push', push, { change });

/** Delivers one: to every browser that has signed up and may still hear of it. */
export async function deliverPush(parts: NotificationParts, push: Push): Promise<void> {
  const { database } = parts;
  if (push.unlessInternal !== undefined && !(await mayAskerKnow(database, push.unlessInternal))) return;
  const found = await findSubscriptions(parts, push);
  const keys = found.length === 0 ? null : await parts.pushKeys();
  if (keys === null) return;
  const { publicUrl, mailFrom } = parts.config;
  const subject = publicUrl?.startsWith('https:') === true ? publicUrl : `mailto:${mailFrom.address}`;
  const { kind, title, text, path, tag } = push;
  const isUrgent = kind === 'request' || kind === 'reminder' || kind === 'missed-call' || kind === 'answer';
  const options = {
    vapidDetails: { subject, ...keys },
    TTL: kind === 'reminder' ? URGENT_TTL_S : USUAL_TTL_S,
    urgency: isUrgent ? 'high' : 'normal',
    topic: createHash('sha256').update(tag).digest('base64url').slice(0, 32),
  } as const;
  const unreached = await Promise.all(
    found.map(async ({ id, endpoint, p256dh, auth }) => {
      const to = { endpoint, keys: { p256dh, auth } };
      const isReached = await post(parts, id, to, JSON.stringify({ title, text, path, tag }), options);
      return isReached ? [] : [id];
    }),
  );
  const only = unreached.flat();
  const afterMs = waitsMs[push.attempt];
  if (only.length === 0 || afterMs === undefined) return;
  await parts.jobs.send('push', { ...push, attempt: push.attempt + 1, only }, { afterMs });
}

/** False: it is worth another attempt. */
async function post(
  { database, log, postPush }: NotificationParts,
  id: string,
  to: webPush.PushSubscription,
  payload: string,
  options: webPush.RequestOptions,
): Promise<boolean> {
  try {
    const { endpoint, headers, body } = webPush.generateRequestDetails(to, payload, options);
    // What fetch counts itself it wants to write itself.
    const named = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() !== 'content-length');
    const sent = Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
    const status = await postPush({ endpoint, headers: sent, body: new Uint8Array(body) });
    if (status === 404 || status === 410) {
      await database.delete(pushSubscription).where(eq(pushSubscription.id, id));
      return true;
    }
    if (status < 300) return true;
    log.warn({ status, service: new URL(endpoint).host }, 'a push message was not taken');
    return status < 500 && status !== 429;
  } catch (error) {
    log.warn({ err: error }, 'a push service could not be reached');
    return false;
  }
}

/** Logins that are over and devices that have lost the code hear nothing any more. */
async function findSubscriptions({ database, clock }: NotificationParts, { who, codeId, only }: Push) {
  const { id, endpoint, p256dh, auth } = pushSubscription;
  const columns = { id, endpoint, p256dh, auth };
  const among = only === undefined ? undefined : inArray(pushSubscription.id, only);
  if ('memberId' in who) {
    return database
      .select(columns)
      .from(pushSubscription)
      .innerJoin(login, eq(login.id, pushSubscription.loginId))
      .innerJoin(member, eq(member.id, login.memberId))
      .where(
        and(
          eq(member.id, who.memberId),
          eq(member.active, true),
          isNull(login.endedAt),
          gt(login.expiresAt, clock()),
          among,
        ),
      );
  }
  if (codeId === null) return [];
  return database
    .select(columns)
    .from(pushSubscription)
    .innerJoin(codeUser, eq(codeUser.deviceId, pushSubscription.deviceId))
    .innerJoin(code, and(eq(code.id, codeUser.codeId), eq(code.generation, codeUser.generation)))
    .where(and(eq(pushSubscription.deviceId, who.deviceId), eq(code.id, codeId), eq(code.enabled, true), among));
}
