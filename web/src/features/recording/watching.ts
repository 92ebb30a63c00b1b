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
  let round = 0;

  /** Whether it is worth asking again soon. */
  const readOnce = async (isLast: () => boolean): Promise<boolean> => {
    const found = await readRecord(life, ask, sessionId);
    if (isLast()) return false;
    if (found.at === 'ready') {
      watched.set(found);
      return !found.recordings.every(isSettled);
    }
    // What is on the screen stays there through trouble that passes.
    if (watched.get().at === 'ready') return true;
    watched.set(found);
    return false;
  };
  const run = async () => {
    round += 1;
    const own = round;
    const isLast = () => life.aborted || own !== round;
    while (await readOnce(isLast)) await pause(life, AGAIN_MS);
  };
  void run();
  return { watched, refresh: () => void run() };
}

async function readRecord(signal: AbortSignal, ask: Ask, sessionId: SessionId): Promise<Watched> {
  const listed = await ask(listSessionRecordings, { params: { sessionId }, signal });
  if (!listed.ok) return { at: 'failed', refusal: listed };
  const { recordings } = listed.value;
  // Without a recording there is nothing for a transcript to lead into.
  if (recordings.length === 0) return { at: 'ready', recordings, events: [] };
  const events = await readAll(signal, ask, sessionId);
  return events.ok ? { at: 'ready', recordings, events: events.value } : { at: 'failed', refusal: events };
}

async function readAll(signal: AbortSignal, ask: Ask, sessionId: SessionId): Promise<Outcome<readonly SessionEvent[]>> {
  const events: SessionEvent[] = [];
  for (let after = 0; ; ) {
    const part = await ask(sessionEvents, { params: { sessionId }, query: { after }, signal });
    if (!part.ok) return part;
    events.push(...part.value.events);
    if (!part.value.more || part.value.upTo <= after) return { ok: true, value: events };
    after = part.value.upTo;
  }
}
