/** How a picture lies in its box: enlarged, and moved from the middle, CSS px. */
interface Place {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Zoom {
  /** Larger or smaller around the middle. */
  by(factor: number): void;
  /** The whole picture again. */
  reset(): void;
}

const MOST = 12;
const STEP = 1.25;

/** Lets fingers, wheel and mouse enlarge and move a picture in its box, until `life` ends. */
export function zoomable(life: AbortSignal, box: HTMLElement, picture: HTMLElement): Zoom {
  const fingers = new Map<number, { readonly x: number; readonly y: number }>();
  let place: Place = { scale: 1, x: 0, y: 0 };

  const put = ({ scale, x, y }: Place) => {
    const held = Math.min(MOST, Math.max(1, scale));
    const reachX = ((held - 1) * box.clientWidth) / 2;
    const reachY = ((held - 1) * box.clientHeight) / 2;
    place = { scale: held, x: Math.min(reachX, Math.max(-reachX, x)), y: Math.min(reachY, Math.max(-reachY, y)) };
    picture.style.transform = `translate(${place.x}px, ${place.y}px) scale(${place.scale})`;
    box.dataset['zoomed'] = String(place.scale > 1);
  };
  /** Enlarges so that what is under this place of the page stays there. */
  const around = (clientX: number, clientY: number, factor: number) => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const [fromX, fromY] = [clientX - left - width / 2, clientY - top - height / 2];
    const scale = Math.min(MOST, Math.max(1, place.scale * factor));
    const share = scale / place.scale;
    put({ scale, x: fromX - (fromX - place.x) * share, y: fromY - (fromY - place.y) * share });
  };
  const middle = () => {
    const all = [...fingers.values()];
    const x = all.reduce((sum, one) => sum + one.x, 0) / all.length;
    const y = all.reduce((sum, one) => sum + one.y, 0) / all.length;
    const [a, b] = all;
    return { x, y, apart: a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y) };
  };

  const listen = { signal: life };
  box.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      around(event.clientX, event.clientY, event.deltaY < 0 ? STEP : 1 / STEP);
    },
    { signal: life, passive: false },
  );
  box.addEventListener('dblclick', (event) => around(event.clientX, event.clientY, place.scale > 1 ? 0 : 3), listen);
  box.addEventListener(
    'pointerdown',
    (event) => {
      if (event.target instanceof Element && event.target.closest('button, a') !== null) return;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      box.setPointerCapture(event.pointerId);
    },
    listen,
  );
  box.addEventListener(
    'pointermove',
    (event) => {
      if (!fingers.has(event.pointerId)) return;
      const before = middle();
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      const now = middle();
      put({ ...place, x: place.x + now.x - before.x, y: place.y + now.y - before.y });
      if (before.apart > 0 && now.apart > 0) around(now.x, now.y, now.apart / before.apart);
    },
    listen,
  );
  for (const name of ['pointerup', 'pointercancel'] as const)
    box.addEventListener(name, ({ pointerId }) => void fingers.delete(pointerId), listen);
  put(place);
  return {
    by(factor) {
      const { left, top, width, height } = box.getBoundingClientRect();
      around(left + width / 2, top + height / 2, factor);
    },
    reset: () => put({ scale: 1, x: 0, y: 0 }),
  };
}
