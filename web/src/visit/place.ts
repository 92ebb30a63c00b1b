import { SessionId, TicketId } from '#contract/ids.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What the code's page shows; it stands in the address after the #, so that Back works as people expect. */
export type Place =
  | { readonly at: 'tickets' }
  | { readonly at: 'new' }
  | AskingPlace
  | { readonly at: 'ticket'; readonly ticketId: TicketId };

/** Asking for a video session, in a ticket or at the code; `again`: as it was asked for before. */
export interface AskingPlace {
  readonly at: 'session';
  readonly ticketId: TicketId | null;
  readonly again: SessionId | null;
}

const ASKING = /^#session(?:-([0-9a-f-]{36}))?(?:-again-([0-9a-f-]{36}))?$/;

/** Reads the place from the address; what makes no sense is the list. */
export function placeOf(hash: string): Place {
  if (hash === '#new') return { at: 'new' };
  const asking = ASKING.exec(hash);
  if (asking !== null) {
    const [, ticket, again] = asking;
    return {
      at: 'session',
      ticketId: TicketId.safeParse(ticket).data ?? null,
      again: SessionId.safeParse(again).data ?? null,
    };
  }
  const ticketId = TicketId.safeParse(hash.replace(/^#ticket-/, ''));
  return ticketId.success ? { at: 'ticket', ticketId: ticketId.data } : { at: 'tickets' };
}

export function hashOf(place: Place): string {
  if (place.at === 'ticket') return `#ticket-${place.ticketId}`;
  if (place.at === 'session') {
    const parts = [place.ticketId ?? [], place.again === null ? [] : ['again', place.again]].flat();
    return ['#session', ...parts].join('-');
  }
  return `#${place.at}`;
}

/** The place now, following the address. */
export function watchPlace(signal: AbortSignal): ReadableStore<Place> {
  const store = createStore(placeOf(location.hash));
  addEventListener('hashchange', () => store.set(placeOf(location.hash)), { signal });
  return store;
}
