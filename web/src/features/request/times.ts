import { requestLimits } from '#contract/request/limits.ts';

const DAY_MS = 86_400_000;
const pad = (n: number) => String(n).padStart(2, '0');

/** A moment as the browser's own field for day and time writes it, in this device's time zone. */
export function fieldOf(at: Date): string {
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

const FIELD = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d/;

/** The instant that stands in such a field; null while it is not complete. */
export function instantOf(field: string): string | null {
  const at = new Date(field);
  return !FIELD.test(field) || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

export type TimeTrouble = 'missing' | 'past' | 'far';

/** What is wrong with a time that somebody wants to meet at; null when nothing is. */
export function timeTrouble(field: string, now: number): TimeTrouble | null {
  const instant = instantOf(field);
  if (instant === null) return 'missing';
  const at = Date.parse(instant);
  if (at <= now) return 'past';
  return at > now + requestLimits.aheadDays * DAY_MS ? 'far' : null;
}

/** A time to begin with: the next full hour that is at least an hour away, and later ones an hour after the last. */
export function suggestedField(now: Date, last: string | undefined): string {
  const given = last === undefined ? null : instantOf(last);
  const next = given === null ? new Date(now.getTime() + 3_600_000) : new Date(given);
  next.setHours(next.getHours() + 1, 0, 0, 0);
  return fieldOf(next);
}

/** The instants of all fields, each once, earliest first; null when one of them is not right. */
export function instantsOf(fields: readonly string[], now: number): readonly string[] | null {
  if (fields.length === 0 || fields.some((field) => timeTrouble(field, now) !== null)) return null;
  return [...new Set(fields.flatMap((field) => instantOf(field) ?? []))].sort();
}

/** Time until then in words of two sizes at most: minutes, hours and minutes, or days. */
export type Until =
  | { readonly unit: 'now' }
  | { readonly unit: 'minutes'; readonly minutes: number }
  | { readonly unit: 'hours'; readonly hours: number; readonly minutes: number }
  | { readonly unit: 'days'; readonly days: number };

/** Splits a time in ms, rounded to whole minutes upwards. */
export function untilOf(ms: number): Until {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes <= 0) return { unit: 'now' };
  if (minutes < 60) return { unit: 'minutes', minutes };
  if (minutes < 2 * 24 * 60) return { unit: 'hours', hours: Math.floor(minutes / 60), minutes: minutes % 60 };
  return { unit: 'days', days: Math.round(minutes / (24 * 60)) };
}
