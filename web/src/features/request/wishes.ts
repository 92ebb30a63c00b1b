import type { SessionRequest } from '#contract/request/http.ts';
import { createStore, type ReadableStore, watch } from '#web/state/store.ts';
import { openWish, type WishModel, type WishPlace, waitingPlaces } from './wish-model.ts';

/** All that is being asked for from this page. */
export interface Wishes {
  /** The wish for this place, as far as it was written. */
  of(place: WishPlace): WishModel;
  /** What was sent and is not at the server yet, by what it is about. */
  readonly onTheirWay: ReadableStore<readonly string[]>;
}

type WishParts = Parameters<typeof openWish>[1];
interface WishesParts extends Omit<WishParts, 'place' | 'onMade'> {
  readonly onMade: (request: SessionRequest) => void;
}

/** Wishes live as long as the page: one that waits for a connection goes out wherever on the page the person is. */
export function openWishes(signal: AbortSignal, parts: WishesParts): Wishes {
  const open = new Map<string, WishModel>();
  const onTheirWay = createStore<readonly string[]>([]);
  const count = () => {
    const sent = [...open.values()].filter((wish) => wish.get().state !== 'writing');
    onTheirWay.set(sent.map((wish) => wish.get().wish.subject));
  };
  const of = (place: WishPlace) => {
    const key = JSON.stringify(place);
    const known = open.get(key);
    if (known !== undefined) return known;
    const made = openWish(signal, {
      ...parts,
      place,
      onMade(request) {
        // The next one begins empty.
        open.delete(key);
        count();
        parts.onMade(request);
      },
    });
    open.set(key, made);
    watch(signal, made, count);
    return made;
  };
  for (const place of waitingPlaces(parts.storage, parts.owner)) of(place);
  return { of, onTheirWay };
}
