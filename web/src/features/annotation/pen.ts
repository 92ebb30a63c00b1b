import type { Drawing, FramePoint, Shape, Surface } from '#contract/annotation/drawing.ts';
import { DrawingId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import { nextMark } from '#core/annotation/region.ts';
import { apartPx, closeStroke, extendStroke, openStroke, type Stroke } from '#core/annotation/stroke.ts';
import type { Size } from '#core/geometry/points.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { Batches } from './batches.ts';
import type { Tools } from './tool-model.ts';

/** What the pen comes down on: a picture that stays as long as the pen does. */
export interface Ground {
  readonly surface: Surface;
  readonly picture: Size;
}

/** One's own drawing on its way. `ahead` are points that the browser expects next: shown, never kept or sent. */
export interface OwnStroke {
  readonly drawing: Drawing;
  readonly ahead: readonly FramePoint[];
}

/** A place where a text is being written. */
export interface Writing {
  readonly at: FramePoint;
  readonly surface: Surface;
}

export interface Pen {
  readonly own: ReadableStore<OwnStroke | null>;
  readonly writing: ReadableStore<Writing | null>;
  down(at: FramePoint): void;
  move(points: readonly FramePoint[], ahead: readonly FramePoint[]): void;
  up(): void;
  /** The browser took the finger away (a call came in, a gesture of the system): nothing is kept. */
  cancel(): void;
  /** The text that was written; empty for none. */
  write(text: string): void;
  /** Where the mouse is while it is not pressed; null when it has gone. */
  hover(at: FramePoint | null): void;
}

interface PenParts {
  readonly tools: ReadableStore<Tools>;
  /** Holds the picture under the pen; null when there is none. */
  readonly hold: () => Ground | null;
  /** The picture may go on. */
  readonly letGo: () => void;
  /** Whose camera is on stage. */
  readonly participantId: () => ParticipantId | null;
  readonly eraseAt: (at: FramePoint) => void;
  readonly shapes: () => readonly Shape[];
  readonly keep: (drawing: Drawing) => void;
  readonly batches: Batches;
}

/** A line between two places closer than this, px of the picture, was a tap and no line. */
const LEAST_PX = 6;

interface Open {
  readonly id: DrawingId;
  readonly ground: Ground;
  readonly first: FramePoint;
  stroke: Stroke;
}

/** Turns what a finger does into a drawing, with the tool in the hand. */
export function createPen(parts: PenParts): Pen {
  const { tools, hold, letGo, keep, batches } = parts;
  const own = createStore<OwnStroke | null>(null);
  const writing = createStore<Writing | null>(null);
  let open: Open | null = null;
  let pointing = false;
  let erasing = false;

  const point = (at: FramePoint | null) => {
    const participantId = parts.participantId();
    if (participantId !== null) batches.pointed(participantId, at);
  };

  const drawingOf = (id: DrawingId, { surface }: Ground, shape: Shape): Drawing => {
    const { colour, width } = tools.get();
    return { id, surface, shape, style: { colour, width } };
  };

  const shapeNow = ({ first, stroke }: Open): Shape => {
    const { choice } = tools.get();
    const to = stroke.points.at(-1) ?? first;
    return choice === 'arrow' || choice === 'rectangle' || choice === 'ellipse'
      ? { tool: choice, from: first, to }
      : { tool: 'pen', points: [...stroke.points] };
  };

  const show = (ahead: readonly FramePoint[]) => {
    if (open === null) return;
    const drawing = drawingOf(open.id, open.ground, shapeNow(open));
    own.set({ drawing, ahead });
    batches.moved(drawing);
  };

  const end = () => {
    open = null;
    own.set(null);
    letGo();
  };

  const place = (ground: Ground, shape: Shape) => {
    keep(drawingOf(newDrawingId(), ground, shape));
    letGo();
  };

  return {
    own,
    writing,
    down(at) {
      const { choice } = tools.get();
      if (open !== null) return;
      if (choice === 'pointer') {
        pointing = true;
        return point(at);
      }
      if (choice === 'eraser') {
        erasing = true;
        return parts.eraseAt(at);
      }
      // A text that was being written is left where it is; the form says what it had.
      const ground = hold();
      if (ground === null) return;
      if (choice === 'text') return writing.set({ at, surface: ground.surface });
      if (choice === 'mark') return place(ground, { tool: 'mark', at, number: nextMark(parts.shapes()) });
      open = { id: newDrawingId(), ground, first: at, stroke: openStroke(at) };
      show([]);
    },
    move(points, ahead) {
      const last = points.at(-1);
      if (last === undefined) return;
      if (pointing) return point(last);
      if (erasing) return points.forEach(parts.eraseAt);
      if (open === null) return;
      open.stroke = extendStroke(open.stroke, points, open.ground.picture);
      show(ahead);
    },
    up() {
      if (pointing) point(null);
      pointing = false;
      erasing = false;
      if (open === null) return;
      const { id, ground, stroke, first } = open;
      const growing = drawingOf(id, ground, shapeNow(open));
      const isLine = growing.shape.tool !== 'pen';
      const kept = !isLine || apartPx(first, stroke.points.at(-1) ?? first, ground.picture) >= LEAST_PX;
      batches.ended(growing, kept);
      if (kept) {
        const shape: Shape = isLine ? growing.shape : { tool: 'pen', points: closeStroke(stroke, ground.picture) };
        keep({ ...growing, shape });
      }
      end();
    },
    cancel() {
      if (pointing) point(null);
      pointing = false;
      erasing = false;
      if (open === null) return;
      batches.ended(drawingOf(open.id, open.ground, shapeNow(open)), false);
      end();
    },
    write(text) {
      const place = writing.get();
      if (place === null) return;
      const said = text.trim();
      const { at, surface } = place;
      writing.set(null);
      if (said !== '') keep(drawingOf(newDrawingId(), { surface, picture: ONE }, { tool: 'text', at, text: said }));
      letGo();
    },
    hover(at) {
      if (tools.get().choice === 'pointer') point(at);
    },
  };
}

const ONE: Size = { width: 1, height: 1 };
const newDrawingId = () => DrawingId.parse(newRequestId());
