import type { Connection } from '#web/realtime/connection.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** Who is writing just now, and telling the others that one is. */
export interface Typing extends ReadableStore<readonly string[]> {
  /** To be called at each change of the text. */
  tell(): void;
  /** This person has just said something. */
  stop(name: string): void;
}

const SHOWN_MS = 4_500;
const TOLD_EVERY_MS = 2_500;

/** Hears and tells typing in one stream. */
export function openTyping(
  signal: AbortSignal,
  connection: Connection,
  { streamId, myId }: { readonly streamId: string; readonly myId: string },
  now: () => number = Date.now,
): Typing {
  const store = createStore<readonly string[]>([]);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let toldAt = Number.NEGATIVE_INFINITY;

  const stop = (name: string) => {
    clearTimeout(timers.get(name));
    if (timers.delete(name)) store.set([...timers.keys()]);
  };
  connection.on(signal, 'typing', (tell) => {
    if (tell.streamId !== streamId || tell.personId === myId) return;
    clearTimeout(timers.get(tell.name));
    const isNew = !timers.has(tell.name);
    timers.set(
      tell.name,
      setTimeout(() => stop(tell.name), SHOWN_MS),
    );
    if (isNew) store.set([...timers.keys()]);
  });
  signal.addEventListener('abort', () => {
    for (const timer of timers.values()) clearTimeout(timer);
  });

  return {
    get: store.get,
    subscribe: store.subscribe,
    stop,
    tell() {
      if (now() - toldAt < TOLD_EVERY_MS) return;
      toldAt = now();
      void connection.ask('typing', { streamId });
    },
  };
}
