import { i18n } from '@lingui/core';
import type { WentWrong } from '#contract/session/rating.ts';

/** A9: what went wrong in a session, as a person says it. */
export function wentWrongWords(what: WentWrong): string {
  switch (what) {
    case 'picture':
      return i18n._('Picture');
    case 'sound':
      return i18n._('Sound');
    case 'waiting':
      return i18n._('Waiting time');
    case 'help':
      return i18n._('Help');
  }
}
