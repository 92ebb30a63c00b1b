import { i18n } from '@lingui/core';
import { useStore } from '#web/state/use-store.ts';
import type { RecordHost } from '../record.ts';
import { RateSession } from './rate-session.tsx';
import * as css from './rating.module.css';
import { useRatings } from './read.ts';
import { ShownRating } from './shown.tsx';

/** A9: on the record of a session, customers rate it and employees see how it was rated. */
export function RatingOnRecord({ host }: { readonly host: RecordHost }) {
  const { id, you } = useStore(host.facts.session);
  const { lastSeq } = useStore(host.facts.log);
  const ratings = useRatings(host.ask, id, lastSeq);
  if (ratings === null) return null;
  if (you.as === 'codeUser')
    return <RateSession ask={host.ask} sessionId={id} own={ratings.own} open={ratings.openUntil !== null} />;
  if (ratings.ratings.length === 0) return null;
  return (
    <section className={css.seen} aria-labelledby="rating-title">
      <h2 id="rating-title">{i18n._('Rating')}</h2>
      {ratings.ratings.map((rating) => (
        <ShownRating key={`${rating.by} ${rating.at}`} rating={rating} by={rating.by} />
      ))}
    </section>
  );
}
