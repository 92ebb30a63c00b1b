import type * as z from 'zod/mini';
import { type ScreenshotFileParams, screenshotFilePath, screenshotsArchivePath } from '#contract/file/http.ts';
import type { ScreenshotId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';

type FileName = z.infer<typeof ScreenshotFileParams>['file'];

/** The address of a version's file. Cookies say who asks. */
export const fileAddress = (
  sessionId: SessionId,
  screenshotId: ScreenshotId,
  version: number,
  file: FileName,
): string =>
  screenshotFilePath
    .replace(':sessionId', sessionId)
    .replace(':screenshotId', screenshotId)
    .replace(':version', String(version))
    .replace(':file', file);

/** The same, to be saved under a name. */
export const downloadAddress = (...of: Parameters<typeof fileAddress>): string => `${fileAddress(...of)}?download`;

/** All screenshots of a session in one file. */
export const archiveAddress = (sessionId: SessionId): string => screenshotsArchivePath.replace(':sessionId', sessionId);
