import { type Corner, nearestCorner } from './stage.ts';

/** Fewer pixels than this are a tap of an unsteady finger. */
const SLACK = 8;

/**
 * Lets the tile that holds `handle` be dragged over the stage that holds the tile; let go, it rests in the nearest
 * corner. Moves the element itself: a finger's every move through components would be jerky.
 */
export function dragToCorner(life: AbortSignal, handle: HTMLElement, rest: (corner: Corner) => void): void {
  const tile = handle.parentElement;
  const stage = tile?.parentElement;
  if (!tile || !stage) return;
  let start: { id: number; x: number; y: number; moving: boolean } | null = null;

  const end = () => {
    start = null;
    tile.style.translate = '';
    delete tile.dataset['dragging'];
  };

  const on = (name: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel', hear: (e: PointerEvent) => void) =>
    handle.addEventListener(name, hear, { signal: life });

  on('pointerdown', (event) => {
    start = { id: event.pointerId, x: event.clientX, y: event.clientY, moving: false };
    handle.setPointerCapture(event.pointerId);
  });
  on('pointermove', (event) => {
    if (start?.id !== event.pointerId) return;
    const dx = event.clientX - start.x;
    const dy = event.clientY - start.y;
    if (!start.moving && Math.hypot(dx, dy) < SLACK) return;
    start.moving = true;
    tile.dataset['dragging'] = '';
    tile.style.translate = `${dx}px ${dy}px`;
  });
  on('pointerup', (event) => {
    if (start?.id !== event.pointerId) return;
    const { moving } = start;
    const box = stage.getBoundingClientRect();
    const own = tile.getBoundingClientRect();
    end();
    if (!moving || box.width === 0 || box.height === 0) return;
    const x = (own.left + own.width / 2 - box.left) / box.width;
    const y = (own.top + own.height / 2 - box.top) / box.height;
    rest(nearestCorner(x, y));
  });
  on('pointercancel', end);
}
