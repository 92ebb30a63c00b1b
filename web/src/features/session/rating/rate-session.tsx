import { i18n } from '@lingui/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { SessionId } from '#contract/ids.ts';
import { type Rating, WentWrong } from '#contract/session/rating.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button, names } from '#web/ui/button.tsx';
import { Smiley, starsWords } from '#web/ui/smiley.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { asksWhatWentWrong, createRateModel, type RateModel, type RatingDraft } from './rate-model.ts';
import * as css from './rating.module.css';
import { ShownRating } from './shown.tsx';
import { wentWrongWords } from './words.ts';

interface RateSessionProps {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  /** Which session it is, where the page doesn't say it. */
  readonly about?: ReactNode;
  /** What this person gave, as the server says. */
  readonly own: Rating | null;
  /** It can be given or changed now. */
  readonly open: boolean;
  /** Among others: once it is given, it takes little room. */
  readonly brief?: boolean;
}

const COMMENT_LENGTH = 400;

/** A9: "How was it?": five faces, what went wrong if it was not good, a comment; then thanks, and a way to change it. */
export function RateSession({ ask, sessionId, about, own, open, brief = false }: RateSessionProps) {
  const [model] = useState(() => createRateModel(ask, sessionId, own));
  const { given, draft, busy, refusal } = useStore(model);
  const title = useId();
  const thanks = useRef<HTMLHeadingElement>(null);
  useEffect(() => model.adopt(own), [model, own]);
  const sent = useRef(given);
  useEffect(() => {
    // The button that was pressed is gone: who listens to the page hears the thanks.
    if (given !== sent.current && draft === null) thanks.current?.focus();
    sent.current = given;
  }, [given, draft]);
  if (given === null && !open) return null;
  return (
    <section className={css.card} aria-labelledby={title}>
      {about}
      {draft !== null && open ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void model.send();
          }}
        >
          <h2 id={title}>{i18n._('How was it?')}</h2>
          <Form model={model} draft={draft} labelledBy={title} />
          {refusal === null ? null : (
            <p className={css.refusal} role="alert">
              {refusal.code === 'not-in-this-state'
                ? i18n._('It can’t be rated any more: a day has passed since the end.')
                : refusalWords(refusal)}
            </p>
          )}
          <div className={css.deeds}>
            {draft.stars === null ? null : (
              <Button kind="primary" submit busy={busy}>
                {i18n._('Send')}
              </Button>
            )}
            {given === null ? null : (
              <Button kind="quiet" onClick={model.keep}>
                {i18n._('Leave it as it was')}
              </Button>
            )}
          </div>
        </form>
      ) : null}
      {(draft === null || !open) && given !== null ? (
        <div className={names(css.given, brief && css.brief)}>
          <h2 id={title} tabIndex={-1} ref={thanks}>
            {i18n._('Thank you for your rating')}
          </h2>
          <ShownRating rating={given} brief={brief} />
          {open ? (
            <div className={css.deeds}>
              <Button onClick={model.change}>{i18n._('Change')}</Button>
            </div>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

interface FormProps {
  readonly model: RateModel;
  readonly draft: RatingDraft;
  readonly labelledBy: string;
}

function Form({ model, draft, labelledBy }: FormProps) {
  const name = useId();
  return (
    <>
      <div className={css.faces} role="radiogroup" aria-labelledby={labelledBy}>
        {[1, 2, 3, 4, 5].map((stars) => (
          <label key={stars} className={css.face}>
            <input
              type="radio"
              name={name}
              value={stars}
              checked={draft.stars === stars}
              onChange={() => model.fill({ stars })}
            />
            <Smiley stars={stars} size={40} />
            <span>{starsWords(stars)}</span>
          </label>
        ))}
      </div>
      {asksWhatWentWrong(draft.stars) ? (
        <fieldset className={css.reasons}>
          <legend>{i18n._('What went wrong?')}</legend>
          {WentWrong.options.map((what) => (
            <label key={what} className={css.reason}>
              <input type="checkbox" checked={draft.wentWrong.includes(what)} onChange={() => model.toggle(what)} />
              {wentWrongWords(what)}
            </label>
          ))}
        </fieldset>
      ) : null}
      {draft.stars === null ? null : (
        <TextField
          label={i18n._('Anything you want to say about it? (not needed)')}
          value={draft.comment}
          onChange={(comment) => model.fill({ comment })}
          lines={3}
          maxLength={COMMENT_LENGTH}
        />
      )}
    </>
  );
}
