import type { QueryClient } from '@tanstack/react-query';
import { listCodes, listInvitations, listLogins, listMembers, readCode, readMe } from '#contract/access/http.ts';
import { listAvailability } from '#contract/direct-call/http.ts';
import type { TicketId } from '#contract/ids.ts';
import { listComing, readInbox } from '#contract/request/http.ts';
import { listTicketSessions } from '#contract/session/http.ts';
import { readRatingReport } from '#contract/session/rating.ts';
import { listTickets, readTicket } from '#contract/ticket/http.ts';
import { keyOf } from '#web/desk-ui/asking.ts';
import type { Connection } from '#web/realtime/connection.ts';

const TOGETHER_MS = 120;

/** Keeps what is on the screen true: each tell makes the answers it touches stale, several at once only once. */
export function keepFresh(signal: AbortSignal, connection: Connection, client: QueryClient): void {
  const waiting = new Map<string, readonly unknown[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshSoon = (...keys: readonly (readonly unknown[])[]) => {
    for (const key of keys) waiting.set(JSON.stringify(key), key);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const key of waiting.values()) void client.invalidateQueries({ queryKey: key });
      waiting.clear();
    }, TOGETHER_MS);
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  const ofTicket = (ticketId: TicketId) => [
    keyOf(listTickets),
    keyOf(readTicket, { params: { ticketId } }),
    keyOf(listTicketSessions, { params: { ticketId } }),
    keyOf(listCodes),
    keyOf(readCode),
  ];
  connection.on(signal, 'ticket-changed', ({ ticketId }) => refreshSoon(...ofTicket(ticketId)));
  connection.on(signal, 'session-changed', ({ ticketId }) => {
    refreshSoon(keyOf(readRatingReport));
    if (ticketId !== null) refreshSoon(...ofTicket(ticketId));
  });
  connection.on(signal, 'inbox-changed', () => refreshSoon(keyOf(readInbox), keyOf(listComing)));
  connection.on(signal, 'availability-changed', () => refreshSoon(keyOf(listAvailability)));
  connection.on(signal, 'access-changed', () => refreshSoon(keyOf(readMe), [listMembers.path], [listLogins.path]));
  // What was told while there was no connection is not told again: everything on the screen is asked for anew.
  connection.onConnected(signal, () => {
    void connection.ask('watch', {});
    refreshSoon(
      keyOf(readMe),
      keyOf(listTickets),
      keyOf(readTicket),
      keyOf(listTicketSessions),
      keyOf(listCodes),
      keyOf(readCode),
      keyOf(listMembers),
      keyOf(listInvitations),
      keyOf(listAvailability),
      keyOf(readInbox),
      keyOf(listComing),
    );
  });
}
