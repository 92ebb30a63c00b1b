import type { Drawing } from '#contract/annotation/drawing.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { ScreenPoint } from '#core/geometry/points.ts';
import { frameToScreen, type View } from '#core/geometry/spaces.ts';
import { type ReadableStore, watch } from '#web/state/store.ts';
import { clipToPicture, paintDrawing, paintPointer, scaleOf } from './painter.ts';
import type { OwnStroke } from './pen.ts';
import { pointerOpacity, type RemotePointer } from './pointers.ts';

interface GlassParts {
  readonly participantId: ParticipantId;
  readonly own: ReadableStore<OwnStroke | null>;
  readonly pointers: ReadableStore<readonly RemotePointer[]>;
  readonly nameOf: (participantId: string) => string;
  readonly growing: () => readonly Drawing[];
  readonly view: () => View;
  /** A drawing as it would be on its own picture. */
  readonly placesOf: (drawing: Drawing) => readonly ScreenPoint[] | null;
  /** A drawing where its thing is by now; null while that is not known. */
  readonly followed: (drawing: Drawing) => readonly ScreenPoint[] | null;
}

/**
 * The upper layer: one's own stroke at once, those of others as their points come, pointers. Painted at most once per display
 * frame, and only when something has changed.
 */
export function createGlass(
  life: AbortSignal,
  canvas: HTMLCanvasElement,
  parts: GlassParts,
): { soon(): void; now(): void } {
  const { own, pointers, participantId } = parts;
  const context = canvas.getContext('2d');
  let asked = 0;
  let empty = true;

  const paint = () => {
    asked = 0;
    if (context === null || life.aborted) return;
    const view = parts.view();
    const { element } = view;
    const scale = scaleOf(element);
    const stroke = own.get();
    const growing = parts.growing();
    const pointing = pointers.get().filter((one) => one.participantId === participantId);
    const nothing = stroke === null && growing.length === 0 && pointing.length === 0;
    if (nothing && empty) return;
    empty = nothing;
    const ratio = canvas.width / Math.max(1, element.width);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.save();
    clipToPicture(context, view);
    for (const drawing of growing) {
      const places = parts.followed(drawing) ?? parts.placesOf(drawing) ?? [];
      paintDrawing(context, { ...drawing, places, opacity: 1 }, scale);
    }
    if (stroke !== null) {
      const ahead = stroke.ahead.map((at) => frameToScreen(view, at));
      const places = [...(parts.placesOf(stroke.drawing) ?? []), ...ahead];
      paintDrawing(context, { ...stroke.drawing, places, opacity: 1 }, scale);
    }
    const now = performance.now();
    for (const one of pointing) {
      paintPointer(context, frameToScreen(view, one.at), parts.nameOf(one.from), pointerOpacity(one, now), scale);
    }
    context.restore();
    if (pointing.length > 0) soon();
  };
  const soon = () => {
    if (asked === 0 && !life.aborted) asked = requestAnimationFrame(paint);
  };
  watch(life, own, soon);
  watch(life, pointers, soon);
  life.addEventListener('abort', () => cancelAnimationFrame(asked), { once: true });
  return { soon, now: paint };
}
