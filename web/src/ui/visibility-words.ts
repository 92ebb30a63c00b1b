import { i18n } from '@lingui/core';

/** A4: who can see a session and what it leaves, the same words wherever it stands. */
export function visibilityWords(isPublic: boolean): string {
  return isPublic ? i18n._('Visible to the customer') : i18n._('Employees only');
}

/** What a button or a menu offers to do about it. */
export function visibilityDeedWords(isPublic: boolean): string {
  return isPublic ? i18n._('Hide from the customer…') : i18n._('Show to the customer…');
}
