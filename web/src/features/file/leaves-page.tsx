import { i18n } from '@lingui/core';
import { useEffect, useState } from 'react';
import { listScreenshots, type Screenshot } from '#contract/file/http.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Ask } from '#web/http/client.ts';
import * as css from './leaves-page.module.css';
import { ShotImage } from './shot-image.tsx';
import { fileAddress } from './ways.ts';

interface SessionScreenshotsProps {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  /** The session's record. */
  readonly href: string;
}

const SHOWN = 4;

/** A7: the screenshots of a session that is over, small, on its card; they lead to its record. */
export function SessionScreenshots({ ask, sessionId, href }: SessionScreenshotsProps) {
  const [screenshots, setScreenshots] = useState<readonly Screenshot[]>([]);
  useEffect(() => {
    const life = new AbortController();
    void ask(listScreenshots, { params: { sessionId }, signal: life.signal }).then((outcome) => {
      // What can't be loaded now is on the record, which the card leads to.
      if (outcome.ok && !life.signal.aborted) setScreenshots(outcome.value.screenshots);
    });
    return () => life.abort();
  }, [ask, sessionId]);
  const all = screenshots.flatMap(({ id, versions }) => {
    const newest = versions.at(-1);
    return newest === undefined ? [] : [{ id, newest }];
  });
  if (all.length === 0) return null;
  return (
    <a
      className={css.strip}
      href={href}
      aria-label={i18n._('{count, plural, one {# screenshot} other {# screenshots}}', { count: all.length })}
    >
      {all.slice(0, SHOWN).map(({ id, newest }) => (
        <ShotImage key={id} src={fileAddress(sessionId, id, newest.number, 'thumbnail')} {...newest} />
      ))}
      {all.length > SHOWN ? <span>+{all.length - SHOWN}</span> : null}
    </a>
  );
}
