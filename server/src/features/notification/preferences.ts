import { eq, inArray } from 'drizzle-orm';
import * as z from 'zod/mini';
import { accepted, refused } from '#contract/errors.ts';
import { changePreferences, defaultPreferences, Preferences, readPreferences } from '#contract/notification/http.ts';
import { actorKey } from '#core/access/actor.ts';
import type { Database, Transaction } from '../../database/pool.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { NotificationParts } from './notification-parts.ts';
import { notificationPreference } from './tables.ts';

/** As they are kept: a kind that came with a later version is not in there yet. */
const Kept = z.record(z.string(), z.unknown());

const preferencesOf = (kept: unknown): Preferences =>
  Preferences.parse({ ...defaultPreferences, ...(kept === undefined ? {} : Kept.parse(kept)) });

/** What these people have chosen, by their actor keys; who is missing in the answer has chosen nothing. */
export async function readPreferencesOf(
  database: Database | Transaction,
  owners: readonly string[],
): Promise<(owner: string) => Preferences> {
  const rows =
    owners.length === 0
      ? []
      : await database
          .select()
          .from(notificationPreference)
          .where(inArray(notificationPreference.owner, [...owners]));
  const kept = new Map(rows.map((row) => [row.owner, row.preferences]));
  return (owner) => preferencesOf(kept.get(owner));
}

/** Everybody reads and changes their own. */
export function servePreferences(app: App, { database }: NotificationParts): void {
  serve(app, readPreferences, async ({ actor }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const [row] = await database
      .select()
      .from(notificationPreference)
      .where(eq(notificationPreference.owner, actorKey(actor)));
    return accepted(preferencesOf(row?.preferences));
  });
  serve(app, changePreferences, async ({ actor, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    await database
      .insert(notificationPreference)
      .values({ owner: actorKey(actor), preferences: body })
      .onConflictDoUpdate({ target: notificationPreference.owner, set: { preferences: body } });
    return accepted(body);
  });
}
