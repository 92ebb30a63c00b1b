import type { Outcome } from '#contract/errors.ts';
import type { Person } from '#contract/person.ts';
import { listTicketSessions, readSession, type SessionSummary } from '#contract/session/http.ts';
import { markTicketRead, type Ticket, TicketEvent, ticketEvents } from '#contract/ticket/http.ts';
import { type ClockOffset, measureOffset } from '#core/session/duration.ts';
import { cardsIn } from '#core/ticket/cards.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { coalesced } from '#web/state/coalesced.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import { type FollowedStream, followStream } from '#web/stream/followed-stream.ts';
import type { Outbox } from '#web/stream/outbox.ts';
import { isSameDay } from '#web/ui/time-words.ts';
import { composeThread, type ThreadItem } from './thread.ts';
import { openTyping, type Typing } from './typing.ts';

export interface MessengerState {
  readonly state: 'loading' | 'following' | 'behind' | 'refused';
  readonly items: readonly ThreadItem[];
  readonly hasEarlier: boolean;
  readonly sessions: readonly SessionSummary[];
  /** How far the server's clock is ahead, once a live session made it worth asking. */
  readonly clock: ClockOffset | null;
}

/** One ticket's Messenger as the desk and the customer's page show it. Lives as long as its signal. */
export interface Messenger extends ReadableStore<MessengerState> {
  readonly ticketId: Ticket['id'];
  readonly typing: Typing;
  readonly isMine: (author: Person) => boolean;
  say(text: string): void;
  retry(requestId: string): void;
  discard(requestId: string): void;
  loadEarlier(): Promise<boolean>;
  /** The person sees the end of the thread: all that is here counts as read. */
  seen(): void;
  refresh(): void;
}

export interface MessengerParts {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly ticket: Pick<Ticket, 'id' | 'lastSeq' | 'readUpTo'>;
  /** The reader: a member's id or a device's. */
  readonly myId: string;
  readonly now?: () => number;
}

const FIRST_PAGE = 100;
const MOST_UNREAD = 300;
const EARLIER_PAGE = 200;

/** Begins at the unread line, with some of what was before it, but never with a whole long thread. */
function firstShown({ lastSeq, readUpTo }: Pick<Ticket, 'lastSeq' | 'readUpTo'>): number {
  return Math.max(0, lastSeq - MOST_UNREAD, Math.min(readUpTo, lastSeq) - FIRST_PAGE);
}

/** Opens the Messenger of a ticket that has just been read. */
export function openMessenger(signal: AbortSignal, parts: MessengerParts): Messenger {
  const { ask, connection, outbox, ticket, myId, now = Date.now } = parts;
  const params = { ticketId: ticket.id };
  const isMine = (author: Person) => author.kind !== 'system' && author.id === myId;
  const sessions = createStore<ReadonlyMap<string, SessionSummary>>(new Map());
  const clock = createStore<ClockOffset | null>(null);
  const typing = openTyping(signal, connection, { streamId: ticket.id, myId }, now);
  const stream: FollowedStream<TicketEvent> = followStream(signal, {
    connection,
    streamId: ticket.id,
    schema: TicketEvent,
    after: firstShown(ticket),
    pageSize: EARLIER_PAGE,
    canHide: true,
    readAfter: (after) => ask(ticketEvents, { params, query: { after }, signal }),
  });
  let readUpTo = ticket.readUpTo;

  const compose = (): MessengerState => {
    const { state, events, from } = stream.get();
    return {
      state,
      items: composeThread({
        events,
        outbox: outbox.get().filter((entry) => entry.streamId === ticket.id),
        sessions: sessions.get(),
        isMine,
        from,
        readUpTo: ticket.readUpTo,
        sameDay: isSameDay,
      }),
      hasEarlier: from > 0,
      sessions: [...sessions.get().values()],
      clock: clock.get(),
    };
  };
  const screen = createStore(compose());
  const show = () => {
    if (!signal.aborted) screen.set(compose());
  };

  const refreshSessions = coalesced(signal, async () => {
    const listed = await ask(listTicketSessions, { params, signal });
    if (!listed.ok || signal.aborted) return;
    sessions.set(new Map(listed.value.sessions.map((session) => [session.id, session])));
    const live = listed.value.sessions.find((session) => session.status === 'live');
    if (live !== undefined && clock.get() === null) await readClock(live);
  });
  const readClock = async (live: SessionSummary) => {
    const askedAt = now();
    const read = await ask(readSession, { params: { sessionId: live.id }, signal });
    if (read.ok && !signal.aborted) clock.set(measureOffset(Date.parse(read.value.now), askedAt, now()));
  };

  const onEvents = () => {
    const { events } = stream.get();
    outbox.settle(new Set(events.flatMap((event) => event.requestId ?? [])));
    const last = events.at(-1);
    if (last?.body.kind === 'message-said' && last.author.kind !== 'system') typing.stop(last.author.name);
    if ([...cardsIn(events).keys()].some((id) => !sessions.get().has(id))) refreshSessions();
    show();
  };
  let lastUpTo = stream.get().upTo;
  const ends = [
    stream.subscribe(() => {
      if (stream.get().upTo === lastUpTo) return show();
      lastUpTo = stream.get().upTo;
      onEvents();
    }),
    outbox.subscribe(show),
    sessions.subscribe(show),
    clock.subscribe(show),
  ];
  connection.on(signal, 'session-changed', (tell) => {
    if (tell.ticketId === ticket.id) refreshSessions();
  });
  connection.onConnected(signal, refreshSessions);
  if (connection.state.get() !== 'connected') refreshSessions();
  signal.addEventListener('abort', () => {
    for (const end of ends) end();
  });

  return {
    ticketId: ticket.id,
    typing,
    isMine,
    get: screen.get,
    subscribe: screen.subscribe,
    say(text) {
      const said = text.trim();
      if (said !== '') outbox.say(ticket.id, said);
    },
    retry: outbox.retry,
    discard: outbox.discard,
    loadEarlier: stream.loadEarlier,
    refresh: stream.refresh,
    seen() {
      const { upTo } = stream.get();
      if (upTo <= readUpTo) return;
      const before = readUpTo;
      readUpTo = upTo;
      void markRead(upTo).then((outcome) => {
        if (!outcome.ok) readUpTo = Math.min(readUpTo, before);
      });
    },
  };

  /** Not ended with the Messenger: who reads and at once goes back to the list has read. */
  function markRead(upTo: number): Promise<Outcome<unknown>> {
    return ask(markTicketRead, { params, body: { upTo } });
  }
}
