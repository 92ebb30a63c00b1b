import type { FeatureParts } from '../../feature-parts.ts';
import type { Sessions } from '../session/index.ts';
import type { DeskPages } from './desk-pages.ts';

/** What the files of this feature get. */
export interface DirectCallParts extends FeatureParts {
  readonly pages: DeskPages;
  readonly sessions: Pick<Sessions, 'isAttached'>;
}
