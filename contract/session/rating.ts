import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { CodeId, MemberId, RequestId, SessionId } from '../ids.ts';
import { Instant, Reason } from '../text.ts';

/** One to five, as the smileys are shown. */
export const Stars = z.int().check(z.gte(1), z.lte(5));
/** What went wrong, asked for with a low rating. */
export const WentWrong = z.enum(['picture', 'sound', 'waiting', 'help']);
export type WentWrong = z.infer<typeof WentWrong>;
/** From this many stars on nobody is asked what went wrong. */
export const CONTENT_FROM = 4;
/** Hours after a session's end in which it can be rated, and the rating changed. */
export const RATING_HOURS = 24;

export const Rating = z.object({
  stars: Stars,
  comment: z.string(),
  wentWrong: z.array(WentWrong),
  by: z.string(),
  at: Instant,
});
export type Rating = z.infer<typeof Rating>;

const sessionParams = z.object({ sessionId: SessionId });

/** A9: a code user who was in it rates; once per session and code user, the same route changes it. */
export const rateSession = defineRoute({
  method: 'PUT',
  path: '/api/sessions/:sessionId/rating',
  params: sessionParams,
  body: z.object({
    requestId: RequestId,
    stars: Stars,
    comment: z._default(Reason, ''),
    wentWrong: z._default(z.array(WentWrong).check(z.maxLength(WentWrong.options.length)), []),
  }),
  reply: Rating,
});
/** Employees: all ratings. Code users: their own alone, and until when they may give or change it (null: not, or no more). */
export const readRatings = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/ratings',
  params: sessionParams,
  reply: z.object({ ratings: z.array(Rating), own: z.nullable(Rating), openUntil: z.nullable(Instant) }),
});
/** A code's user: the sessions they were in and can still rate or change the rating of, newest first. */
export const listRateable = defineRoute({
  method: 'GET',
  path: '/api/codes/:codeId/rateable',
  params: z.object({ codeId: CodeId }),
  reply: z.object({
    sessions: z.array(
      z.object({
        sessionId: SessionId,
        subject: z.string(),
        endedAt: Instant,
        own: z.nullable(Rating),
        openUntil: Instant,
      }),
    ),
  }),
});

/** Ratings of many sessions beside what was measured of their calls. Means are null where there is nothing to count. */
const figures = {
  sessions: z.int(),
  rated: z.int(),
  meanStars: z.nullable(z.number()),
  /** How many gave 1, 2, 3, 4, 5. */
  distribution: z.array(z.int()).check(z.length(5)),
  wentWrong: z.object({ picture: z.int(), sound: z.int(), waiting: z.int(), help: z.int() }),
  /** Medians over the participants' calls: round trip in ms, lost packets as a share of 1, seconds without a moving picture per minute. */
  quality: z.nullable(
    z.object({ calls: z.int(), roundTripMs: z.number(), lossShare: z.number(), frozenPerMinute: z.number() }),
  ),
};
export const RatingFigures = z.object(figures);
export type RatingFigures = z.infer<typeof RatingFigures>;
/** Of years that the database has, the one after it too. */
const Month = z.string().check(z.regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/));
/** Employees: sessions that ended in these months (YYYY-MM, UTC), in all, per expert who was in them, and per month. */
export const readRatingReport = defineRoute({
  method: 'GET',
  path: '/api/reports/ratings',
  query: z.object({
    from: Month,
    to: Month,
  }),
  reply: z.object({
    all: RatingFigures,
    byExpert: z.array(z.object({ memberId: MemberId, name: z.string(), ...figures })),
    byMonth: z.array(z.object({ month: z.string(), ...figures })),
  }),
});
