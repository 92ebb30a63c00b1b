import { TicketId } from '#contract/ids.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What the code's page shows; it stands in the address after the #, so that Back works as people expect. */
export type Place =
  | { readonly at: 'tickets' }
  | { readonly at: 'new' }
  /** Asking for a video session, in a ticket or at the code. */
  | { readonly at: 'session'; readonly ticketId: TicketId | null }
  | { readonly at: 'ticket'; readonly ticketId: TicketId };

/** Reads the place from the address; what makes no sense is the list. */
export function placeOf(hash: string): Place {
  if (hash === '#new') return { at: 'new' };
  if (hash === '#session') return { at: 'session', ticketId: null };
  const inTicket = TicketId.safeParse(hash.replace(/^#session-/, ''));
  if (hash.startsWith('#session-') && inTicket.success) return { at: 'session', ticketId: inTicket.data };
  const ticketId = TicketId.safeParse(hash.replace(/^#ticket-/, ''));
  return ticketId.success ? { at: 'ticket', ticketId: ticketId.data } : { at: 'tickets' };
}

export function hashOf(place: Place): string {
  if (place.at === 'ticket') return `#ticket-${place.ticketId}`;
  if (place.at === 'session') return place.ticketId === null ? '#session' : `#session-${place.ticketId}`;
  return `#${place.at}`;
}

/** The place now, following the address. */
export function watchPlace(signal: AbortSignal): ReadableStore<Place> {
  const store = createStore(placeOf(location.hash));
  addEventListener('hashchange', () => store.set(placeOf(location.hash)), { signal });
  return store;
}
