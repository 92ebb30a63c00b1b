import type { Refusal } from '#contract/errors.ts';
import { listSessionsOnNow, type SessionSummary } from '#contract/session/http.ts';
import { listTickets, openTicket, readTicket, type Ticket, type TicketSummary } from '#contract/ticket/http.ts';
import { type MessengerModel, openMessenger } from '#web/features/ticket/index.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { coalesced } from '#web/state/coalesced.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { Outbox } from '#web/stream/outbox.ts';

/** The list of the code's tickets. `failed` keeps what was loaded before. */
export interface TicketList {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly tickets: readonly TicketSummary[];
  readonly total: number;
  readonly refusal: Refusal | null;
  /** Sessions that one can join now, newest first. */
  readonly openSessions: readonly SessionSummary[];
}

export type OpenedTicket =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly refusal: Refusal }
  | { readonly state: 'ready'; readonly ticket: Ticket; readonly messenger: MessengerModel };

export interface CodeTickets {
  readonly list: ReadableStore<TicketList>;
  refresh(): void;
  more(): void;
  /** Opens one ticket with its Messenger until `signal` aborts. */
  open(signal: AbortSignal, ticketId: string): ReadableStore<OpenedTicket>;
  /** Resolves to the new ticket's id, or why there is none. Repeating the same wish makes no second ticket. */
  create(wish: TicketWish): Promise<{ readonly id: string } | Refusal>;
}

export interface TicketWish {
  readonly requestId: string;
  readonly subject: string;
  readonly text: string;
}

interface CodeTicketsParts {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly codeId: string;
  readonly deviceId: string;
}

/** The code's tickets, kept fresh by what the socket tells. */
export function openCodeTickets(signal: AbortSignal, parts: CodeTicketsParts): CodeTickets {
  const { ask, connection, outbox, codeId, deviceId } = parts;
  const list = createStore<TicketList>({ state: 'loading', tickets: [], total: 0, refusal: null, openSessions: [] });
  const change = (part: Partial<TicketList>) => {
    if (!signal.aborted) list.set({ ...list.get(), ...part });
  };
  let pages = 1;

  const load = coalesced(signal, async () => {
    const tickets: TicketSummary[] = [];
    for (let page = 1; page <= pages; page++) {
      const outcome = await ask(listTickets, { query: { code: codeId, page }, signal });
      if (!outcome.ok) return change({ state: 'failed', refusal: outcome });
      tickets.push(...outcome.value.tickets);
      change({ total: outcome.value.total });
    }
    change({ state: 'ready', tickets, refusal: null });
    const listed = await ask(listSessionsOnNow, { params: { codeId }, signal });
    if (listed.ok) change({ openSessions: listed.value.sessions });
  });

  connection.onConnected(signal, () => {
    void connection.ask('watch', {});
    load();
  });
  connection.on(signal, 'ticket-changed', load);
  connection.on(signal, 'session-changed', load);
  load();

  return {
    list,
    refresh: load,
    more() {
      pages++;
      load();
    },
    open(until, ticketId) {
      const store = createStore<OpenedTicket>({ state: 'loading' });
      let messenger: MessengerModel | null = null;
      const read = coalesced(until, async () => {
        const outcome = await ask(readTicket, { params: { ticketId }, signal: until });
        if (until.aborted) return;
        if (!outcome.ok) {
          if (messenger === null) store.set({ state: 'failed', refusal: outcome });
          return;
        }
        messenger ??= openMessenger(until, { ask, connection, outbox, ticket: outcome.value, myId: deviceId });
        store.set({ state: 'ready', ticket: outcome.value, messenger });
      });
      connection.on(until, 'ticket-changed', (tell) => {
        if (tell.ticketId === ticketId) read();
      });
      connection.onConnected(until, read);
      read();
      return store;
    },
    async create({ requestId, subject, text }) {
      const body = { requestId, subject, code: codeId, ...(text.trim() === '' ? {} : { text }) };
      const outcome = await ask(openTicket, { body, signal });
      if (!outcome.ok) return outcome;
      load();
      return { id: outcome.value.id };
    },
  };
}
