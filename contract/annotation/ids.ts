import * as z from 'zod/mini';

/** A still that something is drawn on: the frame that was on the screen when the pen came down, or a frozen picture. */
export const PictureId = z.uuid().brand<'PictureId'>();
/** Made by the page that draws; the same while the stroke is on its way and when it is kept. */
export const DrawingId = z.uuid().brand<'DrawingId'>();

export type PictureId = z.infer<typeof PictureId>;
export type DrawingId = z.infer<typeof DrawingId>;
