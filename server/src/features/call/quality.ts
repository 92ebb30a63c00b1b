import { eq } from 'drizzle-orm';
import { reportQuality } from '#contract/call/quality.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import type { Sessions } from '../session/index.ts';
import { placeOf } from './place.ts';
import { callQuality } from './tables.ts';

/** Keeps what a participant's page has measured of its call, in place of what it said before. Nobody is told. */
export function serveQuality(app: App, parts: FeatureParts): void {
  serve(app, reportQuality, async ({ actor, params, body }): Promise<Outcome<Record<string, never>>> => {
    const place = await placeOf(parts, actor, params.sessionId);
    if (!place.ok) return place;
    const { row, own } = place.value;
    if (own.state === 'outside') return refused('not-joined');
    if (row.erasedAt !== null) return refused('not-in-this-state');
    const measured = {
      seconds: rounded(body.seconds),
      roundTripMs: rounded(body.roundTripMs),
      lossShare: rounded(body.lossShare),
      frozenSeconds: rounded(body.frozenSeconds),
      at: parts.clock(),
    };
    await parts.database
      .insert(callQuality)
      .values({ participantId: own.id, sessionId: row.id, ...measured })
      .onConflictDoUpdate({ target: callQuality.participantId, set: measured });
    return accepted({});
  });
}

/** PostgreSQL refuses a `real` that is nearly nothing. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** What was measured goes with the session. */
export function eraseQuality(sessions: Pick<Sessions, 'onErase'>): void {
  sessions.onErase({
    rows: async (change, row) => {
      await change.sql.delete(callQuality).where(eq(callQuality.sessionId, row.id));
    },
    files: async () => {},
  });
}
