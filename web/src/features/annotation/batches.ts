import type { Drawing, FramePoint } from '#contract/annotation/drawing.ts';
import { annotationLimits as limits } from '#contract/annotation/limits.ts';
import type { ChannelMessage } from '#contract/call/index.ts';

/** So many points that were sent before go along again: a lost batch heals with the next. */
const AGAIN = 6;

export interface Batches {
  /** One's own drawing as it stands now. */
  moved(drawing: Drawing): void;
  /** It became a fact (`kept`), or it will not be finished. */
  ended(drawing: Drawing, kept: boolean): void;
  /** Where one points; null takes the pointer away. */
  pointed(participantId: string, at: FramePoint | null): void;
}

/** Tells the others how one's drawing grows: one message per display frame, over the channel that may lose them. */
export function createBatches(parts: {
  readonly send: (message: ChannelMessage, delivery: 'lossy' | 'reliable') => void;
  /** Runs once before the next frame is painted. */
  readonly nextFrame: (run: () => void) => void;
}): Batches {
  let drawing: Drawing | null = null;
  let sent = 0;
  let pointer: Extract<ChannelMessage, { kind: 'pointer' }> | null = null;
  let asked = false;

  const flush = () => {
    asked = false;
    if (pointer !== null) parts.send(pointer, pointer.at === null ? 'reliable' : 'lossy');
    pointer = null;
    if (drawing === null) return;
    const { id: drawingId, surface, shape, style } = drawing;
    if (shape.tool === 'pen') {
      let from = Math.max(0, Math.min(sent, shape.points.length) - AGAIN);
      for (; from < shape.points.length; from += limits.pointsPerBatch) {
        const points = shape.points.slice(from, from + limits.pointsPerBatch);
        parts.send({ kind: 'stroke-points', drawingId, surface, ...style, from, points }, 'lossy');
      }
      sent = shape.points.length;
    } else if (shape.tool === 'arrow' || shape.tool === 'rectangle' || shape.tool === 'ellipse') {
      parts.send({ kind: 'shape-moved', drawingId, surface, ...style, ...shape }, 'lossy');
    }
  };
  const soon = () => {
    if (asked) return;
    asked = true;
    parts.nextFrame(flush);
  };

  return {
    moved(next) {
      if (drawing?.id !== next.id) sent = 0;
      drawing = next;
      soon();
    },
    ended(last, kept) {
      if (kept) {
        drawing = last;
        flush();
      } else parts.send({ kind: 'stroke-dropped', drawingId: last.id }, 'reliable');
      drawing = null;
      sent = 0;
    },
    pointed(participantId, at) {
      pointer = { kind: 'pointer', participantId, at };
      soon();
    },
  };
}
