import { i18n } from '@lingui/core';
import type { TicketStatus } from '#contract/ticket/events.ts';

/** The statuses in the order in which a ticket usually goes through them. */
export const ticketStatuses: readonly TicketStatus[] = ['open', 'in-progress', 'waiting', 'resolved', 'closed'];

/** How long a session was live, in words: "4 min", "1 h 12 min". */
export function durationWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return i18n._('{minutes} min', { minutes });
  return i18n._('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
