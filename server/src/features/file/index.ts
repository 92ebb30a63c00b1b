import { join } from 'node:path';
import type { UploadId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { sweepUploads } from './janitor.ts';
import { createPurposes, type Purpose } from './purposes.ts';
import { openUploadStore, type UploadFile, type UploadStore } from './upload-store.ts';
import { serveUploads } from './uploads.ts';

export type { Purpose } from './purposes.ts';

/** Files on their way in, for every feature that takes some. */
export interface Files {
  takePurpose<Meta extends { readonly sessionId: SessionId }>(purpose: Purpose<Meta>): void;
  /** How far an upload is, and where its bytes are; null when there is none. */
  uploadFile(id: UploadId): Promise<UploadFile | null>;
  /**
   * Uses a finished upload up: no second change can. Refused with `not-found` where it is not this person's or for something else,
   * with `not-in-this-state` before its last byte. Take the file in (`storage.adopt`) before the change is committed, and
   * `removeUpload` after; what is forgotten is removed within the hour.
   */
  readonly useUp: UploadStore['useUp'];
  /** Takes away whatever there is of it. */
  removeUpload(id: UploadId): Promise<void>;
  /** Ends what is being received for it right now. What has come is kept; the next PATCH asks `mayWrite` again. */
  interrupt(id: UploadId): void;
}

/** Takes files in. */
export function registerFiles(app: App, parts: FeatureParts): Files {
  const store = openUploadStore(parts, join(parts.config.dataDir, 'uploads'));
  const purposes = createPurposes();
  const { interrupt } = serveUploads(app, parts, { purposes, store });
  parts.jobs.every('sweep-uploads', '23 * * * *', () => sweepUploads(parts, store, purposes));
  return {
    takePurpose: purposes.take,
    uploadFile: store.file,
    useUp: store.useUp,
    removeUpload: store.remove,
    interrupt,
  };
}
