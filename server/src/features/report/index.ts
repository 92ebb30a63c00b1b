import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serveCasePdf } from './case-route.ts';
import { serveRatingReport } from './ratings.ts';

/** What employees read about many sessions, or about a whole case. */
export function registerReport(app: App, parts: FeatureParts): void {
  serveRatingReport(app, parts);
  serveCasePdf(app, parts);
}
