import { i18n } from '@lingui/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionId } from '#contract/ids.ts';
import type { SessionSummary } from '#contract/session/http.ts';
import { type ClockOffset, elapsed, formatDuration } from '#core/session/duration.ts';
import { isAhead, isOnNow } from '#core/session/lifecycle.ts';
import { ButtonLink, names } from '#web/ui/button.tsx';
import { IconVideo } from '#web/ui/icons.tsx';
import { sessionStatusWords } from '#web/ui/session-status-words.ts';
import { dayWords, meetingWords } from '#web/ui/time-words.ts';
import { visibilityWords } from '#web/ui/visibility-words.ts';
import * as css from './session-card.module.css';

/** Shows what a session has left; the page knows which features leave something. */
export type SessionLeaves = (sessionId: SessionId, stars: number | null) => ReactNode;
/** What can be done with a session from its card. */
export type SessionActions = (session: SessionSummary) => ReactNode;

interface SessionCardProps {
  readonly sessionId: string;
  readonly session: SessionSummary | null;
  readonly clock: ClockOffset | null;
  readonly joinAs: 'member' | 'code';
  /** What a session that is over has left, such as its screenshots. */
  readonly leaves?: SessionLeaves | undefined;
  readonly actions?: SessionActions | undefined;
  /** `big` at the top of a page, `bar` above the thread. */
  readonly size?: 'big' | 'bar';
}

const sizes = { big: css.big, bar: css.bar } as const;

/** A10: a video session in the thread, with its status in words and the way in while it is open. */
export function SessionCard({ sessionId, session, clock, joinAs, leaves, actions, size }: SessionCardProps) {
  const open = session !== null && (isOnNow(session.status) || session.status === 'accepted');
  const ahead = session !== null && isAhead(session.status);
  const href = joinAs === 'code' ? `/s/${sessionId}?as=code` : `/s/${sessionId}`;
  return (
    <div className={names(css.card, open && css.open, size !== undefined && sizes[size])}>
      <span className={css.icon}>
        <IconVideo size={size === 'big' ? 30 : 24} />
      </span>
      <div className={css.words}>
        <strong>{titleOf(session, joinAs)}</strong>
        <span className={css.status}>
          {session === null ? i18n._('Video session') : <Status session={session} clock={clock} />}
        </span>
        {session !== null && isRecorded(session) && <People session={session} />}
        {session?.isPublic === false ? <span className={css.hidden}>{visibilityWords(false)}</span> : null}
      </div>
      {session !== null && actions !== undefined && <div className={css.actions}>{actions(session)}</div>}
      {open && (
        <div className={css.join}>
          <ButtonLink kind="primary" href={href} icon={<IconVideo size={20} />} wide>
            {i18n._('Join')}
          </ButtonLink>
        </div>
      )}
      {ahead && (
        <div className={css.join}>
          <ButtonLink href={href} wide>
            {i18n._('Look at it')}
          </ButtonLink>
        </div>
      )}
      {session !== null && isRecorded(session) && (
        <div className={css.record}>
          {leaves?.(session.id, session.stars)}
          <a href={href}>{i18n._('Open the record')}</a>
        </div>
      )}
    </div>
  );
}

/** It took place and is over: there is something to look back at. */
const isRecorded = ({ status, erasedAt }: SessionSummary) =>
  erasedAt === null && (status === 'ended' || status === 'rated');

function titleOf(session: SessionSummary | null, joinAs: 'member' | 'code'): string {
  if (session === null || !isOnNow(session.status)) return i18n._('Video session');
  const here = session.participants.filter((one) => one.presence !== 'left');
  const expert = here.find((one) => one.as === 'expert');
  const customer = here.find((one) => one.as === 'codeUser');
  const [other, own] = joinAs === 'code' ? [expert, customer] : [customer, expert];
  if (other !== undefined && own === undefined) return i18n._('{name} is waiting for you', { name: other.name });
  if (other !== undefined) return i18n._('Video session with {name}', { name: other.name });
  return joinAs === 'code' ? i18n._('Your expert invites you to a video session') : i18n._('Video session');
}

function Status({ session, clock }: { readonly session: SessionSummary; readonly clock: ClockOffset | null }) {
  if (session.erasedAt !== null) {
    return i18n._('Everything in it was erased, {when}', { when: dayWords(session.erasedAt, new Date()) });
  }
  switch (session.status) {
    case 'live':
      return (
        <>
          <span className={css.liveDot} />
          {sessionStatusWords(session.status)}
          {clock !== null && <LiveTime session={session} clock={clock} />}
        </>
      );
    case 'ended':
    case 'rated': {
      const lasted = elapsed(instants(session), 0, null);
      if (lasted === null || session.endedAt === null) return sessionStatusWords('ended');
      return i18n._('Ended after {duration}', { duration: formatDuration(lasted) });
    }
    case 'requested':
      return i18n._('{name} has asked for it', { name: session.createdBy });
    case 'scheduled':
      if (session.scheduledFor === null) return sessionStatusWords(session.status);
      return i18n._('Planned: {time}', { time: meetingWords(session.scheduledFor, new Date()) });
    case 'waiting':
      return session.participants.some((one) => one.presence !== 'left')
        ? sessionStatusWords(session.status)
        : i18n._('Nobody is in it yet');
    default:
      return sessionStatusWords(session.status);
  }
}

/** Who was in it, and how it was found. */
function People({ session }: { readonly session: SessionSummary }) {
  const { participants, stars } = session;
  const mean = stars === null ? null : i18n.number(stars, { maximumFractionDigits: 1 });
  return (
    <span className={css.people}>
      {participants.map(({ name }) => name).join(', ')}
      {mean === null ? null : (
        <span className={css.stars}>
          <span aria-hidden="true">★ {mean}</span>
          <span className={css.onlyHeard}>{i18n._('Rated {stars} of 5', { stars: mean })}</span>
        </span>
      )}
    </span>
  );
}

function LiveTime({ session, clock }: { readonly session: SessionSummary; readonly clock: ClockOffset }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const ms = elapsed(instants(session), now, clock);
  return ms === null ? null : <span className={css.time}>{formatDuration(ms)}</span>;
}

function instants({ liveSince, endedAt }: SessionSummary) {
  return {
    liveSince: liveSince === null ? null : Date.parse(liveSince),
    endedAt: endedAt === null ? null : Date.parse(endedAt),
  };
}
