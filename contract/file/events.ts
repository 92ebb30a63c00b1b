import * as z from 'zod/mini';
import { PictureId } from '../annotation/ids.ts';
import { ParticipantId } from '../ids.ts';
import { ScreenshotId } from './ids.ts';

/** What a screenshot is of. */
export const ScreenshotSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('camera'), participantId: ParticipantId }),
  z.object({ kind: z.literal('screen'), participantId: ParticipantId }),
  /** A frozen picture. */
  z.object({ kind: z.literal('still'), pictureId: PictureId }),
]);
export type ScreenshotSource = z.infer<typeof ScreenshotSource>;

const version = z.object({
  number: z.int().check(z.positive()),
  width: z.int().check(z.positive()),
  height: z.int().check(z.positive()),
  blurred: z.boolean(),
});

/** What happens to files, as kinds of the session's events. */
export const fileEvents = [
  /** Somebody pressed the button; the picture is on its way. */
  z.object({
    kind: z.literal('screenshot-taken'),
    screenshotId: ScreenshotId,
    number: z.int().check(z.positive()),
    of: ScreenshotSource,
  }),
  /** The first version is there. */
  z.object({ kind: z.literal('screenshot-kept'), screenshotId: ScreenshotId, version }),
  z.object({ kind: z.literal('screenshot-edited'), screenshotId: ScreenshotId, version }),
  /** It was there until now. */
  z.object({
    kind: z.literal('screenshot-erased'),
    screenshotId: ScreenshotId,
    number: z.int().check(z.positive()),
    why: z.enum(['retention', 'by-hand']),
  }),
] as const;
