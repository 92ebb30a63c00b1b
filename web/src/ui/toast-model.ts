import { createStore, type ReadableStore } from '../state/store.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'plain' | 'trouble';
  /** Where it leads. */
  readonly link: ToastLink | null;
}

export interface ToastLink {
  readonly path: string;
  /** In a page of its own: the one that says it must not be left. */
  readonly beside: boolean;
}

export interface Toasts extends ReadableStore<readonly Toast[]> {
  /** Shows a short word that needs no answer; it goes by itself. Saying the same again only keeps it longer. */
  say(text: string, kind?: Toast['kind'], link?: ToastLink): void;
  dismiss(id: number): void;
}

const STAYS_MS = 6_000;

/** Makes the page's one place for short words. */
export function createToasts(signal: AbortSignal): Toasts {
  const store = createStore<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;
  const dismiss = (id: number) => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    store.set(store.get().filter((toast) => toast.id !== id));
  };
  signal.addEventListener('abort', () => {
    for (const timer of timers.values()) clearTimeout(timer);
  });
  return {
    get: store.get,
    subscribe: store.subscribe,
    dismiss,
    say(text, kind = 'plain', link) {
      for (const same of store.get().filter((toast) => toast.text === text)) dismiss(same.id);
      const id = ++lastId;
      store.set([...store.get().slice(-2), { id, text, kind, link: link ?? null }]);
      timers.set(
        id,
        setTimeout(() => dismiss(id), STAYS_MS),
      );
    },
  };
}
