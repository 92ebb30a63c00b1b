import type { Refusal } from '#contract/errors.ts';
import {
  changePreferences,
  type NotificationKind,
  type NotificationWay,
  type Preferences,
  readPreferences,
} from '#contract/notification/http.ts';
import type { Ask } from '#web/http/client.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

export interface PreferencesState {
  /** Null: not read yet. */
  readonly chosen: Preferences | null;
  readonly refusal: Refusal | null;
}

export interface PreferencesModel extends ReadableStore<PreferencesState> {
  choose(kind: NotificationKind, way: NotificationWay, on: boolean): void;
  retry(): void;
}

/** What comes which way: each choice is kept at once, the latest last. One that could not be kept is taken back. */
export function openPreferences(signal: AbortSignal, ask: Ask): PreferencesModel {
  const store = createStore<PreferencesState>({ chosen: null, refusal: null });
  let kept: Preferences | null = null;
  let sending: Promise<void> = Promise.resolve();
  const read = async () => {
    const outcome = await ask(readPreferences, { signal });
    if (signal.aborted) return;
    if (outcome.ok) kept = outcome.value;
    store.set(outcome.ok ? { chosen: outcome.value, refusal: null } : { chosen: null, refusal: outcome });
  };
  const send = async (body: Preferences) => {
    // A later choice holds this one too.
    if (store.get().chosen !== body) return;
    const outcome = await ask(changePreferences, { body });
    if (outcome.ok) kept = outcome.value;
    if (!outcome.ok && store.get().chosen === body) store.set({ chosen: kept, refusal: outcome });
  };
  void read();
  return {
    get: store.get,
    subscribe: store.subscribe,
    retry: () => void read(),
    choose(kind, way, on) {
      const { chosen } = store.get();
      if (chosen === null) return;
      const next = { ...chosen, [kind]: { ...chosen[kind], [way]: on } };
      store.set({ chosen: next, refusal: null });
      sending = sending.then(() => send(next));
    },
  };
}
