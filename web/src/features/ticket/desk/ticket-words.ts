import { i18n } from '@lingui/core';
import type { SessionStatus } from '#contract/session/events.ts';
import type { TicketStatus } from '#contract/ticket/events.ts';

/** The statuses in the order in which a ticket usually goes through them. */
export const ticketStatuses: readonly TicketStatus[] = ['open', 'in-progress', 'waiting', 'resolved', 'closed'];

/** A video session's status as people say it. */
export function sessionStatusWords(status: SessionStatus): string {
  switch (status) {
    case 'requested':
      return i18n._('Requested');
    case 'accepted':
      return i18n._('Accepted');
    case 'scheduled':
      return i18n._('Scheduled');
    case 'waiting':
      return i18n._('Waiting');
    case 'live':
      return i18n._('In progress');
    case 'ended':
      return i18n._('Ended');
    case 'rated':
      return i18n._('Rated');
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

/** How long a session was live, in words: "4 min", "1 h 12 min". */
export function durationWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return i18n._('{minutes} min', { minutes });
  return i18n._('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
