import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import { limits } from '#contract/limits.ts';
import { readRequest, type SessionRequest } from '#contract/request/http.ts';
import { mayComeIn } from '#core/session/lifecycle.ts';
import type { AheadProps } from '#web/features/session/index.ts';
import { coalesced } from '#web/state/coalesced.ts';
import { watch } from '#web/state/store.ts';
import { Button } from '#web/ui/button.tsx';
import { IconVideo } from '#web/ui/icons.tsx';
import { meetingWords } from '#web/ui/time-words.ts';
import { Answer, useAnswering } from './answer.tsx';
import { createRequestDeeds } from './deeds.ts';
import * as css from './request.module.css';
import { RequestCard } from './request-card.tsx';
import { countdownWords, standingOf } from './request-words.ts';
import { useNow } from './use-now.ts';

/** The page of a session that is asked for, planned, declined, cancelled, expired or missed, for both sides (A11). */
export function SessionAhead({ host, back, prepare, otherwise }: AheadProps) {
  const [request, setRequest] = useState<SessionRequest | 'loading' | 'none'>('loading');
  const [deeds] = useState(() => createRequestDeeds(host.ask));
  useEffect(() => {
    const life = new AbortController();
    const { id } = host.facts.session.get();
    const read = coalesced(life.signal, async () => {
      const outcome = await host.ask(readRequest, { params: { sessionId: id }, signal: life.signal });
      if (life.signal.aborted) return;
      if (outcome.ok) setRequest(outcome.value);
      else if (outcome.code === 'not-found') setRequest('none');
    });
    // The log tells of every answer and every proposal.
    watch(life.signal, host.facts.log, read);
    return () => life.abort();
  }, [host]);

  if (request === 'none') return otherwise;
  if (request === 'loading') {
    return (
      <main className={css.ahead} aria-busy="true">
        <p role="status">{i18n._('One moment…')}</p>
      </main>
    );
  }
  const asExpert = host.facts.session.get().you.as === 'expert';
  return (
    <main className={css.ahead}>
      <div>
        <h1 id="page-title" tabIndex={-1}>
          {request.subject}
        </h1>
        {request.status === 'scheduled' ? <Planned request={request} offset={host.facts.offset.get().ms} /> : null}
        {request.status === 'scheduled' && prepare !== null ? (
          <WayIn request={request} host={host} onClick={prepare} />
        ) : null}
        {asExpert ? (
          <>
            <Stands request={request} />
            <Answering request={request} host={host} onChanged={setRequest} />
          </>
        ) : (
          <RequestCard request={request} deeds={deeds} onChanged={setRequest} againHref={againHref(host)} plain />
        )}
        {back}
      </div>
    </main>
  );
}

interface AnsweringProps {
  readonly request: SessionRequest;
  readonly host: AheadProps['host'];
  readonly onChanged: (request: SessionRequest) => void;
}

function Answering({ request, host, onChanged }: AnsweringProps) {
  const answering = useAnswering(host.ask, request.sessionId, (_deed, done) => onChanged(done.request));
  return <Answer request={request} answering={answering} noWayIn />;
}

/** The code's page, where asking begins anew with the same words (web/src/visit/place.ts). */
function againHref({ facts }: AheadProps['host']): string {
  const { id, code } = facts.session.get();
  return `${code?.linkPath ?? '/c'}#session-again-${id}`;
}

interface WayInProps {
  readonly request: SessionRequest;
  readonly host: AheadProps['host'];
  readonly onClick: () => void;
}

/** For an employee at any time, for the customer from shortly before the agreed one. */
function WayIn({ request, host, onClick }: WayInProps) {
  const now = useNow(1_000) + host.facts.offset.get().ms;
  const { status, scheduledFor } = request;
  const planned = { status, scheduledFor: scheduledFor === null ? null : new Date(scheduledFor) };
  if (!mayComeIn(planned, host.facts.session.get().you.as, new Date(now)))
    return (
      <p>{i18n._('You can join here from {minutes} minutes before.', { minutes: limits.joinEarlyMs / 60_000 })}</p>
    );
  return (
    <Button kind="primary" wide icon={<IconVideo size={22} />} onClick={onClick}>
      {i18n._('Join')}
    </Button>
  );
}

/** The agreed time, and how long until then by the server's clock. */
function Planned({ request, offset }: { readonly request: SessionRequest; readonly offset: number }) {
  const now = useNow(1_000) + offset;
  if (request.scheduledFor === null) return null;
  return (
    <div>
      <p className={css.countdown}>{countdownWords(Date.parse(request.scheduledFor) - now)}</p>
      <p className={css.soft}>{meetingWords(request.scheduledFor, new Date(now))}</p>
    </div>
  );
}

/** For an employee: who asked, at which machine, and what became of it. */
function Stands({ request }: { readonly request: SessionRequest }) {
  const { askedBy, code, reason } = request;
  const over = standingOf(request, new Date());
  return (
    <div className={css.standing} role="status">
      <p>
        {code === null
          ? i18n._('{name} asks for a video session', { name: askedBy })
          : i18n._('{name} asks for a video session: {machine}', { name: askedBy, machine: code.name })}
      </p>
      {over.tone === 'over' ? <h2>{endWords(request)}</h2> : null}
      {over.tone === 'over' && reason !== '' ? <p className={css.quote}>{reason}</p> : null}
    </div>
  );
}

function endWords({ status, scheduledFor }: SessionRequest): string {
  switch (status) {
    case 'declined':
      return i18n._('The request was declined');
    case 'expired':
      return i18n._('Nobody answered in time: the request has expired');
    case 'missed':
      return i18n._('The session did not take place');
    case 'cancelled':
      return scheduledFor === null ? i18n._('The request was taken back') : i18n._('The session was cancelled');
    default:
      return i18n._('The session has ended');
  }
}
