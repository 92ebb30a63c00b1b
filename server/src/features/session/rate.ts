import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { RequestId } from '#contract/ids.ts';
import type { Rating, WentWrong } from '#contract/session/rating.ts';
import * as routes from '#contract/session/rating.ts';
import type { CodeUserActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import { rateableUntil } from '#core/session/rating.ts';
import { type Change, transactOnce } from '../../database/transact.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { mayListOfCode, mayRate, mayReadAllRatings, maySee } from './policy.ts';
import { findRateable, findRatings, keepRating } from './rating-store.ts';
import { logInSession, takeStep, tellSessionChanged } from './step.ts';
import { findOwnParticipant, findSession, type SessionRow, stillSees } from './store.ts';

interface Wish {
  readonly requestId: RequestId;
  readonly stars: number;
  readonly comment: string;
  readonly wentWrong: readonly WentWrong[];
}

/** A9: the HTTP side of ratings. */
export function serveRatings(app: App, parts: FeatureParts): void {
  const { database, clock } = parts;

  serve(app, routes.rateSession, async ({ actor, params, body }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const mayStill = stillSees(actor, params.sessionId);
    const asked = { actor, requestId: body.requestId, route: `rateSession ${params.sessionId}`, mayStill };
    return transactOnce<Rating>(parts, asked, async (change) => {
      const row = await findSession(change.sql, params.sessionId, true);
      if (row === null || !maySee(actor, row)) return refused('not-found');
      if (!mayRate(actor, row)) return refused('not-allowed');
      return rateSession(change, actor, row, body);
    });
  });

  serve(app, routes.readRatings, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    const row = await findSession(database, params.sessionId);
    if (row === null || !maySee(actor, row)) return refused('not-found');
    const found = await findRatings(database, [row.id]);
    if (mayReadAllRatings(actor))
      return accepted({ ratings: found.map(({ rating }) => rating), own: null, openUntil: null });
    const own = found.find(({ deviceId }) => actor.kind === 'codeUser' && deviceId === actor.deviceId)?.rating ?? null;
    const place = await findOwnParticipant(database, row.id, actor);
    const wasIn = place !== null && place.state !== 'outside';
    const openUntil = wasIn ? (rateableUntil(row, clock())?.toISOString() ?? null) : null;
    return accepted({ ratings: own === null ? [] : [own], own, openUntil });
  });

  serve(app, routes.listRateable, async ({ actor, params }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayListOfCode(actor, params.codeId)) return refused('not-found');
    const now = clock();
    const rows = await findRateable(database, params.codeId, actor.deviceId, now);
    const found = await findRatings(
      database,
      rows.map(({ id }) => id),
    );
    const sessions = rows.flatMap(({ id, subject, status, endedAt }) => {
      const until = rateableUntil({ status, endedAt, erasedAt: null }, now);
      if (until === null || endedAt === null) return [];
      const own = found.find((one) => one.sessionId === id && one.deviceId === actor.deviceId)?.rating ?? null;
      return [{ sessionId: id, subject, endedAt: endedAt.toISOString(), own, openUntil: until.toISOString() }];
    });
    return accepted({ sessions });
  });
}

/** Gives or changes the rating of a code user who was in; the session's row is locked. */
async function rateSession(
  change: Change,
  actor: CodeUserActor,
  row: SessionRow,
  wish: Wish,
): Promise<Outcome<Rating>> {
  const own = await findOwnParticipant(change.sql, row.id, actor);
  if (own === null || own.state === 'outside') return refused('not-joined');
  if (rateableUntil(row, change.now) === null) return refused('not-in-this-state');

  const { stars, comment } = wish;
  const wentWrong = stars < routes.CONTENT_FROM ? [...new Set(wish.wentWrong)].sort() : [];
  const before = (await findRatings(change.sql, [row.id])).find(({ deviceId }) => deviceId === actor.deviceId)?.rating;
  const isSame = before?.stars === stars && before.comment === comment && before.wentWrong.join() === wentWrong.join();
  if (before !== undefined && isSame) return accepted(before);

  const given = { stars, comment, wentWrong };
  await keepRating(change.sql, { sessionId: row.id, deviceId: actor.deviceId, ...given, at: change.now });
  const author = personOf(actor);
  const body = { kind: 'session-rated', ...given } as const;
  await logInSession(change, row, author, body, wish.requestId);
  if (row.status === 'ended') {
    const stepped = await takeStep(change, row, 'rate', { author });
    if (!stepped.ok) return stepped;
  } else tellSessionChanged(change, row);
  return accepted({ ...given, by: own.name, at: change.now.toISOString() });
}
