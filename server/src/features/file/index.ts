import { join } from 'node:path';
import type { UploadId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import type { Sessions } from '../session/index.ts';
import { eraseOldScreenshots, eraseRowsOf } from './erase-screenshot.ts';
import { sweepFiles, sweepUploads } from './janitor.ts';
import { createPurposes, type Purpose } from './purposes.ts';
import { sessionKey } from './screenshot-store.ts';
import { serveScreenshots } from './screenshots.ts';
import { openUploadStore, type UploadFile } from './upload-store.ts';
import { serveUploads } from './uploads.ts';

export { findKeptPictures, type KeptPicture } from './kept-pictures.ts';

/** Files on their way in, for every feature that takes some. */
export interface Files {
  takePurpose<Meta extends { readonly sessionId: SessionId }>(purpose: Purpose<Meta>): void;
  /** How far an upload is, and where its bytes are; null when there is none. */
  uploadFile(id: UploadId): Promise<UploadFile | null>;
  /** Takes away whatever there is of it. */
  removeUpload(id: UploadId): Promise<void>;
  /** Ends what is being received for it right now. What has come is kept; the next PATCH asks `mayWrite` again. */
  interrupt(id: UploadId): void;
}

/** Files on their way in, and screenshots. */
export function registerFiles(app: App, parts: FeatureParts, sessions: Pick<Sessions, 'onErase' | 'sentFiles'>): Files {
  const store = openUploadStore(parts, join(parts.config.dataDir, 'uploads'));
  const purposes = createPurposes();
  const { interrupt } = serveUploads(app, parts, { purposes, store });
  serveScreenshots(app, parts, { purposes, store, sentFiles: sessions.sentFiles });
  sessions.onErase({
    rows: eraseRowsOf,
    files: async (sessionId) => {
      for await (const key of parts.storage.list(sessionKey(sessionId))) await parts.storage.remove(key);
    },
  });
  parts.jobs.every('sweep-uploads', '23 * * * *', () => sweepUploads(parts, store, purposes));
  parts.jobs.every('sweep-files', '51 3 * * *', () => sweepFiles(parts));
  parts.jobs.every('erase-old-screenshots', '41 3 * * *', () => eraseOldScreenshots(parts));
  return {
    takePurpose: purposes.take,
    uploadFile: store.file,
    removeUpload: store.remove,
    interrupt,
  };
}
