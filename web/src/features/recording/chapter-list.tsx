import { i18n } from '@lingui/core';
import { useEffect, useRef } from 'react';
import { formatDuration } from '#core/session/duration.ts';
import { happenedWords, personName } from '../session/index.ts';
import type { Chapter } from './chapters.ts';
import * as css from './record.module.css';

interface ChapterListProps {
  readonly chapters: readonly Chapter[];
  /** The one that is being shown; -1 for none. */
  readonly current: number;
  readonly onChoose: (ms: number) => void;
}

/** The transcript's lines that can be seen in the recording: each leads to its moment. */
export function ChapterList({ chapters, current, onChoose }: ChapterListProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const line = list.current?.children[current];
    // Only the list is scrolled, never the page under somebody's hands.
    if (line instanceof HTMLElement && list.current !== null)
      list.current.scrollTop = line.offsetTop - list.current.clientHeight / 2;
  }, [current]);
  return (
    <nav className={css.chapters} aria-label={i18n._('Chapters')}>
      <ol ref={list}>
        {chapters.map((chapter, nth) => (
          <li key={chapter.event.seq}>
            <button
              type="button"
              aria-current={nth === current ? 'true' : undefined}
              onClick={() => onChoose(chapter.ms)}
            >
              <time>{formatDuration(chapter.ms)}</time>
              <span>{chapterWords(chapter)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function chapterWords({ event: { body, author } }: Chapter): string {
  return body.kind === 'message-said'
    ? i18n._('{name}: {text}', { name: personName(author) ?? '', text: body.text })
    : happenedWords(body, author);
}
