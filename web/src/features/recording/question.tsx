import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { ConsentWording } from '#contract/recording/wording.ts';
import * as css from './recording.module.css';

interface QuestionProps {
  readonly wording: ConsentWording;
  readonly language: string;
  /** Its buttons, all of the same weight. */
  readonly children: ReactNode;
}

/** Whoever was about to press something else has not answered, ms. */
const CALM_MS = 700;

/**
 * A question that waits for an answer: no key, no click beside it and no button takes it away unanswered. The focus is on the
 * question, not on an answer.
 */
export function Question({ wording: { title, paragraphs }, language, children }: QuestionProps) {
  const element = useRef<HTMLDialogElement>(null);
  const [titleId, textId] = [useId(), useId()];
  const shownAt = useRef(0);
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null) return;
    shownAt.current = performance.now();
    const life = new AbortController();
    // Some browsers let a second Escape through whatever the page says.
    dialog.addEventListener('close', () => dialog.isConnected && dialog.showModal(), { signal: life.signal });
    dialog.showModal();
    return () => {
      life.abort();
      dialog.close();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={css.question}
      lang={language}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => event.preventDefault()}
      onClickCapture={(event) => {
        if (performance.now() - shownAt.current < CALM_MS) event.stopPropagation();
      }}
    >
      {/* biome-ignore lint/a11y/noAutofocus: a dialog takes the focus; on its title nothing can be pressed by accident */}
      <h2 id={titleId} tabIndex={-1} autoFocus>
        {title}
      </h2>
      <div id={textId} className={css.paragraphs}>
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <div className={css.answers}>{children}</div>
    </dialog>
  );
}
