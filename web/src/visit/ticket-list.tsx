import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import type { TicketSummary } from '#contract/ticket/http.ts';
import { CallNow, type ContactModel } from '#web/features/direct-call/index.ts';
import { type CodeRequests, createRequestDeeds, RequestCard, type Wishes } from '#web/features/request/index.ts';
import { SessionCard, ticketStatusWords } from '#web/features/ticket/index.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import type { ReadableStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, names } from '#web/ui/button.tsx';
import { IconMessage, IconPerson, IconRetry, IconTicket, IconVideo } from '#web/ui/icons.tsx';
import { LogoMark } from '#web/ui/logo.tsx';
import { shortTimeWords } from '#web/ui/time-words.ts';
import type { CodePage, Visitor } from './code-page-model.ts';
import type { CodeTickets } from './code-tickets-model.ts';
import { Heading } from './heading.tsx';
import { NameDialog } from './name-dialog.tsx';
import { NotificationBell } from './notification-bell.tsx';
import { hashOf } from './place.ts';
import type { Rateable } from './rateable.ts';
import * as css from './ticket-list.module.css';
import { ToRate } from './to-rate.tsx';

interface TicketListProps {
  readonly ask: Ask;
  readonly page: CodePage;
  readonly visitor: Visitor;
  readonly tickets: CodeTickets;
  readonly requests: CodeRequests;
  readonly rateable: ReadableStore<readonly Rateable[]>;
  readonly contact: ContactModel;
  readonly wishes: Wishes;
}

/** The first screen of the code: who one is, what is going on, all tickets, and a way to open one in the thumb's reach. */
export function TicketList({ ask, page, visitor, tickets, requests, rateable, contact, wishes }: TicketListProps) {
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
        <NotificationBell ask={ask} deviceId={visitor.deviceId} />
        <Button kind="quiet" icon={<IconPerson size={22} />} onClick={() => setNaming(true)}>
          <span className={css.person}>{visitor.name}</span>
        </Button>
      </header>
      <main className={css.main}>
        <Heading>{visitor.code.name}</Heading>
        {session !== undefined && (
          <SessionCard size="big" sessionId={session.id} session={session} clock={null} joinAs="code" />
        )}
        <CallNow contact={contact} />
        <OnTheirWay wishes={wishes} />
        <Requests ask={ask} requests={requests} openIds={list.openSessions.map(({ id }) => id)} />
        <ToRate ask={ask} rateable={rateable} />
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
        <a className={names(css.way, css.first)} href={hashOf({ at: 'new' })}>
          <IconMessage size={26} />
          <strong>{i18n._('Ask for help')}</strong>
          <span>{i18n._('Write, they answer here')}</span>
        </a>
        <a className={css.way} href={hashOf({ at: 'session', ticketId: null, again: null })}>
          <IconVideo size={26} />
          <strong>{i18n._('Ask for a video session')}</strong>
          <span>{i18n._('Show it with your camera')}</span>
        </a>
      </footer>
      {naming && (
        <NameDialog page={page} name={visitor.name} onClose={() => setNaming(false)} onSwitched={tickets.refresh} />
      )}
    </>
  );
}

/** Requests that wait for a connection: nothing of them is lost. */
function OnTheirWay({ wishes }: { readonly wishes: Wishes }) {
  const subjects = useStore(wishes.onTheirWay);
  return subjects.map((subject) => (
    <p key={subject} role="status" className={css.about}>
      {i18n._('“{subject}” is sent as soon as there is a connection.', { subject })}
    </p>
  ));
}

interface RequestsProps {
  readonly ask: Ask;
  readonly requests: CodeRequests;
  /** Sessions that have a card of their own here. */
  readonly openIds: readonly string[];
}

/** A11: the video sessions that were asked for here, with where each stands. */
function Requests({ ask, requests, openIds }: RequestsProps) {
  const list = useStore(requests);
  const [deeds] = useState(() => createRequestDeeds(ask));
  const shown = list.filter(({ sessionId }) => !openIds.includes(sessionId));
  if (shown.length === 0) return null;
  return (
    <ul className={css.list} aria-label={i18n._('Video sessions you asked for')}>
      {shown.map((request) => (
        <li key={request.sessionId}>
          <RequestCard
            request={request}
            deeds={deeds}
            onChanged={(next) => (next.status === 'cancelled' ? requests.hide(next) : requests.adopt(next))}
            againHref={hashOf({ at: 'session', ticketId: request.ticket?.id ?? null, again: request.sessionId })}
            whenOver={<Button onClick={() => requests.hide(request)}>{i18n._('Hide')}</Button>}
          />
        </li>
      ))}
    </ul>
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
