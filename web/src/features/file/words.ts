import { i18n } from '@lingui/core';
import type { Person } from '#contract/person.ts';
import type { OnItsWay } from './sender.ts';

/** What is kept on this device because the server can't be reached; null when nothing is. */
export function keptWords(onItsWay: readonly OnItsWay[]): string | null {
  const stuck = new Set(onItsWay.filter((one) => one.stuck).map((one) => one.screenshotId)).size;
  if (stuck === 0) return null;
  return i18n._(
    '{stuck, plural, one {# screenshot is kept on this device and goes up} other {# screenshots are kept on this device and go up}} when the connection is back',
    { stuck },
  );
}

/** How far a picture is. */
export function onItsWayWords(one: OnItsWay | undefined): string {
  if (one === undefined) return i18n._('The picture is on its way');
  if (one.stuck) return i18n._('Kept on this device, goes up when the connection is back');
  return i18n._('Sending, {percent} %', { percent: Math.round(one.sent * 100) });
}

/** Who did it. */
export const nameOf = (author: Person): string => (author.kind === 'system' ? 'Sightglass' : author.name);
