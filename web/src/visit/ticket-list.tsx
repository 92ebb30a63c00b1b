import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import type { TicketSummary } from '#contract/ticket/http.ts';
import { SessionCard, ticketStatusWords } from '#web/features/ticket/index.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, ButtonLink, names } from '#web/ui/button.tsx';
import { IconPerson, IconPlus, IconRetry, IconTicket } from '#web/ui/icons.tsx';
import { LogoMark } from '#web/ui/logo.tsx';
import { shortTimeWords } from '#web/ui/time-words.ts';
import type { CodePage, Visitor } from './code-page-model.ts';
import type { CodeTickets } from './code-tickets-model.ts';
import { Heading } from './heading.tsx';
import { NameDialog } from './name-dialog.tsx';
import { hashOf } from './place.ts';
import * as css from './ticket-list.module.css';

interface TicketListProps {
  readonly page: CodePage;
  readonly visitor: Visitor;
  readonly tickets: CodeTickets;
}

/** The first screen of the code: who one is, what is going on, all tickets, and a way to open one in the thumb's reach. */
export function TicketList({ page, visitor, tickets }: TicketListProps) {
  const list = useStore(tickets.list);
  const [naming, setNaming] = useState(false);
  const [session] = list.openSessions;
  // What was read in a ticket meanwhile is read here too.
  useEffect(() => tickets.refresh(), [tickets]);
  return (
    <>
      <header className={css.head}>
        <LogoMark size={30} />
        <span className={css.organization}>{visitor.organization}</span>
        <Button kind="quiet" icon={<IconPerson size={22} />} onClick={() => setNaming(true)}>
          <span className={css.person}>{visitor.name}</span>
        </Button>
      </header>
      <main className={css.main}>
        <Heading>{visitor.code.name}</Heading>
        {session !== undefined && (
          <SessionCard size="big" sessionId={session.id} session={session} clock={null} joinAs="code" />
        )}
        {list.state === 'failed' && (
          <div className={css.trouble} role="alert">
            <p>{list.refusal === null ? '' : refusalWords(list.refusal)}</p>
            <Button icon={<IconRetry size={20} />} onClick={tickets.refresh}>
              {i18n._('Try again')}
            </Button>
          </div>
        )}
        {list.state === 'loading' && (
          <div className={css.loading} role="status" aria-label={i18n._('Loading your tickets')}>
            <span />
            <span />
          </div>
        )}
        {list.state === 'ready' && list.tickets.length === 0 && (
          <div className={css.empty}>
            <IconTicket size={44} />
            <p>{i18n._('Nothing here yet. Tell the service team what is wrong, and they will answer here.')}</p>
          </div>
        )}
        <ul className={css.list} aria-label={i18n._('Your tickets')}>
          {list.tickets.map((ticket) => (
            <li key={ticket.id}>
              <Row ticket={ticket} />
            </li>
          ))}
        </ul>
        {list.tickets.length < list.total && (
          <Button kind="quiet" wide onClick={tickets.more}>
            {i18n._('Show older tickets')}
          </Button>
        )}
      </main>
      <footer className={css.foot}>
        <ButtonLink kind="primary" href={hashOf({ at: 'new' })} icon={<IconPlus />} wide>
          {i18n._('Ask for help')}
        </ButtonLink>
      </footer>
      {naming && <NameDialog page={page} name={visitor.name} onClose={() => setNaming(false)} />}
    </>
  );
}

function Row({ ticket }: { readonly ticket: TicketSummary }) {
  const { lastMessage, unread } = ticket;
  return (
    <a className={css.row} href={hashOf({ at: 'ticket', ticketId: ticket.id })}>
      <span className={names(css.subject, unread > 0 && css.bold)}>{ticket.subject}</span>
      <time className={css.when} dateTime={ticket.updatedAt}>
        {shortTimeWords(ticket.updatedAt, new Date())}
      </time>
      <span className={css.last}>
        {lastMessage === null ? '' : i18n._('{name}: {text}', { name: lastMessage.by, text: lastMessage.text })}
      </span>
      {unread > 0 && (
        <span className={css.unread}>
          <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
          <span className={css.onlyHeard}>
            {i18n._('{unread, plural, one {# new message} other {# new messages}}', { unread })}
          </span>
        </span>
      )}
      <span className={css.status}>
        {i18n._('No. {number}', { number: String(ticket.number) })} · {ticketStatusWords(ticket.status)}
      </span>
    </a>
  );
}
