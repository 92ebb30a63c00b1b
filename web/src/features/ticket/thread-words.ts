import { i18n } from '@lingui/core';
import type { Person } from '#contract/person.ts';
import type { TicketStatus } from '#contract/ticket/events.ts';
import type { TicketEvent } from '#contract/ticket/http.ts';

/** A ticket's status as a person reads it. */
export function ticketStatusWords(status: TicketStatus): string {
  switch (status) {
    case 'open':
      return i18n._('Open');
    case 'in-progress':
      return i18n._('Being worked on');
    case 'waiting':
      return i18n._('Waiting for an answer');
    case 'resolved':
      return i18n._('Solved');
    case 'closed':
      return i18n._('Closed');
  }
}

/** What happened in the ticket, as one line of the thread. `You` for the reader. */
export function systemWords({ author, body }: TicketEvent, isMine: (author: Person) => boolean): string {
  const name = author.kind === 'system' ? 'Sightglass' : author.name;
  const mine = isMine(author);
  switch (body.kind) {
    case 'ticket-opened':
      return mine ? i18n._('You opened this ticket') : i18n._('{name} opened this ticket', { name });
    case 'status-changed': {
      const status = ticketStatusWords(body.to);
      return mine
        ? i18n._('You changed the status to “{status}”', { status })
        : i18n._('{name} changed the status to “{status}”', { name, status });
    }
    case 'assignee-changed':
      return assigneeWords(author, mine, name, body.to);
    case 'code-changed':
      if (body.to === null) return i18n._('{name} removed the ticket from its code', { name });
      return i18n._('{name} moved the ticket to {code}', { name, code: body.to.name });
    case 'subject-changed':
      return mine
        ? i18n._('You changed the subject to “{subject}”', { subject: body.to })
        : i18n._('{name} changed the subject to “{subject}”', { name, subject: body.to });
    case 'message-said':
      return body.text;
    case 'session-created':
      return mine ? i18n._('You started a video session') : i18n._('{name} started a video session', { name });
    case 'session-linked':
      return mine
        ? i18n._('You attached a video session to this ticket')
        : i18n._('{name} attached a video session to this ticket', { name });
    case 'session-unlinked':
      return mine
        ? i18n._('You removed a video session from this ticket')
        : i18n._('{name} removed a video session from this ticket', { name });
  }
}

function assigneeWords(author: Person, mine: boolean, name: string, to: { id: string; name: string } | null): string {
  if (to === null) return i18n._('Nobody is in charge of this ticket now');
  const toThemself = author.kind === 'member' && author.id === to.id;
  if (mine && toThemself) return i18n._('You are in charge of this ticket now');
  if (toThemself) return i18n._('{name} is in charge of this ticket now', { name });
  return i18n._('{name} put {assignee} in charge of this ticket', { name, assignee: to.name });
}
