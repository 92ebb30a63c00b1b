import * as z from 'zod/mini';

/** Made by the page that starts it. */
export const RecordingId = z.uuid().brand<'RecordingId'>();
/** What one browser records in one go; a recording that another carries on has several. Made by the page that records. */
export const RecordingPartId = z.uuid().brand<'RecordingPartId'>();

export type RecordingId = z.infer<typeof RecordingId>;
export type RecordingPartId = z.infer<typeof RecordingPartId>;
