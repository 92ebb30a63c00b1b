/**
 * How far the server's clock is ahead of this computer's, as far as it is known. `uncertainty` is half the time the
 * answer took: between two measurements the one that took less is closer to the truth.
 */
export interface ClockOffset {
  readonly ms: number;
  readonly uncertainty: number;
}

/** One measurement: the server said `serverNow` somewhere between `askedAt` and `answeredAt` of this computer's clock. */
export function measureOffset(serverNow: number, askedAt: number, answeredAt: number): ClockOffset {
  return { ms: serverNow - (askedAt + answeredAt) / 2, uncertainty: Math.max(0, (answeredAt - askedAt) / 2) };
}

/** Keeps the more certain of two measurements; of equally certain ones the newer. */
export function betterOffset(kept: ClockOffset | null, measured: ClockOffset): ClockOffset {
  return kept === null || measured.uncertainty <= kept.uncertainty ? measured : kept;
}

/** A session's clock (B2), in the server's time: not started, running, or stopped. */
export interface Clock {
  readonly liveSince: number | null;
  readonly endedAt: number | null;
}

/** Milliseconds the session has lasted, null before its clock started. Never negative, never past its end. */
export function elapsed(clock: Clock, localNow: number, offset: ClockOffset | null): number | null {
  if (clock.liveSince === null) return null;
  const until = clock.endedAt ?? localNow + (offset?.ms ?? 0);
  return Math.max(0, until - clock.liveSince);
}

/** Milliseconds from `localNow` until the shown second changes, so that every screen ticks together. */
export function untilNextSecond(clock: Clock, localNow: number, offset: ClockOffset | null): number {
  const ms = elapsed(clock, localNow, offset) ?? 0;
  return 1000 - (ms % 1000);
}

const two = (n: number) => String(n).padStart(2, '0');

/** `04:09`, from an hour on `1:04:09`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const tail = `${two(minutes % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? tail : `${hours}:${tail}`;
}
