/** A value that can be watched. The smallest thing that lets models live without React and components show them. */
export interface ReadableStore<T> {
  get(): T;
  /** Calls `listener` after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

export interface Store<T> extends ReadableStore<T> {
  /** Takes the place of the value; the same value again tells nobody. */
  set(next: T): void;
  update(change: (value: T) => T): void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T): void => {
    if (Object.is(next, value)) return;
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(listener) {
      // One wrapper each, so that the same function may listen twice and leave once.
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}

/** Calls `listener` with the value now and after each change, until the signal ends it. */
export function watch<T>(signal: AbortSignal, store: ReadableStore<T>, listener: (value: T) => void): void {
  if (signal.aborted) return;
  listener(store.get());
  signal.addEventListener(
    'abort',
    store.subscribe(() => !signal.aborted && listener(store.get())),
    { once: true },
  );
}

/** The same under its short name. */
export type Readable<T> = ReadableStore<T>;
