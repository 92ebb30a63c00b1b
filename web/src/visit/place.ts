import { TicketId } from '#contract/ids.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What the code's page shows; it stands in the address after the #, so that Back works as people expect. */
export type Place =
  | { readonly at: 'tickets' }
  | { readonly at: 'new' }
  | { readonly at: 'ticket'; readonly ticketId: TicketId };

/** Reads the place from the address; what makes no sense is the list. */
export function placeOf(hash: string): Place {
  if (hash === '#new') return { at: 'new' };
  const ticketId = TicketId.safeParse(hash.replace(/^#ticket-/, ''));
  return ticketId.success ? { at: 'ticket', ticketId: ticketId.data } : { at: 'tickets' };
}

export const hashOf = (place: Place): string =>
  place.at === 'ticket' ? `#ticket-${place.ticketId}` : place.at === 'new' ? '#new' : '#tickets';

/** The place now, following the address. */
export function watchPlace(signal: AbortSignal): ReadableStore<Place> {
  const store = createStore(placeOf(location.hash));
  addEventListener('hashchange', () => store.set(placeOf(location.hash)), { signal });
  return store;
}
