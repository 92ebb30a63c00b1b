import type { SessionStatus } from '#contract/session/events.ts';

/** What happens to a request by itself depends on these. */
export interface RequestTimes {
  readonly status: SessionStatus;
  readonly expiresAt: Date | null;
  readonly scheduledFor: Date | null;
  /** When an employee last answered. */
  readonly answeredAt: Date | null;
  /** The agreed time that both sides have been reminded of. */
  readonly remindedOf: Date | null;
  /** When the last one left, if nobody is in. */
  readonly emptySince: Date | null;
}

/** So long after its time a session that nobody has gone to is missed. */
export const NO_SHOW_MS = 60 * 60_000;

/** What is due now: it runs out, it was missed, or its time is near. */
export function dueOf(times: RequestTimes, now: Date, remindMs: number): 'expire' | 'miss' | 'remind' | null {
  const { status, scheduledFor, expiresAt, remindedOf } = times;
  if (status === 'requested') return expiresAt !== null && expiresAt <= now ? 'expire' : null;
  const expected = expectedAt(times);
  if (expected !== null && expected.getTime() + NO_SHOW_MS <= now.getTime()) return 'miss';
  if (status !== 'scheduled' || scheduledFor === null || scheduledFor <= now) return null;
  const isNear = scheduledFor.getTime() - remindMs <= now.getTime();
  return isNear && remindedOf?.getTime() !== scheduledFor.getTime() ? 'remind' : null;
}

/** The moment from which on somebody should have been there. */
function expectedAt({ status, scheduledFor, answeredAt, emptySince }: RequestTimes): Date | null {
  if (status === 'scheduled') return scheduledFor;
  if (status === 'accepted') return answeredAt;
  // Somebody was there, saw nobody and went.
  if (status !== 'waiting' || emptySince === null) return null;
  return scheduledFor !== null && scheduledFor > emptySince ? scheduledFor : emptySince;
}

/** When the last of these people left; null while somebody is in, and where nobody ever was. */
export function emptySince(people: readonly { readonly state: string; readonly leftAt: Date | null }[]): Date | null {
  if (people.length === 0 || people.some(({ state }) => state === 'in')) return null;
  return new Date(Math.max(...people.map(({ leftAt }) => leftAt?.getTime() ?? 0)));
}
