import * as z from 'zod/mini';
import { ScreenshotId } from './ids.ts';

/** What goes straight from page to page about files. */
export const fileMessages = [
  /** The camera's own page has taken the picture that was asked for, and sends it up: nobody needs to stand in for it. */
  z.object({ kind: z.literal('screenshot-coming'), screenshotId: ScreenshotId }),
] as const;
