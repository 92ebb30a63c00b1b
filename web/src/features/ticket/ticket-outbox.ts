import { sayInTicket } from '#contract/ticket/http.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { type Outbox, openOutbox } from '#web/stream/outbox.ts';
import { deviceStorage } from '#web/stream/outbox-drawer.ts';

interface TicketOutboxParts {
  readonly ask: Ask;
  readonly connection: Connection;
  /** Whose messages these are: a member's id, or `code` for the customer's device. */
  readonly owner: string;
  readonly storage?: Storage | null;
}

/** The page's one outbox for messages in tickets: it also sends what was written in tickets that are not open now. */
export function openTicketOutbox(signal: AbortSignal, { ask, connection, owner, storage }: TicketOutboxParts): Outbox {
  const outbox = openOutbox(signal, {
    owner: `ticket.${owner}`,
    storage: storage === undefined ? deviceStorage() : storage,
    deliver: ({ requestId, streamId, text }) =>
      ask(sayInTicket, { params: { ticketId: streamId }, body: { requestId, text } }),
  });
  connection.onConnected(signal, outbox.hurry);
  return outbox;
}
