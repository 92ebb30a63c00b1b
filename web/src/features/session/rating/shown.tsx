import { i18n } from '@lingui/core';
import type { Rating } from '#contract/session/rating.ts';
import { Smiley, starsWords } from '#web/ui/smiley.tsx';
import * as css from './rating.module.css';
import { wentWrongWords } from './words.ts';

/** A rating as it was given: the face, what went wrong, the comment. `by` is left out where it is one's own. */
export function ShownRating({ rating, by }: { readonly rating: Rating; readonly by?: string }) {
  const { stars, wentWrong, comment } = rating;
  return (
    <div className={css.shown}>
      <p className={css.verdict}>
        <Smiley stars={stars} size={28} />
        <strong>{starsWords(stars)}</strong>
        <span>
          {by === undefined ? i18n._('{stars} of 5', { stars }) : i18n._('{name}, {stars} of 5', { name: by, stars })}
        </span>
      </p>
      {wentWrong.length === 0 ? null : (
        <p className={css.wrong}>
          {i18n._('What went wrong: {what}', { what: wentWrong.map(wentWrongWords).join(', ') })}
        </p>
      )}
      {comment === '' ? null : <blockquote className={css.comment}>{comment}</blockquote>}
    </div>
  );
}
