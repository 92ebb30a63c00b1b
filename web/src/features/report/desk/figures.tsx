import { i18n } from '@lingui/core';
import type { RatingFigures, WentWrong } from '#contract/session/rating.ts';
import { wentWrongWords } from '#web/features/session/rating-page.tsx';
import { Smiley, starsWords } from '#web/ui/smiley.tsx';

/** 4.3, in the habit of the language. */
export const meanWords = (stars: number): string =>
  i18n.number(stars, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const wrongs: readonly WentWrong[] = ['picture', 'sound', 'waiting', 'help'];

/** A row of a chart: what it counts, a bar as long as its share, the number. */
function Bar({ name, face, count, most }: { name: string; face?: number; count: number; most: number }) {
  return (
    <li className="bar-row">
      <span className="bar-name">
        {face === undefined ? null : <Smiley stars={face} size={22} />}
        {name}
      </span>
      <span className="bar-place" aria-hidden="true">
        <span className="bar" style={{ width: `${most === 0 ? 0 : (100 * count) / most}%` }} />
      </span>
      <span className="bar-count">{i18n.number(count)}</span>
    </li>
  );
}

/** How the ratings are spread over the five faces. */
export function Distribution({ figures }: { figures: RatingFigures }) {
  const most = Math.max(...figures.distribution);
  return (
    <ul className="bars">
      {[5, 4, 3, 2, 1].map((stars) => (
        <Bar
          key={stars}
          name={starsWords(stars)}
          face={stars}
          count={figures.distribution[stars - 1] ?? 0}
          most={most}
        />
      ))}
    </ul>
  );
}

/** What those who were not content said went wrong. */
export function WhatWentWrong({ figures }: { figures: RatingFigures }) {
  const most = Math.max(...wrongs.map((what) => figures.wentWrong[what]));
  if (most === 0) return <p className="muted">{i18n._('Nobody has said that something went wrong.')}</p>;
  return (
    <ul className="bars">
      {wrongs.map((what) => (
        <Bar key={what} name={wentWrongWords(what)} count={figures.wentWrong[what]} most={most} />
      ))}
    </ul>
  );
}

/** The measured quality of calls, as texts; each null where nothing was measured. */
export function qualityWords({ quality }: RatingFigures) {
  if (quality === null) return { roundTrip: null, loss: null, frozen: null };
  return {
    roundTrip: i18n._('{ms} ms', { ms: i18n.number(Math.round(quality.roundTripMs)) }),
    loss: i18n.number(quality.lossShare, { style: 'percent', maximumFractionDigits: 1 }),
    frozen: i18n._('{seconds} s', { seconds: i18n.number(quality.frozenPerMinute, { maximumFractionDigits: 1 }) }),
  };
}
