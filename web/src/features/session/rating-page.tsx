import type { SessionId } from '#contract/ids.ts';
import type { Ask } from '#web/http/client.ts';
import * as css from './rating/rating.module.css';
import { useRatings } from './rating/read.ts';
import { ShownRating } from './rating/shown.tsx';

/* What of a session's rating other pages show; each loads it when there is something to rate or to show. */
export { RatingOnRecord } from './rating/on-record.tsx';
export { RateSession } from './rating/rate-session.tsx';
export { wentWrongWords } from './rating/words.ts';

interface RatingsOfCardProps {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  /** The mean as the card knows it; when it changes, they are read anew. */
  readonly stars: number;
}

/** A9: how a session was rated, in words, on its card in the ticket. */
export function RatingsOfCard({ ask, sessionId, stars }: RatingsOfCardProps) {
  const ratings = useRatings(ask, sessionId, stars);
  if (ratings === null || ratings.ratings.length === 0) return null;
  return (
    <div className={css.seen}>
      {ratings.ratings.map((rating) => (
        <ShownRating key={`${rating.by} ${rating.at}`} rating={rating} by={rating.by} />
      ))}
    </div>
  );
}
