import { i18n } from '@lingui/core';
import type { ReactNode } from 'react';
import type { Happened, TranscriptLine } from '#core/session/transcript.ts';
import { clockWords } from '#web/ui/time-words.ts';
import * as css from './chat.module.css';
import { happenedWords, personName } from './words.ts';

/** Adds a picture to lines that have one. */
export type Beside = ((what: Happened, author: string | null) => ReactNode) | undefined;

/** A line of the transcript that nobody has said. */
export function Note({ children }: { children: ReactNode }) {
  return <li className={css.happened}>{children}</li>;
}

/** One line of the transcript, said or happened. */
export function LineOfTranscript({ line, own, beside }: { line: TranscriptLine; own: boolean; beside: Beside }) {
  if (line.kind === 'happened') {
    // The picture itself says it, beside the line that it was taken.
    if (line.what.kind === 'screenshot-kept') return null;
    // The rating itself says it, to those who may know.
    if (line.what.kind === 'status-changed' && line.what.to === 'rated') return null;
    return (
      <Note>
        {happenedWords(line.what, line.author, line.again)} <Time at={line.at} />
        {beside?.(line.what, personName(line.author))}
      </Note>
    );
  }
  return (
    <li className={own ? css.own : css.other}>
      <p className={css.by}>
        {own ? i18n._('You') : personName(line.author)} <Time at={line.at} />
      </p>
      <p className={css.text}>{line.text}</p>
    </li>
  );
}

function Time({ at }: { at: string }) {
  return <time dateTime={at}>{clockWords(at)}</time>;
}
