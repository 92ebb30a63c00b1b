import type { SessionStatus } from '#contract/session/events.ts';
import { RATING_HOURS } from '#contract/session/rating.ts';

/** What decides whether a session can be rated. */
interface Rateable {
  readonly status: SessionStatus;
  readonly endedAt: Date | null;
  readonly erasedAt: Date | null;
}

/** Until when a session can be rated and its rating changed; null where it can't be, or no longer. */
export function rateableUntil({ status, endedAt, erasedAt }: Rateable, now: Date): Date | null {
  if ((status !== 'ended' && status !== 'rated') || endedAt === null || erasedAt !== null) return null;
  const until = new Date(endedAt.getTime() + RATING_HOURS * 3_600_000);
  return now < until ? until : null;
}
