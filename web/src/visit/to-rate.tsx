import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import type { Ask } from '#web/http/client.ts';
import type { ReadableStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { clockWords, dayWords } from '#web/ui/time-words.ts';
import type { Rateable } from './rateable.ts';
import * as css from './ticket-list.module.css';

type RatingPage = typeof import('#web/features/session/rating-page.tsx');

interface ToRateProps {
  readonly ask: Ask;
  readonly rateable: ReadableStore<readonly Rateable[]>;
}

/** A9: asks how a session was, for a day after its end. What it needs is loaded when there is one. */
export function ToRate({ ask, rateable }: ToRateProps) {
  const sessions = useStore(rateable);
  const [page, setPage] = useState<RatingPage | null>(null);
  const some = sessions.length > 0;
  useEffect(() => {
    if (!some || page !== null) return;
    // Without a network now: the next time that this page is opened.
    void import('#web/features/session/rating-page.tsx').then(setPage, () => {});
  }, [some, page]);
  if (page === null || !some) return null;
  return (
    <ul className={css.list} aria-label={i18n._('Video sessions to rate')}>
      {sessions.map(({ sessionId, subject, endedAt, own }) => (
        <li key={sessionId}>
          <page.RateSession
            ask={ask}
            sessionId={sessionId}
            own={own}
            open
            brief
            about={
              <p className={css.which}>
                <strong>{subject}</strong>
                <span>
                  {i18n._('Video session, {day} {time}', {
                    day: dayWords(endedAt, new Date()),
                    time: clockWords(endedAt),
                  })}
                </span>
              </p>
            }
          />
        </li>
      ))}
    </ul>
  );
}
