import { createStore, type ReadableStore } from '../state/store.ts';
import type { Connection } from './connection.ts';

const WORTH_TELLING_MS = 2_500;

/** Whether the connection has been away long enough to say so. A short gap is nobody's business. */
export function watchTrouble(signal: AbortSignal, connection: Connection): ReadableStore<boolean> {
  const store = createStore(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    if (connection.state.get() === 'connected') {
      clearTimeout(timer);
      timer = undefined;
      store.set(false);
    } else if (timer === undefined && !store.get()) {
      timer = setTimeout(() => store.set(true), WORTH_TELLING_MS);
    }
  };
  const stop = connection.state.subscribe(look);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    stop();
  });
  look();
  return store;
}
