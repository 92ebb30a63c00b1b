import type { Outcome, Refusal } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import { listSessionRecordings, type Recording } from '#contract/recording/http.ts';
import { type SessionEvent, sessionEvents } from '#contract/session/http.ts';
import type { Ask } from '#web/http/client.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import { isSettled } from './words.ts';

/** The recordings of a session with its transcript, as far as they are known. */
export type Watched =
  | { readonly at: 'loading' }
  | { readonly at: 'failed'; readonly refusal: Refusal }
  | { readonly at: 'ready'; readonly recordings: readonly Recording[]; readonly events: readonly SessionEvent[] };

export interface Watching {
  readonly watched: ReadableStore<Watched>;
  /** Asks anew. */
  refresh(): void;
}

interface WatchingParts {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  readonly pause: (life: AbortSignal, ms: number) => Promise<void>;
}

const AGAIN_MS = 2_000;

/** Reads what was recorded in a session, and again while a recording is still being made, until `life` ends. */
export function watchRecordings(life: AbortSignal, { ask, sessionId, pause }: WatchingParts): Watching {
  const watched = createStore<Watched>({ at: 'loading' });
  const params = { sessionId };
  let round = 0;

  const read = async (): Promise<Outcome<readonly Recording[]>> => {
    const listed = await ask(listSessionRecordings, { params, signal: life });
    return listed.ok ? { ok: true, value: listed.value.recordings } : listed;
  };
  const run = async () => {
    round += 1;
    const own = round;
    while (!life.aborted && own === round) {
      const listed = await read();
      // Without a recording there is nothing for a transcript to lead into.
      const events = listed.ok && listed.value.length > 0 ? await readAll(life, ask, sessionId) : null;
      if (life.aborted || own !== round) return;
      const refusal = listed.ok ? (events !== null && !events.ok ? events : null) : listed;
      if (refusal !== null) {
        // What is on the screen stays there through trouble that passes.
        if (watched.get().at !== 'ready') watched.set({ at: 'failed', refusal });
      } else if (listed.ok) {
        watched.set({ at: 'ready', recordings: listed.value, events: events?.ok ? events.value : [] });
        if (listed.value.every(isSettled)) return;
      }
      if (watched.get().at === 'failed') return;
      await pause(life, AGAIN_MS);
    }
  };
  void run();
  return { watched, refresh: () => void run() };
}

async function readAll(
  signal: AbortSignal,
  ask: Ask,
  sessionId: SessionId,
): Promise<Outcome<readonly SessionEvent[]>> {
  const events: SessionEvent[] = [];
  for (let after = 0; ; ) {
    const part = await ask(sessionEvents, { params: { sessionId }, query: { after }, signal });
    if (!part.ok) return part;
    events.push(...part.value.events);
    if (!part.value.more || part.value.upTo <= after) return { ok: true, value: events };
    after = part.value.upTo;
  }
}
