import type { ErrorCode, Outcome, Refusal } from '#contract/errors.ts';
import { newRequestId } from '../http/request-id.ts';
import { createStore, type ReadableStore } from '../state/store.ts';
import { type Draft, type DrawerStorage, openDrawer } from './outbox-drawer.ts';

/** `sent`: acknowledged, and on its way to the stream; it is shown until the stream has it. */
export type OutboxEntry = Draft &
  (
    | { readonly state: 'sending'; readonly tries: number }
    | { readonly state: 'sent' }
    | { readonly state: 'failed'; readonly refusal: Refusal }
  );

export interface Outbox extends ReadableStore<readonly OutboxEntry[]> {
  /** Takes a message: it is kept first, then sent after those written before it. Returns its request id. */
  say(streamId: string, text: string): string;
  retry(requestId: string): void;
  discard(requestId: string): void;
  /** The stream has these requests: their entries are done, also when the answer to them was lost. */
  settle(requestIds: ReadonlySet<string>): void;
  /** Tries at once what is waiting: the connection is back. */
  hurry(): void;
}

export interface OutboxOptions {
  /** Whose messages these are: another person on the same device must not send them. */
  readonly owner: string;
  /** Sends one message; repeating it with the same request id is harmless. */
  readonly deliver: (draft: Draft) => Promise<Outcome<unknown>>;
  readonly storage: DrawerStorage | null;
  readonly now?: () => number;
  readonly makeId?: () => string;
}

/** `failed` is given this many tries before the person is asked; a missing connection is waited for without end. */
const TRIES = 4;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20_000;

/**
 * Messages on their way: kept in the device's storage until acknowledged, also across reloads; sent in the order in
 * which they were written, one at a time per stream; each exactly once, by its request id.
 */
export function openOutbox(signal: AbortSignal, options: OutboxOptions): Outbox {
  const { deliver, now = Date.now, makeId = newRequestId } = options;
  const drawer = openDrawer(options.storage, options.owner);
  const kept = drawer.all().toSorted((a, b) => a.writtenAt - b.writtenAt);
  const store = createStore<readonly OutboxEntry[]>(kept.map((draft) => ({ ...draft, state: 'sending', tries: 0 })));
  const busy = new Set<string>();
  const waits = new Map<string, ReturnType<typeof setTimeout>>();
  let hurried = 0;
  let lastWrittenAt = kept.at(-1)?.writtenAt ?? 0;

  const replace = (requestId: string, next: (draft: Draft) => OutboxEntry | null) =>
    store.set(
      store.get().flatMap((entry) => {
        if (entry.requestId !== requestId) return [entry];
        const { streamId, text, writtenAt } = entry;
        return next({ requestId, streamId, text, writtenAt }) ?? [];
      }),
    );

  /** Sends what waits in one stream, oldest first, until it is empty or has to wait. */
  const drain = async (streamId: string) => {
    if (busy.has(streamId) || waits.has(streamId)) return;
    busy.add(streamId);
    for (;;) {
      const entry = store.get().find((one) => one.streamId === streamId && one.state === 'sending');
      if (entry?.state !== 'sending' || signal.aborted) break;
      const { requestId, text, writtenAt } = entry;
      const hurriedBefore = hurried;
      const outcome = await deliver({ requestId, streamId, text, writtenAt });
      if (signal.aborted) return;
      const waitMs = outcome.ok ? done(requestId) : notYet(entry.tries, requestId, outcome);
      // The connection may have come back while this try was failing: then there is nothing to wait for.
      if (waitMs !== null && hurried === hurriedBefore) {
        pause(streamId, waitMs);
        break;
      }
    }
    busy.delete(streamId);
  };

  const done = (requestId: string) => {
    drawer.remove(requestId);
    replace(requestId, (draft) => ({ ...draft, state: 'sent' }));
    return null;
  };

  /** Decides between waiting (returns how long) and asking the person (null). */
  const notYet = (tries: number, requestId: string, refusal: Refusal): number | null => {
    if (!isWorthRetrying(refusal.code) || (refusal.code === 'failed' && tries + 1 >= TRIES)) {
      replace(requestId, (draft) => ({ ...draft, state: 'failed', refusal }));
      return null;
    }
    replace(requestId, (draft) => ({ ...draft, state: 'sending', tries: tries + 1 }));
    if (refusal.retryAfterSeconds !== undefined) return refusal.retryAfterSeconds * 1_000;
    return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
  };

  const pause = (streamId: string, waitMs: number) => {
    const timer = setTimeout(() => {
      waits.delete(streamId);
      void drain(streamId);
    }, waitMs);
    waits.set(streamId, timer);
  };

  const drainAll = () => {
    for (const streamId of new Set(store.get().map((entry) => entry.streamId))) void drain(streamId);
  };

  signal.addEventListener('abort', () => {
    for (const timer of waits.values()) clearTimeout(timer);
  });
  drainAll();

  return {
    get: store.get,
    subscribe: store.subscribe,
    say(streamId, text) {
      // The clock of a phone may be set back; the order of writing must not follow it.
      lastWrittenAt = Math.max(now(), lastWrittenAt + 1);
      const draft = { requestId: makeId(), streamId, text, writtenAt: lastWrittenAt };
      drawer.put(draft);
      store.set([...store.get(), { ...draft, state: 'sending', tries: 0 }]);
      void drain(streamId);
      return draft.requestId;
    },
    retry(requestId) {
      replace(requestId, (draft) => ({ ...draft, state: 'sending', tries: 0 }));
      drainAll();
    },
    discard(requestId) {
      drawer.remove(requestId);
      replace(requestId, () => null);
    },
    settle(requestIds) {
      const settled = store.get().filter((entry) => requestIds.has(entry.requestId));
      if (settled.length === 0) return;
      for (const entry of settled) drawer.remove(entry.requestId);
      store.set(store.get().filter((entry) => !requestIds.has(entry.requestId)));
    },
    hurry() {
      hurried++;
      for (const timer of waits.values()) clearTimeout(timer);
      waits.clear();
      drainAll();
    },
  };
}

function isWorthRetrying(code: ErrorCode): boolean {
  return code === 'unavailable' || code === 'too-many' || code === 'failed';
}
