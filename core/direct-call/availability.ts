import type { Availability } from '#contract/direct-call/http.ts';
import { directCallLimits as limits } from '#contract/direct-call/limits.ts';

/** What is known of an employee at a moment. Times in milliseconds of one clock. */
export interface Signs {
  /** By hand. */
  readonly chosen: 'available' | 'away';
  readonly isInSession: boolean;
  /** Some page of the desk is open. */
  readonly hasPage: boolean;
  /** Since when none is; null before the first one. */
  readonly pageGoneAt: number | null;
  /** When they last did something on such a page. */
  readonly activeAt: number | null;
}

/** Whether a call may ring at this employee. */
export function availabilityOf(signs: Signs, now: number): Availability {
  if (signs.isInSession) return 'busy';
  if (signs.chosen === 'away') return 'away';
  // A page that is loaded anew is gone for a moment.
  const isGone = !signs.hasPage && (signs.pageGoneAt === null || now - signs.pageGoneAt >= limits.pageGraceMs);
  const isIdle = signs.activeAt === null || now - signs.activeAt >= limits.idleMs;
  return isGone || isIdle ? 'away' : 'available';
}
