import type { FeatureParts } from '../../feature-parts.ts';
import type { Files } from '../file/index.ts';

/** What the parts of this feature share. */
export interface RecordingParts extends FeatureParts {
  readonly files: Pick<Files, 'takePurpose' | 'uploadFile' | 'removeUpload' | 'interrupt'>;
}
