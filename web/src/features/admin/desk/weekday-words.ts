import { i18n } from '@lingui/core';

/** Monday to Sunday. */
export const weekdayWords = (): readonly string[] => [
  i18n._('Monday'),
  i18n._('Tuesday'),
  i18n._('Wednesday'),
  i18n._('Thursday'),
  i18n._('Friday'),
  i18n._('Saturday'),
  i18n._('Sunday'),
];
