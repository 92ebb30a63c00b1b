import { i18n } from '@lingui/core';
import type { NotificationKind, NotificationWay } from '#contract/notification/http.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import type { PushState } from './push.ts';

/** What each side is told of, in the order it is shown. */
export const kindsOf: Readonly<Record<'staff' | 'customer', readonly NotificationKind[]>> = {
  staff: ['request', 'reminder', 'missed-call', 'message'],
  customer: ['answer', 'reminder', 'message'],
};

export function kindWords(kind: NotificationKind): string {
  switch (kind) {
    case 'request':
      return i18n._('Requests for a video session');
    case 'answer':
      return i18n._('Answers to what you asked for');
    case 'reminder':
      return i18n._('Reminders before a planned session');
    case 'missed-call':
      return i18n._('Missed calls');
    case 'message':
      return i18n._('Messages');
  }
}

export function wayWords(way: NotificationWay): string {
  switch (way) {
    case 'page':
      return i18n._('On the page');
    case 'push':
      return i18n._('Push message');
    case 'mail':
      return i18n._('Mail');
  }
}

/** What the switch of push messages means right now. */
export function pushWords({ at, refusal }: PushState): string {
  if (refusal === 'browser') return i18n._('The browser’s push service did not answer. Please try again later.');
  if (refusal !== null) return refusalWords(refusal);
  switch (at) {
    case 'unsupported':
      return i18n._(
        'This browser has no push messages here. They need https, and on an iPhone the page on the home screen.',
      );
    case 'blocked':
      return i18n._('You have blocked notifications of this page. Allow them in the browser’s settings of this page.');
    default:
      return i18n._('The browser tells you, also when this page is closed.');
  }
}
