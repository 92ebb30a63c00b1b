import { accepted, refused } from '#contract/errors.ts';
import { readRatingReport } from '#contract/session/rating.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { mayReadReports } from './policy.ts';
import { memberOf, noFigures, readReport } from './ratings-store.ts';

/** A9: how sessions were rated, beside what was measured of their calls. */
export function serveRatingReport(app: App, { database }: FeatureParts): void {
  serve(app, readRatingReport, async ({ actor, query }) => {
    if (actor.kind === 'nobody') return refused('not-signed-in');
    if (!mayReadReports(actor)) return refused('not-found');
    if (query.to < query.from) return refused('malformed', 'to');
    const lines = await readReport(database, monthBegin(query.from, 0), monthBegin(query.to, 1));
    return accepted({
      all: lines.find(({ kind }) => kind === 'all')?.figures ?? noFigures,
      byExpert: lines
        .filter(({ kind }) => kind === 'expert')
        .map((line) => ({ memberId: memberOf(line), name: line.name, ...line.figures })),
      byMonth: lines.filter(({ kind }) => kind === 'month').map(({ key, figures }) => ({ month: key, ...figures })),
    });
  });
}

/** When a month of the form YYYY-MM begins in UTC, or one that lies so many months after it. */
function monthBegin(month: string, later: number): Date {
  const begin = new Date(`${month}-01T00:00:00.000Z`);
  begin.setUTCMonth(begin.getUTCMonth() + later);
  return begin;
}
