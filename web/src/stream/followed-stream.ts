import * as z from 'zod/mini';
import type { Outcome, Refusal } from '#contract/errors.ts';
import type { Connection } from '../realtime/connection.ts';
import { createStore, type ReadableStore } from '../state/store.ts';

/** What every event of a stream has. */
export interface Sequenced {
  readonly seq: number;
  readonly requestId: string | null;
}

/**
 * Events after `from` up to `upTo`, in order. `behind`: the connection is away, more may have happened.
 * A number may be missing between two events: something that this person may not see.
 */
export interface StreamState<Event extends Sequenced> {
  readonly state: 'loading' | 'following' | 'behind' | 'refused';
  readonly events: readonly Event[];
  readonly from: number;
  readonly upTo: number;
  readonly refusal: Refusal | null;
}

export interface FollowedStream<Event extends Sequenced> extends ReadableStore<StreamState<Event>> {
  /** Takes an event that came another way: the answer to one's own request. */
  offer(event: Event): void;
  /** Loads the page before the first event that is here. Resolves to whether it worked. */
  loadEarlier(): Promise<boolean>;
  /** Asks anew for what came after: after a refusal, or when access has changed. */
  refresh(): void;
}

export interface FollowOptions<Event extends Sequenced> {
  readonly connection: Connection;
  readonly streamId: string;
  readonly schema: z.ZodMiniType<Event>;
  /** Begin after this event; 0 is the whole stream. */
  readonly after?: number;
  /** Reads events by HTTP, for pages before the first. */
  readonly readAfter?: (after: number) => Promise<Outcome<{ readonly events: readonly Event[] }>>;
  readonly pageSize?: number;
  /** What was read can be hidden from this person later, or shown: a ticket's, with sessions in it. */
  readonly canHide?: boolean;
}

const Numbered = z.object({ seq: z.int() });
const ASK_AGAIN_MS = 3_000;

/**
 * Follows one stream until `signal` aborts: resumes after each reconnect, asks again when a number is missing, and reads
 * all of it anew when it is told that something in it was hidden or shown. Refused, it holds nothing any more.
 */
export function followStream<Event extends Sequenced>(
  signal: AbortSignal,
  { connection, streamId, schema, after = 0, readAfter, pageSize = 200, canHide = false }: FollowOptions<Event>,
): FollowedStream<Event> {
  const start: StreamState<Event> = { state: 'loading', events: [], from: after, upTo: after, refusal: null };
  const store = createStore(start);
  let asking = false;
  let askAgain = false;
  /** What was read anew so far, from the first event on; shown once all of it is here. Null: nothing has to be. */
  let anew: { readonly events: readonly Event[]; readonly upTo: number } | null = null;

  const change = (part: Partial<StreamState<Event>>) => store.set({ ...store.get(), ...part });

  /** Events of kinds that this page does not know yet (the server is newer) are passed over. */
  const read = (raw: readonly unknown[]) =>
    raw.map((one) => schema.safeParse(one).data).filter((one) => one !== undefined);

  const append = (fresh: readonly Event[], upTo: number) => {
    const known = store.get();
    const added = fresh.filter((event) => event.seq > known.upTo);
    change({
      events: added.length === 0 ? known.events : [...known.events, ...added],
      upTo: Math.max(known.upTo, upTo),
    });
  };

  const catchUp = async () => {
    if (signal.aborted) return;
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    do {
      askAgain = await askOnce();
    } while (askAgain && !signal.aborted);
    asking = false;
  };

  /** Resolves to whether there is reason to ask again at once. */
  const askOnce = async (): Promise<boolean> => {
    askAgain = false;
    const begun = anew;
    const page = await connection.follow({ streamId, after: begun?.upTo ?? store.get().upTo });
    if (signal.aborted) return false;
    // Asked before something was hidden: what came may be what nobody here may read any more.
    if (anew !== begun) return true;
    if (page.ok) {
      const { more, upTo } = page.value;
      const events = read(page.value.events);
      if (begun === null) append(events, upTo);
      else anew = { events: [...begun.events, ...events], upTo };
      if (anew !== null && !more) {
        change(anew);
        anew = null;
      }
      change({ state: 'following', refusal: null });
      return more || askAgain;
    }
    if (page.code === 'unavailable' || page.code === 'failed' || page.code === 'too-many') {
      if (connection.state.get() === 'connected') setTimeout(catchUp, ASK_AGAIN_MS);
      return false;
    }
    anew = null;
    change({ state: 'refused', events: [], refusal: page });
    return false;
  };

  const hear = (raw: unknown) => {
    const numbered = Numbered.safeParse(raw);
    if (!numbered.success || numbered.data.seq <= store.get().upTo) return;
    if (asking || numbered.data.seq > store.get().upTo + 1) void catchUp();
    else append(read([raw]), numbered.data.seq);
  };

  connection.on(signal, 'event', (tell) => {
    if (tell.streamId === streamId) hear(tell.event);
  });
  const readAnew = () => {
    anew = { events: [], upTo: store.get().from };
    void catchUp();
  };
  connection.on(signal, 'stream-changed', (tell) => {
    if (tell.streamId === streamId) readAnew();
  });
  connection.onConnected(signal, () => {
    // While it was away nobody could tell it that something was hidden.
    if (canHide && store.get().state === 'behind') readAnew();
    else void catchUp();
  });
  const unsubscribe = connection.state.subscribe(() => {
    if (connection.state.get() !== 'connected' && store.get().state === 'following') change({ state: 'behind' });
  });
  signal.addEventListener('abort', () => {
    unsubscribe();
    void connection.ask('unfollow', { streamId });
  });

  const loadEarlier = async (): Promise<boolean> => {
    const { from } = store.get();
    if (from === 0 || readAfter === undefined) return true;
    const before = Math.max(0, from - pageSize);
    const page = await readAfter(before);
    if (signal.aborted || !page.ok) return false;
    const known = store.get();
    if (known.from !== from) return true;
    change({ events: [...page.value.events.filter((event) => event.seq <= from), ...known.events], from: before });
    return true;
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    offer(event) {
      if (event.seq === store.get().upTo + 1 && !asking) append([event], event.seq);
      else if (event.seq > store.get().upTo) void catchUp();
    },
    loadEarlier,
    refresh: () => void catchUp(),
  };
}
