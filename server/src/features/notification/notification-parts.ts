import type { FeatureParts } from '../../feature-parts.ts';
import type { PostPush } from '../../ports/push-post.ts';
import type { PushKeys } from './push-keys.ts';

/** What the parts of this feature share. */
export interface NotificationParts extends FeatureParts {
  readonly postPush: PostPush;
  readonly pushKeys: () => Promise<PushKeys>;
}
