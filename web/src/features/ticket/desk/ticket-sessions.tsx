import { i18n } from '@lingui/core';
import { Button, Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketId } from '#contract/ids.ts';
import { createSessionInTicket, listTicketSessions, type SessionSummary } from '#contract/session/http.ts';
import { isOnNow } from '#core/session/lifecycle.ts';
import { keyOf, useAnswer } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { VideoIcon } from '#web/desk-ui/icons.tsx';
import { Moment } from '#web/desk-ui/moment.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { meetingWords } from '#web/ui/time-words.ts';
import { liveFor, newestFirst, sessionStep } from './session-step.ts';
import { SessionVisibility } from './session-visibility.tsx';
import { SessionStatusPill } from './status-pill.tsx';
import { durationWords } from './ticket-words.ts';

const SHOWN_FIRST = 5;

/** The ticket's video sessions, and the button that starts one or joins the open one (A10). */
export function TicketSessions({ ticketId }: { ticketId: TicketId }) {
  const answer = useAnswer(listTicketSessions, { params: { ticketId } });
  const [all, setAll] = useState(false);
  const sessions = newestFirst(answer.data?.sessions ?? []);
  const shown = all ? sessions : sessions.slice(0, SHOWN_FIRST);
  return (
    <section className="facts" aria-labelledby="sessions-title">
      <h2 id="sessions-title" className="fact-name">
        {i18n._('Video sessions')}
      </h2>
      {answer.state === 'loading' ? <Skeleton height={36} aria-label={i18n._('Loading')} /> : null}
      {answer.state === 'failed' ? (
        <p className="small">
          {i18n._('The sessions could not be loaded.')}{' '}
          <button type="button" className="text-button" onClick={answer.retry}>
            {i18n._('Try again')}
          </button>
        </p>
      ) : null}
      {answer.state === 'ready' ? <SessionButton ticketId={ticketId} sessions={sessions} /> : null}
      {shown.length === 0 ? null : (
        <ul className="sessions">
          {shown.map((session) => (
            <SessionLine key={session.id} session={session} />
          ))}
        </ul>
      )}
      {shown.length < sessions.length ? (
        <button type="button" className="text-button small" onClick={() => setAll(true)}>
          {i18n._('Show all {count}', { count: sessions.length })}
        </button>
      ) : null}
    </section>
  );
}

/** Starts a session, or leads into the one that is open. */
function SessionButton({ ticketId, sessions }: { ticketId: TicketId; sessions: readonly SessionSummary[] }) {
  const ask = useAsk();
  const client = useQueryClient();
  const start = useDeed((_: undefined, requestId) =>
    ask(createSessionInTicket, { params: { ticketId }, body: { requestId } }),
  );
  const step = sessionStep(sessions);
  if (step.kind === 'join')
    return (
      <Button component="a" href={`/s/${step.session.id}`} leftSection={<VideoIcon />} fullWidth>
        {i18n._('Join the video session')}
      </Button>
    );
  return (
    <>
      <Button
        leftSection={<VideoIcon />}
        fullWidth
        loading={start.busy}
        onClick={() => {
          void start.run(undefined).then((outcome) => {
            if (outcome?.ok !== true) return;
            const key = keyOf(listTicketSessions, { params: { ticketId } });
            client.setQueryData(key, { sessions: [outcome.value, ...sessions] });
            void client.invalidateQueries({ queryKey: key });
            say(i18n._('The video session is open. The customer sees it in the Messenger and can join.'));
          });
        }}
      >
        {i18n._('Start video session')}
      </Button>
      {start.trouble === null ? null : (
        <p className="trouble" role="alert">
          {start.trouble}
        </p>
      )}
    </>
  );
}

function SessionLine({ session }: { session: SessionSummary }) {
  const length = liveFor(session, Date.now());
  const people = session.participants.map(({ name }) => name).join(', ');
  return (
    <li>
      <a className="session-line" href={`/s/${session.id}`}>
        <span className="session-words">
          <span className="session-time">
            {session.status === 'scheduled' && session.scheduledFor !== null ? (
              meetingWords(session.scheduledFor, new Date())
            ) : (
              <Moment at={session.createdAt} />
            )}
            {length === null ? null : ` · ${durationWords(length)}`}
          </span>
          <span className="muted clip">
            {people === '' ? i18n._('by {name}', { name: session.createdBy }) : people}
          </span>
        </span>
        <SessionStatusPill status={session.status} />
        {isOnNow(session.status) ? <span className="only-heard">{i18n._('Join the video session')}</span> : null}
      </a>
      <SessionVisibility session={session} />
    </li>
  );
}
