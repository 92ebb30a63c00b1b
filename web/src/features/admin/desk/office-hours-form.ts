import type { OpenHours, Policies } from '#contract/access/policies.ts';

type Week = Policies['officeHours']['week'];

/** The zones that this browser knows, and the one that is chosen, which may have another name here. */
export function timeZones(chosen: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(chosen) ? known : [chosen, ...known];
}

/** A time as a time field takes it; it has no end of the day. */
export const timeOf = (time: string): string => (time === '24:00' ? '00:00' : time);

/** An end as it was typed: midnight is the end of the day. */
export const typedEnd = (typed: string): string => (typed === '00:00' ? '24:00' : typed);

/** The week with other hours on one day, 0 is Monday. */
export const withDay = (week: Week, at: number, hours: OpenHours | null): Week =>
  week.map((day, index) => (index === at ? hours : day));

/** Some day does not begin before it ends, or a time is not typed to its end. */
export const isWrongWeek = (week: Week): boolean =>
  week.some((day) => day !== null && (day.from === '' || day.to === '' || day.from >= day.to));
