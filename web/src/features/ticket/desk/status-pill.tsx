import type { SessionStatus } from '#contract/session/events.ts';
import type { TicketStatus } from '#contract/ticket/events.ts';
import { sessionStatusWords } from '#web/ui/session-status-words.ts';
import { ticketStatusWords } from '../thread-words.ts';

const ticketTones = {
  open: 'accent',
  'in-progress': 'blue',
  waiting: 'amber',
  resolved: 'green',
  closed: 'quiet',
} as const satisfies Record<TicketStatus, string>;

/** A ticket's status, in a word with its colour. */
export function TicketStatusPill({ status }: { status: TicketStatus }) {
  return (
    <span className="pill" data-tone={ticketTones[status]}>
      {ticketStatusWords(status)}
    </span>
  );
}

function toneOf(status: SessionStatus): 'green' | 'amber' | 'quiet' {
  if (status === 'live') return 'green';
  return status === 'waiting' || status === 'requested' || status === 'accepted' || status === 'scheduled'
    ? 'amber'
    : 'quiet';
}

/** A video session's status, in a word with its colour. */
export function SessionStatusPill({ status }: { status: SessionStatus }) {
  return (
    <span className="pill" data-tone={toneOf(status)}>
      {sessionStatusWords(status)}
    </span>
  );
}
