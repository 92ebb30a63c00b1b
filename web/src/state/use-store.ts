import { useSyncExternalStore } from 'react';
import type { ReadableStore } from './store.ts';

/** The store's value in a component; it is drawn again when the value changes. */
export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
