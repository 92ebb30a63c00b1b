import { i18n } from '@lingui/core';
import type { ErrorCode, Refusal } from '#contract/errors.ts';

/** What a person reads for each refusal: what happened and what to do. A screen with better words uses its own. */
const words: Readonly<Record<ErrorCode, () => string>> = {
  malformed: () => i18n._('Something in this form is not right. Please check it.'),
  'not-signed-in': () => i18n._('You are signed out. Please sign in again.'),
  'wrong-credentials': () => i18n._('E-mail or password is not right.'),
  'not-allowed': () => i18n._('You are not allowed to do this.'),
  'not-found': () => i18n._('This does not exist, or it is not yours.'),
  'email-taken': () => i18n._('There is already a member with this e-mail address.'),
  'already-set-up': () => i18n._('Sightglass is already set up. Please sign in.'),
  'last-admin': () => i18n._('At least one administrator has to remain.'),
  'not-in-this-state': () => i18n._('This is not possible any more: something has changed meanwhile.'),
  'in-another-tab': () => i18n._('You are already in this session in another tab.'),
  'session-full': () => i18n._('This session is full at the moment.'),
  'not-joined': () => i18n._('You are not in this session any more.'),
  'request-id-reused': () => i18n._('This could not be saved. Please reload the page and try again.'),
  'too-large': () => i18n._('This is too long to be sent.'),
  'wrong-content-type': () => i18n._('This could not be read. Please reload the page and try again.'),
  'too-many': () => i18n._('Too many tries. Please wait a little.'),
  failed: () => i18n._('Something went wrong on our side. Please try again.'),
  unavailable: () => i18n._('No connection to the server. Please check your network.'),
};

/** The refusal in plain words, in the person's language. */
export function refusalWords(refusal: Refusal): string {
  if (refusal.code === 'too-many' && refusal.retryAfterSeconds !== undefined)
    return waitWords(refusal.retryAfterSeconds);
  const said = words[refusal.code]();
  return refusal.reference === undefined ? said : i18n._('{said} (reference {reference})', { said, ...refusal });
}

function waitWords(seconds: number): string {
  if (seconds < 90) {
    return i18n._('Too many tries. Please wait {seconds, plural, one {# second} other {# seconds}}.', {
      seconds: Math.ceil(seconds),
    });
  }
  return i18n._('Too many tries. Please wait {minutes, plural, one {# minute} other {# minutes}}.', {
    minutes: Math.ceil(seconds / 60),
  });
}
