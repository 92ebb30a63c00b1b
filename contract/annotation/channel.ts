import * as z from 'zod/mini';
import { Colour, FramePoint, Surface, Width } from './drawing.ts';
import { DrawingId, PictureId } from './ids.ts';
import { annotationLimits as limits } from './limits.ts';

/** How one viewer sees a drawing at this moment; the other side may be told what the customer's screen really shows. */
export const Sight = z.enum(['tracking', 'uncertain', 'lost', 'ambiguous', 'searching']);
export type Sight = z.infer<typeof Sight>;

const style = { colour: Colour, width: Width };

/** What goes straight from page to page about drawings. Strokes and pointers may be dropped: the finished drawing is a fact. */
export const annotationMessages = [
  /** A freehand stroke on its way: `points` are those from number `from` on. */
  z.object({
    kind: z.literal('stroke-points'),
    drawingId: DrawingId,
    surface: Surface,
    ...style,
    from: z.int().check(z.gte(0), z.lte(limits.pointsPerDrawing)),
    points: z.array(FramePoint).check(z.minLength(1), z.maxLength(limits.pointsPerBatch)),
  }),
  /** A shape of two points on its way, as it stands now. */
  z.object({
    kind: z.literal('shape-moved'),
    drawingId: DrawingId,
    surface: Surface,
    ...style,
    tool: z.enum(['arrow', 'rectangle', 'ellipse']),
    from: FramePoint,
    to: FramePoint,
  }),
  /** The drawing on its way will not be finished. */
  z.object({ kind: z.literal('stroke-dropped'), drawingId: DrawingId }),
  /** The live pointer, in the camera's present frame; null takes it away. */
  z.object({ kind: z.literal('pointer'), participantId: z.uuid(), at: z.nullable(FramePoint) }),
  /** Somebody freezes your camera's picture: please give the session your best still, under this id. The asker then freezes it. */
  z.object({ kind: z.literal('still-asked'), pictureId: PictureId }),
  /** A picture that I gave (a still that was asked for, or what I draw on) is in the session: now it can be asked for. */
  z.object({ kind: z.literal('picture-kept'), pictureId: PictureId }),
  /** What this viewer's screen shows of the drawings on live pictures; sent when it changes. */
  z.object({
    kind: z.literal('drawing-sight'),
    sights: z.array(z.object({ drawingId: DrawingId, sight: Sight })).check(z.maxLength(limits.drawingsPerSession)),
  }),
] as const;
