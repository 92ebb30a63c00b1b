import { i18n } from '@lingui/core';
import { regionTag } from '../i18n.ts';

/*
 * Times as a text in the chosen language has them, by the habits of the person's region.
 * Formatters are costly to make, so each is made once.
 */
const made = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, options: Intl.DateTimeFormatOptions, locale: string): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  const formatter = made.get(key) ?? new Intl.DateTimeFormat(locale, options);
  made.set(key, formatter);
  return formatter.format(at);
}

/** 10:05, or 10:05 AM. */
export function clockWords(at: Date | string, locale = regionTag()): string {
  return format(new Date(at), { hour: 'numeric', minute: '2-digit' }, locale);
}

/** Today, Yesterday, a weekday of the last days, or a date; the year only when it is another. */
export function dayWords(at: Date | string, now: Date, locale = regionTag()): string {
  const then = new Date(at);
  const days = daysBetween(then, now);
  if (days === 0) return i18n._('Today');
  if (days === 1) return i18n._('Yesterday');
  if (days > 1 && days < 7) return format(then, { weekday: 'long' }, locale);
  const sameYear = then.getFullYear() === now.getFullYear();
  return format(then, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }, locale);
}

/** For rows of lists: the time today, else the day in short. */
export function shortTimeWords(at: Date | string, now: Date, locale = regionTag()): string {
  const then = new Date(at);
  const days = daysBetween(then, now);
  if (days === 0) return clockWords(then, locale);
  if (days === 1) return i18n._('Yesterday');
  if (days > 1 && days < 7) return format(then, { weekday: 'short' }, locale);
  const sameYear = then.getFullYear() === now.getFullYear();
  return format(then, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }, locale);
}

/** A day of lists: 20 Nov 2026. */
export function dateWords(at: Date | string, locale = regionTag()): string {
  return format(new Date(at), { dateStyle: 'medium' }, locale);
}

/** Day and time of tables: 20/11/2026, 10:05. */
export function dateTimeWords(at: Date | string, locale = regionTag()): string {
  return format(new Date(at), { dateStyle: 'short', timeStyle: 'short' }, locale);
}

/** When something is to take place: Today, 14:30; Tomorrow, 09:00; else the weekday with its date and time. */
export function meetingWords(at: Date | string, now: Date, locale = regionTag()): string {
  const then = new Date(at);
  const time = clockWords(then, locale);
  const ahead = daysBetween(now, then);
  if (ahead === 0) return i18n._('Today, {time}', { time });
  if (ahead === 1) return i18n._('Tomorrow, {time}', { time });
  const sameYear = then.getFullYear() === now.getFullYear();
  const day = format(
    then,
    { weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) },
    locale,
  );
  return i18n._('{day}, {time}', { day, time });
}

/** Date and time in full, for tooltips and exports. */
export function fullTimeWords(at: Date | string, locale = regionTag()): string {
  return format(new Date(at), { dateStyle: 'full', timeStyle: 'short' }, locale);
}

/** Whether two instants are on the same day of the person's calendar. */
export function isSameDay(a: Date | string, b: Date | string): boolean {
  return daysBetween(new Date(a), new Date(b)) === 0;
}

/** Whole calendar days from one instant to the other; days of 23 or 25 hours count as one. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}
