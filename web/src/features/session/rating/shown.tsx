import { i18n } from '@lingui/core';
import type { Rating } from '#contract/session/rating.ts';
import { Smiley, starsWords } from '#web/ui/smiley.tsx';
import * as css from './rating.module.css';
import { wentWrongWords } from './words.ts';

interface ShownRatingProps {
  readonly rating: Rating;
  /** Left out where it is one's own. */
  readonly by?: string;
  /** The face alone. */
  readonly brief?: boolean;
}

/** A rating as it was given: the face, what went wrong, the comment. */
export function ShownRating({ rating, by, brief = false }: ShownRatingProps) {
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
      {brief || wentWrong.length === 0 ? null : (
        <p className={css.wrong}>
          {i18n._('What went wrong: {what}', { what: wentWrong.map(wentWrongWords).join(', ') })}
        </p>
      )}
      {brief || comment === '' ? null : <blockquote className={css.comment}>{comment}</blockquote>}
    </div>
  );
}
