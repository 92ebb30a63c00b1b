import { i18n } from '@lingui/core';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { annotationLimits } from '#contract/annotation/limits.ts';
import { useStore } from '#web/state/use-store.ts';
import * as css from './annotation.module.css';
import type { Studio } from './studio.ts';

/** Where a text is written, at its place in the picture. Enter puts it down, Escape throws it away. */
export function TextEntry({ studio }: { studio: Studio }) {
  const writing = useStore(studio.pen.writing);
  const field = useRef<HTMLTextAreaElement>(null);
  // Before anything else can happen: a key that is pressed next belongs to the text.
  useLayoutEffect(() => {
    if (writing !== null) field.current?.focus();
  }, [writing]);
  const screen = studio.stage.get();
  if (writing === null || screen === null) return null;
  const [x, y] = screen.toScreen(writing.at);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') studio.pen.write('');
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    studio.pen.write(event.currentTarget.value);
  };
  return (
    <div className={css.writing} style={{ '--x': `${x}px`, '--y': `${y}px` } as React.CSSProperties}>
      <textarea
        ref={field}
        rows={1}
        maxLength={annotationLimits.textLength}
        aria-label={i18n._('Text on the picture')}
        placeholder={i18n._('Write here')}
        onKeyDown={onKeyDown}
        onBlur={(event) => studio.pen.write(event.currentTarget.value)}
      />
      <span className={css.waits}>{i18n._('The picture waits while you write')}</span>
    </div>
  );
}
