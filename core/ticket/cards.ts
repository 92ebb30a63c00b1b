import type { TicketEventBody } from '#contract/ticket/events.ts';

/** Where the cards of sessions stand: at the event by which each came into the ticket last, unless it has left again. */
export function cardsIn(
  events: readonly { readonly seq: number; readonly body: TicketEventBody }[],
): ReadonlyMap<string, number> {
  const cards = new Map<string, number>();
  for (const { seq, body } of events) {
    if (body.kind === 'session-created' || body.kind === 'session-linked') cards.set(body.sessionId, seq);
    if (body.kind === 'session-unlinked') cards.delete(body.sessionId);
  }
  return cards;
}
