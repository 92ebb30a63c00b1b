import * as z from 'zod/mini';
import { ParticipantId } from '../ids.ts';
import { paragraph } from '../text.ts';
import { DrawingId, PictureId } from './ids.ts';
import { annotationLimits as limits } from './limits.ts';

/**
 * A place in a picture, in parts of its width and height: (0, 0) is the upper left corner of the unmirrored picture as
 * the camera gave it, (1, 1) the lower right. A stroke may run a little over the edge.
 */
const part = z.number().check(z.gte(-0.5), z.lte(1.5));
export const FramePoint = z.tuple([part, part]).brand<'FramePoint'>();
export type FramePoint = z.infer<typeof FramePoint>;

/** Colours that read on any background together with their outline. */
export const Colour = z.enum(['yellow', 'red', 'green', 'blue', 'white', 'black']);
export type Colour = z.infer<typeof Colour>;
export const Width = z.enum(['thin', 'medium', 'thick']);
export type Width = z.infer<typeof Width>;
export const Style = z.object({ colour: Colour, width: Width });
export type Style = z.infer<typeof Style>;

/** What is drawn, in the picture's coordinates. A rectangle and an ellipse lie in the box between two corners. */
export const Shape = z.discriminatedUnion('tool', [
  z.object({
    tool: z.literal('pen'),
    points: z.array(FramePoint).check(z.minLength(1), z.maxLength(limits.pointsPerDrawing)),
  }),
  z.object({ tool: z.literal('arrow'), from: FramePoint, to: FramePoint }),
  z.object({ tool: z.literal('rectangle'), from: FramePoint, to: FramePoint }),
  z.object({ tool: z.literal('ellipse'), from: FramePoint, to: FramePoint }),
  z.object({ tool: z.literal('text'), at: FramePoint, text: paragraph(limits.textLength) }),
  /** 1, 2, 3 … in the order of the steps to take. */
  z.object({ tool: z.literal('mark'), at: FramePoint, number: z.int().check(z.gte(1), z.lte(999)) }),
]);
export type Shape = z.infer<typeof Shape>;

/**
 * What a drawing lies on. On a camera it belongs to a thing: every viewer looks for the picture in the frames it shows.
 * On a still (and a shared screen) it stays where it is.
 */
export const Surface = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('camera'), participantId: ParticipantId, pictureId: PictureId }),
  z.object({ kind: z.literal('screen'), participantId: ParticipantId }),
  z.object({ kind: z.literal('still'), pictureId: PictureId }),
]);
export type Surface = z.infer<typeof Surface>;

/** A finished drawing: a fact of the session. */
export const Drawing = z.object({ id: DrawingId, surface: Surface, shape: Shape, style: Style });
export type Drawing = z.infer<typeof Drawing>;
