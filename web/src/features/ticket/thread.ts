import type { Refusal } from '#contract/errors.ts';
import type { Person } from '#contract/person.ts';
import type { SessionSummary } from '#contract/session/http.ts';
import type { TicketEvent } from '#contract/ticket/http.ts';
import { cardsIn } from '#core/ticket/cards.ts';
import type { OutboxEntry } from '#web/stream/outbox.ts';

/** One line of the Messenger, in the order in which it is shown. */
export type ThreadItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'system'; readonly key: string; readonly event: TicketEvent }
  | {
      readonly kind: 'session';
      readonly key: string;
      readonly at: string;
      readonly sessionId: string;
      /** Null while it is being loaded, and for those who may not see it. */
      readonly session: SessionSummary | null;
    }
  | MessageItem;

export interface MessageItem {
  readonly kind: 'message';
  readonly key: string;
  readonly side: 'own' | 'other';
  /** Null on own messages. */
  readonly name: string | null;
  /** The first of several by the same person in a row shows the name, the last the time. */
  readonly first: boolean;
  readonly last: boolean;
  readonly text: string;
  readonly at: string;
  readonly delivery: Delivery;
}

export type Delivery =
  | { readonly state: 'said' }
  /** `waiting`: it has been tried and will be tried again by itself. */
  | { readonly state: 'sending' | 'waiting'; readonly requestId: string }
  | { readonly state: 'failed'; readonly requestId: string; readonly refusal: Refusal };

interface ThreadParts {
  readonly events: readonly TicketEvent[];
  readonly outbox: readonly OutboxEntry[];
  readonly sessions: ReadonlyMap<string, SessionSummary>;
  readonly isMine: (author: Person) => boolean;
  /** All events after this one are here. */
  readonly from: number;
  /** What this person had read when the thread was opened: the unread line stands after it. */
  readonly readUpTo: number;
  readonly sameDay: (a: string, b: string) => boolean;
}

const SAME_BREATH_MS = 5 * 60_000;

/** Composes the thread: events in order, then what is on its way, with days, the unread line and names where they belong. */
export function composeThread(parts: ThreadParts): readonly ThreadItem[] {
  const { events, outbox, sessions, isMine, from, readUpTo, sameDay } = parts;
  const items: ThreadItem[] = [];
  const known = new Set<string | null>(events.map((event) => event.requestId));
  let lastAt: string | null = null;
  // The line may belong further up, on a page that is not loaded yet.
  let unreadShown = from > readUpTo;

  const dayLine = (at: string) => {
    if (lastAt === null || !sameDay(lastAt, at)) items.push({ kind: 'day', key: `day ${at}`, at });
    lastAt = at;
  };

  const cards = new Set(cardsIn(events).values());
  for (const event of events) {
    dayLine(event.at);
    if (!unreadShown && event.seq > readUpTo && event.body.kind === 'message-said' && !isMine(event.author)) {
      items.push({ kind: 'unread', key: 'unread' });
      unreadShown = true;
    }
    items.push(itemOf(event, items.at(-1), { sessions, cards, isMine }));
  }
  let waiting = false;
  for (const entry of outbox) {
    if (known.has(entry.requestId)) continue;
    // They go in order: what is behind one that waits, waits too.
    waiting ||= entry.state === 'sending' && entry.tries > 0;
    const at = new Date(entry.writtenAt).toISOString();
    dayLine(at);
    const first = !isSameBreath(items.at(-1), null, at);
    items.push({
      kind: 'message',
      key: entry.requestId,
      side: 'own',
      name: null,
      first,
      last: true,
      text: entry.text,
      at,
      delivery: deliveryOf(entry, waiting),
    });
  }
  return items.map((item, at) => {
    const next = items[at + 1];
    return item.kind === 'message' && next?.kind === 'message' && !next.first ? { ...item, last: false } : item;
  });
}

function itemOf(
  event: TicketEvent,
  before: ThreadItem | undefined,
  { sessions, cards, isMine }: Pick<ThreadParts, 'sessions' | 'isMine'> & { readonly cards: ReadonlySet<number> },
): ThreadItem {
  const { at, author, body, seq } = event;
  if (cards.has(seq) && 'sessionId' in body) {
    const { sessionId } = body;
    return { kind: 'session', key: `session ${seq}`, at, sessionId, session: sessions.get(sessionId) ?? null };
  }
  if (body.kind !== 'message-said') return { kind: 'system', key: `event ${seq}`, event };
  const mine = isMine(author);
  const name = mine || author.kind === 'system' ? null : author.name;
  return {
    kind: 'message',
    // The same key as while it was on its way, so that it stays the same element on the screen.
    key: event.requestId ?? `event ${seq}`,
    side: mine ? 'own' : 'other',
    name,
    first: !isSameBreath(before, name, at),
    last: true,
    text: body.text,
    at,
    delivery: { state: 'said' },
  };
}

function deliveryOf(entry: OutboxEntry, waiting: boolean): Delivery {
  const { requestId } = entry;
  if (entry.state === 'failed') return { state: 'failed', requestId, refusal: entry.refusal };
  return { state: entry.state === 'sending' && waiting ? 'waiting' : 'sending', requestId };
}

/** Whether a message continues the one before: same person, a few minutes, nothing between. */
function isSameBreath(before: ThreadItem | undefined, name: string | null, at: string): boolean {
  if (before?.kind !== 'message' || before.name !== name) return false;
  return Date.parse(at) - Date.parse(before.at) < SAME_BREATH_MS;
}
