import { i18n } from '@lingui/core';
import type { ReactNode } from 'react';
import type { RatingFigures } from '#contract/session/rating.ts';
import { meanWords, qualityWords } from './figures.tsx';

interface ReportTableProps {
  readonly title: string;
  /** What the rows are: experts, months. */
  readonly heading: string;
  readonly rows: readonly { readonly key: string; readonly name: string; readonly figures: RatingFigures }[];
}

const NOTHING = '–';

/** Ratings and measured calls side by side, one row for each expert or month. */
export function ReportTable({ title, heading, rows }: ReportTableProps) {
  const columns = [
    i18n._('Sessions'),
    i18n._('Rated'),
    i18n._('Rating'),
    i18n._('Delay'),
    i18n._('Lost'),
    i18n._('Stood still'),
  ];
  return (
    <table className="report-table" aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, figures }) => {
          const { roundTrip, loss, frozen } = qualityWords(figures);
          const cells: readonly ReactNode[] = [
            i18n.number(figures.sessions),
            i18n.number(figures.rated),
            <Mean key="mean" stars={figures.meanStars} />,
            roundTrip,
            loss,
            frozen,
          ];
          return (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={columns[at]} data-label={columns[at]}>
                  {cell ?? NOTHING}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Mean({ stars }: { stars: number | null }) {
  if (stars === null) return NOTHING;
  return (
    <span className="mean">
      <span className="mean-place" aria-hidden="true">
        <span className="bar" style={{ width: `${(100 * stars) / 5}%` }} />
      </span>
      {meanWords(stars)}
    </span>
  );
}
