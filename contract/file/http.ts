import * as z from 'zod/mini';
import { FramePoint, Shape, Style } from '../annotation/drawing.ts';
import { DrawingId } from '../annotation/ids.ts';
import { annotationLimits } from '../annotation/limits.ts';
import { defineRoute } from '../define-route.ts';
import { RequestId, SessionId } from '../ids.ts';
import { Person } from '../person.ts';
import { SessionEvent } from '../session/http.ts';
import { Instant } from '../text.ts';
import { ScreenshotSource } from './events.ts';
import { ScreenshotId, UploadId } from './ids.ts';

/** What is drawn on a screenshot: the same as on live pictures, and a highlight, which colours a box without covering it. */
export const ScreenshotShape = z.discriminatedUnion('tool', [
  ...Shape.def.options,
  z.object({ tool: z.literal('highlight'), from: FramePoint, to: FramePoint }),
]);
export type ScreenshotShape = z.infer<typeof ScreenshotShape>;

/** A drawing on a screenshot: an object of its own, in parts of the version's picture. */
export const ScreenshotDrawing = z.object({ id: DrawingId, shape: ScreenshotShape, style: Style });
export type ScreenshotDrawing = z.infer<typeof ScreenshotDrawing>;
const drawings = z.array(ScreenshotDrawing).check(z.maxLength(annotationLimits.drawingsPerSession));

const VersionNumber = z.int().check(z.gte(1), z.lte(1_000));
const size = { width: z.int().check(z.positive()), height: z.int().check(z.positive()) };

/** One state of a screenshot: a picture, and the drawings on it. Versions are only added. */
export const ScreenshotVersion = z.object({
  number: VersionNumber,
  author: Person,
  at: Instant,
  ...size,
  drawings,
  /** Parts of its picture, or of one it was made from, are blurred away. */
  blurred: z.boolean(),
});
export type ScreenshotVersion = z.infer<typeof ScreenshotVersion>;

export const Screenshot = z.object({
  id: ScreenshotId,
  sessionId: SessionId,
  /** 1, 2, 3 … within the session. */
  number: z.int().check(z.positive()),
  of: ScreenshotSource,
  author: Person,
  at: Instant,
  /** Those that the reader may see, oldest first; none while the picture is on its way, or after it was erased. */
  versions: z.array(ScreenshotVersion),
  /** When retention or a person erased it. */
  erasedAt: z.nullable(Instant),
});
export type Screenshot = z.infer<typeof Screenshot>;

const params = z.object({ sessionId: SessionId });
const screenshotParams = z.object({ sessionId: SessionId, screenshotId: ScreenshotId });

/**
 * Who has joined takes a screenshot: a fact at once, in the transcript of all. The picture follows as version 1, from the page
 * of the camera's owner, or, where that does not answer, from the page that took it: the first one counts.
 */
export const takeScreenshot = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/screenshots',
  params,
  body: z.object({ requestId: RequestId, screenshotId: ScreenshotId, of: ScreenshotSource }),
  reply: SessionEvent,
});

/**
 * Adds a version. `picture` holds no drawings and is without what was cut off or blurred away; null: the pixels of the version
 * it was made from. `painted` is the picture with its drawings, `thumbnail` a small one of that. All three are finished uploads of
 * this person; naming them here uses them up. Version 1 is refused with `not-in-this-state` when there is one.
 */
export const addScreenshotVersion = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/screenshots/:screenshotId/versions',
  params: screenshotParams,
  body: z.object({
    requestId: RequestId,
    /** The version this one was made from; 0 for the first. */
    from: z.int().check(z.gte(0), z.lte(1_000)),
    picture: z.nullable(UploadId),
    painted: UploadId,
    thumbnail: UploadId,
    drawings,
    blurred: z.boolean(),
  }),
  reply: SessionEvent,
});

/** Everybody who may see the session; the unblurred versions of a blurred one are for employees only. */
export const listScreenshots = defineRoute({
  method: 'GET',
  path: '/api/sessions/:sessionId/screenshots',
  params,
  reply: z.object({ screenshots: z.array(Screenshot) }),
});

/** Employees only: erases it with all its versions; the transcript keeps a line. */
export const eraseScreenshot = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/screenshots/:screenshotId/erase',
  params: screenshotParams,
  body: z.object({ requestId: RequestId }),
  reply: SessionEvent,
});

/** A file of a version: `picture` without drawings, `painted` with them, `thumbnail` the small one. `?download` names it for saving. */
export const screenshotFilePath = '/api/sessions/:sessionId/screenshots/:screenshotId/versions/:version/:file';
export const ScreenshotFileParams = z.object({
  sessionId: SessionId,
  screenshotId: ScreenshotId,
  version: z.coerce.number().check(z.int(), z.gte(1), z.lte(1_000)),
  file: z.enum(['picture', 'painted', 'thumbnail']),
});
/** All of a session in one ZIP: the newest version of each, with and without its drawings. */
export const screenshotsArchivePath = '/api/sessions/:sessionId/screenshots.zip';
export const ScreenshotsArchiveParams = params;
