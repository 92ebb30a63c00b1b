import type { FramePoint } from '#contract/annotation/drawing.ts';
import type { Pen } from './pen.ts';

interface PenInputParts {
  readonly pen: Pen;
  readonly toFrame: (clientX: number, clientY: number) => FramePoint;
  /** Whether a finger draws now; otherwise it only touches. */
  readonly drawing: () => boolean;
}

/** A touch this large, CSS px, is the heel of a hand. */
const PALM = 70;

/**
 * Hears one finger, stylus or mouse on the picture and moves the pen by it, until `life` ends. A second finger and the heel of a
 * hand are passed over; the finger belongs to the picture until it is lifted, wherever it goes.
 */
export function hearPen(life: AbortSignal, element: HTMLElement, { pen, toFrame, drawing }: PenInputParts): void {
  let current: number | null = null;
  const at = (event: PointerEvent) => toFrame(event.clientX, event.clientY);
  const on = (
    name: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'pointerleave',
    hear: (e: PointerEvent) => void,
  ) => element.addEventListener(name, hear, { signal: life });

  on('pointerdown', (event) => {
    if (!drawing() || event.button !== 0 || current !== null) return;
    if (event.pointerType === 'touch' && Math.max(event.width, event.height) > PALM) return;
    // The browser would begin to scroll or to select.
    event.preventDefault();
    // A text that is being written is finished by drawing on.
    const { activeElement } = document;
    if (activeElement instanceof HTMLTextAreaElement) activeElement.blur();
    current = event.pointerId;
    element.setPointerCapture(event.pointerId);
    pen.down(at(event));
  });
  on('pointermove', (event) => {
    if (event.pointerId !== current) {
      if (current === null && event.pointerType === 'mouse' && drawing()) pen.hover(at(event));
      return;
    }
    // What came since the last frame is in the event; older browsers have only the last place.
    const events = event.getCoalescedEvents?.() ?? [];
    const ahead = event.getPredictedEvents?.() ?? [];
    pen.move((events.length > 0 ? events : [event]).map(at), ahead.slice(0, 3).map(at));
  });
  on('pointerup', (event) => {
    if (event.pointerId !== current) return;
    current = null;
    pen.move([at(event)], []);
    pen.up();
  });
  on('pointercancel', (event) => {
    if (event.pointerId !== current) return;
    current = null;
    pen.cancel();
  });
  on('pointerleave', (event) => {
    if (current === null && event.pointerType === 'mouse' && drawing()) pen.hover(null);
  });
  life.addEventListener('abort', () => current !== null && pen.cancel(), { once: true });
}
