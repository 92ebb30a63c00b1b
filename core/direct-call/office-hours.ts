import type { Policies } from '#contract/access/policies.ts';

type OfficeHours = Policies['officeHours'];

/** A day of the calendar; months count from 1. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 24 * 3600_000;

/** Whether somebody is to be there at this moment, and when it begins again; null where no day of the week is open. */
export type Opening = { readonly isOpen: true } | { readonly isOpen: false; readonly opensAt: Date | null };

/**
 * Office hours are read off the clock on the wall of their time zone, so they move with daylight saving. An hour that the clock
 * skips begins when it has skipped it; one that it shows twice begins the first time.
 */
export function openingAt(hours: OfficeHours, now: Date): Opening {
  if (!hours.enabled) return { isOpen: true };
  const today = dayIn(hours.timeZone, now);
  const here = hoursOn(hours, today);
  if (here !== null && here.from <= now && now < here.to) return { isOpen: true };
  // Eight days: today may be over, and open again only in a week.
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const next = hoursOn(hours, dayAfter(today, ahead));
    if (next !== null && next.from > now) return { isOpen: false, opensAt: next.from };
  }
  return { isOpen: false, opensAt: null };
}

function hoursOn({ week, timeZone }: OfficeHours, day: Day): { from: Date; to: Date } | null {
  // 0 is Sunday by the calendar, Monday in the policy.
  const weekday = (new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay() + 6) % 7;
  const open = week[weekday] ?? null;
  if (open === null) return null;
  return { from: instantOf(timeZone, day, open.from), to: instantOf(timeZone, day, open.to) };
}

const dayAfter = ({ year, month, day }: Day, days: number): Day => {
  const date = new Date(Date.UTC(year, month - 1, day + days));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

/** The first moment at which the clock on the wall shows this time of this day, or would. */
function instantOf(timeZone: string, { year, month, day }: Day, timeOfDay: string): Date {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  // The zone's distance from UTC a day before and after: where they differ, the clock is moved in between.
  const before = offsetAt(timeZone, wall - DAY_MS);
  const after = offsetAt(timeZone, wall + DAY_MS);
  const fits = [wall - before, wall - after].filter((at) => at + offsetAt(timeZone, at) === wall);
  // In a skipped hour neither fits: by the clock as it was before, this is just as long after the skip.
  return new Date(fits.length > 0 ? Math.min(...fits) : skipEnd(timeZone, wall - after, wall - before));
}

/** When the clock was moved between two moments, to the minute. */
function skipEnd(timeZone: string, from: number, to: number): number {
  const offset = offsetAt(timeZone, from);
  let low = from;
  let high = to;
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 120_000) * 60_000;
    if (offsetAt(timeZone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** How far the clock on the wall is ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, at: number): number {
  const { year, month, day, hour, minute, second } = partsIn(timeZone, at);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

const dayIn = (timeZone: string, at: Date): Day => partsIn(timeZone, at.getTime());

function partsIn(timeZone: string, at: number) {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}
