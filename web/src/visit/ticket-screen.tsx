import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import type { Ticket } from '#contract/ticket/http.ts';
import { isOnNow, isOver } from '#core/session/lifecycle.ts';
import { SessionScreenshots } from '#web/features/file/leaves-page.tsx';
import { RecordingsOfCard } from '#web/features/recording/leaves-page.tsx';
import { type CodeRequests, RequestBar } from '#web/features/request/index.ts';
import { Messenger, type MessengerModel, SessionCard, ticketStatusWords } from '#web/features/ticket/index.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import type { ReadableStore } from '#web/state/store.ts';
import { createStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { ButtonLink, IconLink } from '#web/ui/button.tsx';
import { IconBack, IconVideo } from '#web/ui/icons.tsx';
import type { CodeTickets, OpenedTicket } from './code-tickets-model.ts';
import { Heading } from './heading.tsx';
import { hashOf } from './place.ts';
import * as css from './ticket-list.module.css';

interface TicketScreenProps {
  readonly ask: Ask;
  readonly tickets: CodeTickets;
  readonly requests: CodeRequests;
  readonly ticketId: Ticket['id'];
}

const NOT_YET: ReadableStore<OpenedTicket> = createStore({ state: 'loading' });

/** One ticket: a session that one can join big on top, then its Messenger. */
export function TicketScreen({ ask, tickets, requests, ticketId }: TicketScreenProps) {
  const [store, setStore] = useState(NOT_YET);
  useEffect(() => {
    const end = new AbortController();
    setStore(tickets.open(end.signal, ticketId));
    return () => end.abort();
  }, [tickets, ticketId]);
  const opened = useStore(store);
  return (
    <div className={css.ticket}>
      <header className={css.head}>
        <IconLink label={i18n._('Back')} href={hashOf({ at: 'tickets' })} icon={<IconBack />} />
        {opened.state === 'ready' && (
          <div className={css.title}>
            <Heading>{opened.ticket.subject}</Heading>
            <span className={css.status}>
              {i18n._('No. {number}', { number: String(opened.ticket.number) })} ·{' '}
              {ticketStatusWords(opened.ticket.status)}
            </span>
          </div>
        )}
      </header>
      {opened.state === 'ready' && <Conversation messenger={opened.messenger} ask={ask} requests={requests} />}
      {opened.state === 'loading' && (
        <main className={css.main} aria-busy="true">
          <p role="status">{i18n._('Loading…')}</p>
        </main>
      )}
      {opened.state === 'failed' && (
        <main className={css.main}>
          <Heading>{i18n._('This ticket can’t be shown')}</Heading>
          <p role="alert">{refusalWords(opened.refusal)}</p>
        </main>
      )}
    </div>
  );
}

interface ConversationProps {
  readonly messenger: MessengerModel;
  readonly ask: Ask;
  readonly requests: CodeRequests;
}

function Conversation({ messenger, ask, requests }: ConversationProps) {
  const { sessions, clock } = useStore(messenger);
  const ticketId = messenger.ticketId;
  const request = useStore(requests).find(({ ticket }) => ticket?.id === ticketId);
  const session = sessions.findLast(({ status }) => isOnNow(status));
  return (
    <main className={css.conversation}>
      {session !== undefined && (
        <div className={css.sessionOnTop}>
          <SessionCard size="bar" sessionId={session.id} session={session} clock={clock} joinAs="code" />
        </div>
      )}
      {session === undefined && (
        <div className={css.sessionOnTop}>
          {request !== undefined && <RequestBar request={request} />}
          {(request === undefined || isOver(request.status)) && (
            <ButtonLink href={hashOf({ at: 'session', ticketId, again: null })} icon={<IconVideo size={22} />} wide>
              {i18n._('Ask for a video session')}
            </ButtonLink>
          )}
        </div>
      )}
      <Messenger
        model={messenger}
        joinAs="code"
        leaves={(sessionId) => (
          <>
            <RecordingsOfCard ask={ask} sessionId={sessionId} self={null} />
            <SessionScreenshots ask={ask} sessionId={sessionId} href={`/s/${sessionId}?as=code`} />
          </>
        )}
      />
    </main>
  );
}
