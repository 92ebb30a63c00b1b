import * as z from 'zod/mini';
import { SessionId } from '../ids.ts';

/**
 * Files come in by tus 1.0 (creation, deferred length, termination) at this address: POST makes an upload, HEAD says how far it
 * is, PATCH goes on, DELETE gives it up. Somebody else's upload is not found. What it is for stands in the header
 * `Upload-Metadata`, its values as text, with a `purpose`; each feature that takes files in has one.
 */
export const uploadsPath = '/api/uploads';

/** One picture of a screenshot; a version then names it. Its length is said at the start. */
export const ScreenshotUpload = z.object({ purpose: z.literal('screenshot'), sessionId: SessionId });
export type ScreenshotUpload = z.infer<typeof ScreenshotUpload>;
