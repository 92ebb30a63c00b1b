import { i18n } from '@lingui/core';
import type { WentWrong } from '#contract/session/rating.ts';

/** A9: what went wrong in a session, as a person says it. */
export function wentWrongWords(what: WentWrong): string {
  switch (what) {
    case 'picture':
      return i18n._('The picture');
    case 'sound':
      return i18n._('The sound');
    case 'waiting':
      return i18n._('The waiting');
    case 'help':
      return i18n._('The help itself');
  }
}
