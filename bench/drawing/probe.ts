/*
 * What the stroke's bench reads in the pages, at the border of the browser: the product and the bare pair are watched in
 * the same way. Times are ms since 1970, the clock that the pages of one machine share.
 */
export interface StrokeProbe {
  /** When the newest pointer event of a moved pen was made. */
  movedAt: number;
  /** How many bends the longest line painted so far has, and when it was first painted. */
  bends: number;
  paintedAt: number;
}

declare global {
  interface Window {
    strokeProbe: StrokeProbe;
  }
}

/** Runs in a page before its own scripts. */
export function watchStrokes(): void {
  const probe: StrokeProbe = { movedAt: 0, bends: 0, paintedAt: 0 };
  window.strokeProbe = probe;
  addEventListener(
    'pointermove',
    ({ timeStamp }) => {
      probe.movedAt = performance.timeOrigin + timeStamp;
    },
    true,
  );
  // A pen's line is one filled path; it has more bends with every point, wherever and however large it is painted.
  const bends = new WeakMap<Path2D, number>();
  const bend = Path2D.prototype.quadraticCurveTo;
  Path2D.prototype.quadraticCurveTo = function (...places) {
    bends.set(this, (bends.get(this) ?? 0) + 1);
    bend.apply(this, places);
  };
  const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function (...what: unknown[]) {
    Reflect.apply(fill, this, what);
    const [path] = what;
    // The layer of what is on its way; finished drawings are on another.
    if (!(path instanceof Path2D) || this.canvas.dataset['tool'] === undefined) return;
    const now = bends.get(path) ?? 0;
    if (now <= probe.bends) return;
    probe.bends = now;
    probe.paintedAt = performance.timeOrigin + performance.now();
  };
}
