import { type Refusal, refused } from '#contract/errors.ts';
import { requestLimits } from '#contract/request/limits.ts';

const DAY_MS = 24 * 3_600_000;

/** Refuses a time that is over, or too far ahead, and one that is named twice, by the field that it came in. */
export function refuseTimes(
  times: readonly { readonly at: Date; readonly field: string }[],
  now: Date,
): Refusal | null {
  const latest = now.getTime() + requestLimits.aheadDays * DAY_MS;
  const seen = new Set<number>();
  for (const { at, field } of times) {
    const time = at.getTime();
    if (time <= now.getTime() || time > latest || seen.has(time)) return refused('malformed', field);
    seen.add(time);
  }
  return null;
}
