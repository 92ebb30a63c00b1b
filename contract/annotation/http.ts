import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { ParticipantId, RequestId, SessionId } from '../ids.ts';
import { SessionEvent } from '../session/http.ts';
import { Drawing } from './drawing.ts';
import { DrawingId, PictureId } from './ids.ts';

const params = z.object({ sessionId: SessionId });
const drawingParams = z.object({ sessionId: SessionId, drawingId: DrawingId });

/**
 * Adds a picture: the body is the file itself (image/webp, image/jpeg or image/png), at most `pictureBytes`. The id is made
 * by the page and counts within its session; repeating it is harmless: the same bytes are accepted again, others are refused.
 * PUT /api/sessions/:sessionId/pictures/:pictureId, GET the same address for the file. DELETE takes one's own back, as long
 * as nothing in the log names it.
 */
export const picturePath = '/api/sessions/:sessionId/pictures/:pictureId';
export const PictureParams = z.object({ sessionId: SessionId, pictureId: PictureId });

/** Who has joined may draw, on a picture that is in the session. */
export const makeDrawing = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/drawings',
  params,
  body: z.object({ requestId: RequestId, drawing: Drawing }),
  reply: SessionEvent,
});
/** One's own; employees also those of others. */
export const removeDrawing = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/drawings/:drawingId/remove',
  params: drawingParams,
  body: z.object({ requestId: RequestId }),
  reply: SessionEvent,
});
/** Only one's own, after undoing it. */
export const restoreDrawing = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/drawings/:drawingId/restore',
  params: drawingParams,
  body: z.object({ requestId: RequestId }),
  reply: SessionEvent,
});
/** Employees may clear all, others what they drew. */
export const clearDrawings = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/drawings/clear',
  params,
  body: z.object({ requestId: RequestId, whose: z.enum(['own', 'all']) }),
  reply: SessionEvent,
});
/** Shows everybody this still of that participant's camera. Refused with `not-in-this-state` while one is frozen. */
export const freezePicture = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/freeze',
  params,
  body: z.object({ requestId: RequestId, participantId: ParticipantId, pictureId: PictureId }),
  reply: SessionEvent,
});
/** Back to the live picture; the drawings look for their place in it. */
export const releasePicture = defineRoute({
  method: 'POST',
  path: '/api/sessions/:sessionId/release',
  params,
  body: z.object({ requestId: RequestId }),
  reply: SessionEvent,
});
