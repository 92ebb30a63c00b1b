import { SessionSummary } from '#contract/session/http.ts';
import type { TicketEventBody } from '#contract/ticket/events.ts';
import { TicketEvent } from '#contract/ticket/http.ts';

/* Made-up people and events for the tests of this folder. */
export const ticketId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01';
export const sessionId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7b01';
export const ann = { kind: 'member', id: '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7c01', name: 'Ann Expert' } as const;
export const cem = { kind: 'codeUser', id: '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7c02', name: 'Cem' } as const;

/** An event as the server sends it. */
export function event(seq: number, author: unknown, body: unknown, more: { at?: string; requestId?: string } = {}) {
  return TicketEvent.parse({ seq, at: '2026-11-20T10:00:00.000Z', author, requestId: null, body, ...more });
}

/** A message as the server sends it. */
export const said = (seq: number, author: unknown, text: string, more: { at?: string; requestId?: string } = {}) =>
  event(seq, author, { kind: 'message-said', text } satisfies TicketEventBody, more);

/** A session as a list shows it. */
export const session = (status: string, more: Record<string, unknown> = {}) =>
  SessionSummary.parse({
    id: sessionId,
    subject: 'Pump',
    origin: 'ticket',
    status,
    ticketId,
    createdBy: 'Ann Expert',
    createdAt: '2026-11-20T10:00:00.000Z',
    liveSince: null,
    endedAt: null,
    scheduledFor: null,
    isPublic: true,
    stars: null,
    erasedAt: null,
    participants: [],
    ...more,
  });
