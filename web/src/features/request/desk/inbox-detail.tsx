import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { answerCall } from '#contract/direct-call/http.ts';
import type { SessionId } from '#contract/ids.ts';
import { type InboxItem, readInbox } from '#contract/request/http.ts';
import { useRefresh } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { CodeIcon, PhoneIcon, TicketIcon } from '#web/desk-ui/icons.tsx';
import { Moment } from '#web/desk-ui/moment.tsx';
import { say, sayTrouble } from '#web/desk-ui/notices.ts';
import { useShortcuts } from '#web/desk-ui/shortcuts.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { ticketStatusWords } from '#web/features/ticket/desk/index.ts';
import { Answer, useAnswering } from '../answer.tsx';
import type { Deed } from '../deeds.ts';
import { waitedWords } from '../request-words.ts';
import { asker, subjectOf } from './inbox-list.ts';

interface InboxDetailProps {
  readonly item: InboxItem;
  readonly now: number;
  /** How often Enter was pressed in the list: it leads here. */
  readonly entered: number;
  readonly onAnswered: (sessionId: SessionId) => void;
}

/** One thing that waits, with what is known around it and the answers. */
export function InboxDetail({ item, now, entered, onAnswered }: InboxDetailProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (entered > 0) title.current?.focus();
  }, [entered]);
  return (
    <article className="inbox-detail" aria-labelledby="inbox-title">
      <header>
        <h2 id="inbox-title" ref={title} tabIndex={-1}>
          {subjectOf(item)}
        </h2>
        <p className="muted">
          {i18n._('{name}, waiting for {time}', {
            name: asker(item),
            time: waitedWords(now - Date.parse(item.waitingSince)),
          })}
        </p>
      </header>
      <Around item={item} />
      {item.kind === 'message' ? <MessageAnswer item={item} /> : null}
      {item.kind === 'call' ? <CallAnswer item={item} onAnswered={onAnswered} /> : null}
      {item.kind === 'request' ? <RequestAnswer item={item} /> : null}
      <History item={item} />
    </article>
  );
}

/** The machine and the ticket it is about. */
function Around({ item }: { readonly item: InboxItem }) {
  const ticket = item.kind === 'message' ? item.ticket : item.request.ticket;
  return (
    <ul className="inbox-around">
      {item.code === null ? null : (
        <li>
          <CodeIcon size={16} />
          <Link to="/codes/$codeId" params={{ codeId: item.code.id }} className="link">
            {item.code.name}
          </Link>
        </li>
      )}
      {ticket === null ? null : (
        <li>
          <TicketIcon size={16} />
          <TicketLink ticket={ticket} />
        </li>
      )}
    </ul>
  );
}

function TicketLink({ ticket }: { readonly ticket: { id: string; number: number; subject: string } }) {
  return (
    <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }} className="link">
      #{ticket.number} {ticket.subject}
    </Link>
  );
}

function RequestAnswer({ item }: { readonly item: Extract<InboxItem, { kind: 'request' }> }) {
  const ask = useAsk();
  const refresh = useRefresh();
  const { request } = item;
  const answering = useAnswering(ask, request.sessionId, (deed, done) => {
    if (done.result === 'taken') sayTrouble(i18n._('{name} was first and has this request now.', { name: done.by }));
    else if (deed.kind === 'accept') return location.assign(`/s/${request.sessionId}`);
    else say(doneWords(deed, request.askedBy));
    refresh(readInbox);
  });
  const planned = request.status === 'scheduled';
  useShortcuts({
    p: () => answering.show('propose'),
    ...(planned ? {} : { a: () => answering.run({ kind: 'accept' }), d: () => answering.show('decline') }),
  });
  return <Answer request={request} answering={answering} />;
}

function doneWords(deed: Deed, name: string): string {
  if (deed.kind === 'agree') return i18n._('Planned. {name} is told and gets a calendar file.', { name });
  if (deed.kind === 'propose') return i18n._('Sent. {name} picks a time.', { name });
  return i18n._('Declined. {name} is told.', { name });
}

function MessageAnswer({ item }: { readonly item: Extract<InboxItem, { kind: 'message' }> }) {
  const navigate = useNavigate();
  const open = () => void navigate({ to: '/tickets/$ticketId', params: { ticketId: item.ticket.id } });
  return (
    <>
      <blockquote className="inbox-quote">{item.text}</blockquote>
      <Actions>
        <Button onClick={open}>{i18n._('Answer in the ticket')}</Button>
      </Actions>
    </>
  );
}

interface CallAnswerProps extends Pick<InboxDetailProps, 'onAnswered'> {
  readonly item: Extract<InboxItem, { kind: 'call' }>;
}

/** A call that rings: the first one to answer has it. */
function CallAnswer({ item, onAnswered }: CallAnswerProps) {
  const ask = useAsk();
  const refresh = useRefresh();
  const { sessionId } = item.request;
  const answer = useDeed((_: undefined, requestId) => ask(answerCall, { params: { sessionId }, body: { requestId } }));
  const run = () =>
    void answer.run(undefined).then((outcome) => {
      if (outcome?.ok !== true) return;
      const { value } = outcome;
      if (value.result === 'yours') return onAnswered(sessionId);
      sayTrouble(
        value.result === 'taken'
          ? i18n._('{name} was first and has this call.', { name: value.by })
          : i18n._('The call is over.'),
      );
      refresh(readInbox);
    });
  useShortcuts({ a: run });
  return (
    <>
      {answer.trouble === null ? null : (
        <p className="trouble" role="alert">
          {answer.trouble}
        </p>
      )}
      <Actions>
        <Button leftSection={<PhoneIcon />} loading={answer.busy} onClick={run}>
          {i18n._('Answer the call')}
        </Button>
      </Actions>
    </>
  );
}

const Actions = ({ children }: { readonly children: ReactNode }) => <div className="row">{children}</div>;

/** The latest tickets of the same machine: what was wrong before. */
function History({ item: { code, history } }: { readonly item: InboxItem }) {
  if (code === null) return null;
  return (
    <section aria-labelledby="history-title" className="inbox-history">
      <h3 id="history-title">{i18n._('Tickets of {machine}', { machine: code.name })}</h3>
      {history.length === 0 ? <p className="muted">{i18n._('This is the first one.')}</p> : null}
      <ul>
        {history.map((ticket) => (
          <li key={ticket.id}>
            <TicketLink ticket={ticket} />
            <span className="muted nowrap">
              {ticketStatusWords(ticket.status)} · <Moment at={ticket.updatedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
