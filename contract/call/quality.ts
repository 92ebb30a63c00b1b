import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { SessionId } from '../ids.ts';

/** What one participant's page has measured of its call since it joined. */
export const CallQuality = z.object({
  /** Seconds measured. */
  seconds: z.number().check(z.gte(1), z.lte(86_400)),
  /** Median round trip in ms. */
  roundTripMs: z.number().check(z.gte(0), z.lte(60_000)),
  /** Lost packets of those expected, both directions, as a share of 1. */
  lossShare: z.number().check(z.gte(0), z.lte(1)),
  /** Seconds in which a picture that should move stood still. */
  frozenSeconds: z.number().check(z.gte(0), z.lte(86_400)),
});
export type CallQuality = z.infer<typeof CallQuality>;

/** Who is or was in; replaces what the same participant said before. */
export const reportQuality = defineRoute({
  method: 'PUT',
  path: '/api/sessions/:sessionId/quality',
  params: z.object({ sessionId: SessionId }),
  body: CallQuality,
});
