import type { InboxItem } from '#contract/request/http.ts';

/** What an item is found by in the address: the session's id, or the ticket's. */
export const inboxIdOf = (item: InboxItem): string =>
  item.kind === 'message' ? item.ticket.id : item.request.sessionId;

export const subjectOf = (item: InboxItem): string =>
  item.kind === 'message' ? item.ticket.subject : item.request.subject;

/** Who waits. */
export const asker = (item: InboxItem): string => (item.kind === 'message' ? item.by : item.request.askedBy);

/**
 * The item to show: the chosen one; when it has gone, the one that took its place, so that one can go on answering. Null
 * where nothing waits.
 */
export function shownItem(items: readonly InboxItem[], chosen: string | null, lastAt: number): number {
  const at = items.findIndex((item) => inboxIdOf(item) === chosen);
  return at === -1 ? Math.min(lastAt, items.length - 1) : at;
}

/** One further in the list, not around its ends. */
export const steppedAt = (at: number, by: 1 | -1, count: number): number => Math.min(count - 1, Math.max(0, at + by));
