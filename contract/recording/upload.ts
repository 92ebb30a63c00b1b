import * as z from 'zod/mini';
import { SessionId } from '../ids.ts';
import { RecordingPartId } from './ids.ts';

/** `Upload-Metadata` of a part's file (contract/file/upload.ts). Its length is deferred; a part has at most one upload. */
export const RecordingUpload = z.object({
  purpose: z.literal('recording'),
  sessionId: SessionId,
  partId: RecordingPartId,
});
export type RecordingUpload = z.infer<typeof RecordingUpload>;
