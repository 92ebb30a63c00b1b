import { randomUUID } from 'node:crypto';
import { and, asc, count, eq, type SQL } from 'drizzle-orm';
import { accepted, refused } from '#contract/errors.ts';
import { pushKey, subscribeToPush, unsubscribeFromPush } from '#contract/notification/http.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { isPushService } from '#core/notification/push-services.ts';
import { transact } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { NotificationParts } from './notification-parts.ts';
import { pushSubscription } from './tables.ts';

/** A browser has one for each of our two pages; more are leftovers of one that has forgotten its own. */
const MOST_PER_OWNER = 10;

const ownerOf = (actor: KnownActor) =>
  actor.kind === 'member' ? { loginId: actor.loginId, deviceId: null } : { loginId: null, deviceId: actor.deviceId };

const isMine = (actor: KnownActor): SQL =>
  actor.kind === 'member' ? eq(pushSubscription.loginId, actor.loginId) : eq(pushSubscription.deviceId, actor.deviceId);

/** Browsers sign up for push messages, for as long as the login or the device lasts. */
export function servePush(app: App, parts: NotificationParts): void {
  serve(app, pushKey, async ({ actor }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    return accepted({ publicKey: (await parts.pushKeys()).publicKey });
  });

  serve(app, subscribeToPush, async ({ actor, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const { endpoint, keys } = body;
    if (!isPushService(endpoint)) return refused('malformed', 'endpoint');
    return transact(parts, async ({ sql, now }) => {
      const values = { ...ownerOf(actor), ...keys, createdAt: now };
      // Whoever holds the address now is who uses that browser.
      await sql
        .insert(pushSubscription)
        .values({ id: randomUUID(), endpoint, ...values })
        .onConflictDoUpdate({ target: pushSubscription.endpoint, set: values });
      const [mine] = await sql.select({ rows: count() }).from(pushSubscription).where(isMine(actor));
      const tooMany = (mine?.rows ?? 0) - MOST_PER_OWNER;
      if (tooMany > 0) {
        const oldest = await sql
          .select({ id: pushSubscription.id })
          .from(pushSubscription)
          .where(isMine(actor))
          .orderBy(asc(pushSubscription.createdAt))
          .limit(tooMany);
        for (const { id } of oldest) await sql.delete(pushSubscription).where(eq(pushSubscription.id, id));
      }
      return accepted({});
    });
  });

  serve(app, unsubscribeFromPush, async ({ actor, query }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    await parts.database
      .delete(pushSubscription)
      .where(and(isMine(actor), eq(pushSubscription.endpoint, query.endpoint)));
    return accepted({});
  });
}
