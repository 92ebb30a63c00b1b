import { useSyncExternalStore } from 'react';
import type { ReadableStore } from './store.ts';

/** The value of a store in a component, which shows itself anew whenever it changes. */
export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

/** One part of a store's value. `pick` must give the very same object as long as nothing in it changed. */
export function useStorePart<T, Part>(store: ReadableStore<T>, pick: (value: T) => Part): Part {
  const read = () => pick(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}
