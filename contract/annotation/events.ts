import * as z from 'zod/mini';
import { ParticipantId } from '../ids.ts';
import { Drawing } from './drawing.ts';
import { DrawingId, PictureId } from './ids.ts';

/** What happens to drawings, as kinds of the session's events. */
export const annotationEvents = [
  z.object({ kind: z.literal('drawing-made'), drawing: Drawing }),
  /** Undone or deleted; it can come back. */
  z.object({ kind: z.literal('drawing-removed'), drawingId: DrawingId }),
  z.object({ kind: z.literal('drawing-restored'), drawingId: DrawingId }),
  z.object({ kind: z.literal('drawings-cleared'), whose: z.enum(['own', 'all']) }),
  /** Everybody sees this still of that camera instead of the live picture. */
  z.object({ kind: z.literal('picture-frozen'), participantId: ParticipantId, pictureId: PictureId }),
  z.object({ kind: z.literal('picture-released'), participantId: ParticipantId }),
] as const;
