import { i18n } from '@lingui/core';
import type { SessionStatus } from '#contract/session/events.ts';

/** A8: a video session's status as a person reads it, the same wherever it stands. */
export function sessionStatusWords(status: SessionStatus): string {
  switch (status) {
    case 'requested':
      return i18n._('Requested');
    case 'accepted':
      return i18n._('Accepted');
    case 'scheduled':
      return i18n._('Planned');
    case 'waiting':
      return i18n._('Waiting');
    case 'live':
      return i18n._('In progress');
    case 'ended':
      return i18n._('Ended');
    case 'rated':
      return i18n._('Ended and rated');
    case 'declined':
      return i18n._('Declined');
    case 'cancelled':
      return i18n._('Cancelled');
    case 'missed':
      return i18n._('Missed');
    case 'expired':
      return i18n._('Expired');
  }
}
