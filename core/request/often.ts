import type { Refusal } from '#contract/errors.ts';

const HOUR_MS = 3_600_000;

/** Refuses what one device does too often. `lastOfMany`: when it did it so many times ago as it may within an hour; null: not so often. */
export function refuseTooOften(lastOfMany: Date | null, now: Date): Refusal | null {
  const againAt = lastOfMany === null ? 0 : lastOfMany.getTime() + HOUR_MS;
  if (againAt <= now.getTime()) return null;
  return { ok: false, code: 'too-many', retryAfterSeconds: Math.ceil((againAt - now.getTime()) / 1000) };
}
