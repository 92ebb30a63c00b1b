import type { CodeId } from '#contract/ids.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { Throttles } from './throttle.ts';

/** How many tickets of each code are open. */
export type CountOpenTickets = (codeIds: readonly CodeId[]) => Promise<ReadonlyMap<CodeId, number>>;

/** What the parts of this feature share. */
export interface AccessParts extends FeatureParts {
  readonly throttles: Throttles;
  readonly countOpenTickets: CountOpenTickets;
}
