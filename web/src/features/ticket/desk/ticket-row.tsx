import { i18n } from '@lingui/core';
import { Link } from '@tanstack/react-router';
import type { TicketSummary } from '#contract/ticket/http.ts';
import { CodeIcon } from '#web/desk-ui/icons.tsx';
import { Moment } from '#web/desk-ui/moment.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { TicketStatusPill } from './status-pill.tsx';

/** One ticket in the list; the whole row leads to it. */
export function TicketRow({ ticket, chosen }: { ticket: TicketSummary; chosen: boolean }) {
  const { lastMessage, assignee, unread } = ticket;
  return (
    <li className="ticket-row" data-unread={unread > 0} data-chosen={chosen}>
      <span className="ticket-number">#{ticket.number}</span>
      <div className="ticket-words">
        <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }} className="row-link ticket-subject clip">
          {ticket.subject}
        </Link>
        <p className="ticket-last clip">
          {lastMessage === null ? i18n._('No message yet') : `${lastMessage.by}: ${lastMessage.text}`}
        </p>
      </div>
      {unread > 0 ? (
        <span
          className="unread"
          title={i18n._('{count, plural, one {# new message} other {# new messages}}', { count: unread })}
        >
          <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
          <span className="only-heard">
            {i18n._('{count, plural, one {# new message} other {# new messages}}', { count: unread })}
          </span>
        </span>
      ) : null}
      <span className="ticket-code clip">
        {ticket.code === null ? null : (
          <>
            <CodeIcon size={14} />
            <span className="clip">{ticket.code.name}</span>
          </>
        )}
      </span>
      <span className="ticket-status">
        <TicketStatusPill status={ticket.status} />
      </span>
      <span className="ticket-assignee" title={assignee === null ? i18n._('Nobody') : assignee.name}>
        {assignee === null ? <span className="nobody" aria-hidden="true" /> : <Avatar name={assignee.name} size={24} />}
        <span className="only-heard">
          {assignee === null ? i18n._('Nobody has it') : i18n._('{name} has it', { name: assignee.name })}
        </span>
      </span>
      <span className="ticket-time">
        <Moment at={lastMessage?.at ?? ticket.updatedAt} />
      </span>
    </li>
  );
}
