import * as z from 'zod/mini';

/** A file on its way in, by tus; made by the server. Until a fact names it, it belongs to who sends it alone. */
export const UploadId = z.uuid().brand<'UploadId'>();
/** Made by the page that takes it. */
export const ScreenshotId = z.uuid().brand<'ScreenshotId'>();

export type UploadId = z.infer<typeof UploadId>;
export type ScreenshotId = z.infer<typeof ScreenshotId>;
