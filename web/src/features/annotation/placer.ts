import type { Drawing } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import type { Size } from '#core/geometry/points.ts';
import { type Rotation, trackingSize, uprightSize, type View } from '#core/geometry/spaces.ts';
import { coreUrl, createTracker, hasSimd, loadCore } from '#tracker/index.ts';
import { createBudget } from './budget.ts';
import { createShrinker, type Plane } from './luma.ts';
import { aroundOf, clipToPicture, paintDrawing, scaleOf } from './painter.ts';
import { createReader } from './pixels.ts';
import { pictureOf, placesOf } from './placing.ts';
import { createScene } from './scene.ts';
import { createSights } from './sights.ts';
import type { Found } from './tracking.ts';

/** A part of a canvas, px. */
interface Part extends Size {
  readonly x: number;
  readonly y: number;
}

/** Puts drawings where their things are, frame by frame, in the thread it is made in. For one camera at a time. */
export interface Placer {
  /** Whether a drawing's picture is known already. */
  knows(id: PictureId): boolean;
  /** Takes the file of a picture that was drawn on. */
  learn(id: PictureId, file: Blob): Promise<void>;
  /** What is drawn on the camera that is shown. */
  want(drawings: readonly Drawing[]): void;
  /** Looks for them in the brightness of a frame, as it lies in memory. */
  look(light: Plane, rotation: Rotation, atMs: number): void;
  /**
   * Paints each drawing that is in view onto a canvas and calls back with the part of it that the drawing lies in, before the
   * next one is painted. `still` is the picture that is shown instead of the camera's.
   */
  paint(
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    view: View,
    still: PictureId | null,
    atMs: number,
    painted: (part: Part) => void,
  ): void;
}

/** What the tracker may take of a frame, ms. */
const BUDGET_MS = 30;
const TEXT_ACROSS = 0.75;

/** Loads the tracker; without it drawings are shown on frozen pictures only. */
export async function createPlacer(): Promise<Placer> {
  const wasm = hasSimd() ? await loadCore(coreUrl).catch(() => null) : null;
  const budget = createBudget();
  const shrinker = createShrinker();
  const readPicture = createReader();
  const sights = createSights();
  const scene = createScene(
    ({ width, height }) => {
      const made = wasm === null ? null : createTracker({ wasm, width, height, budgetMs: BUDGET_MS });
      return made?.ok === true ? made.tracker : null;
    },
    () => undefined,
  );
  let wanted: readonly Drawing[] = [];
  let found: ReadonlyMap<DrawingId, Found> = new Map();
  let lookedAtMs = Number.NEGATIVE_INFINITY;

  return {
    knows: scene.knows,
    async learn(id, file) {
      if (scene.knows(id)) return;
      const bitmap = await createImageBitmap(file);
      const { gray, width, height } = await readPicture(bitmap, 640);
      bitmap.close();
      scene.learn(id, { gray: gray.slice(), width, height });
    },
    want(drawings) {
      wanted = drawings;
      scene.want(
        drawings.flatMap(({ id, surface, shape }) =>
          surface.kind === 'camera' ? [{ id, pictureId: surface.pictureId, shape, onTheWay: false }] : [],
        ),
      );
      found = new Map([...found].filter(([id]) => drawings.some((one) => one.id === id)));
    },
    look(light, rotation, atMs) {
      const begunMs = performance.now();
      const small = trackingSize(uprightSize(light, rotation), budget.effort.longest);
      const all = scene.process({ gray: shrinker.shrink(light, small, rotation), ...small }, atMs);
      found = new Map(all.map((one) => [one.id, one]));
      sights.hear(all, atMs);
      budget.spent(performance.now() - begunMs, begunMs - lookedAtMs);
      lookedAtMs = begunMs;
    },
    paint(context, view, still, atMs, painted) {
      const scale = scaleOf(view.element);
      for (const drawing of wanted) {
        const fixed = pictureOf(drawing) === null || pictureOf(drawing) === still;
        const opacity = fixed ? 1 : sights.opacityOf(drawing.id, atMs);
        const places = opacity > 0 ? (placesOf(drawing, still, found.get(drawing.id), view) ?? []) : [];
        const part = partOf(drawing, places, scale, view.element);
        if (part === null) continue;
        context.save();
        clipToPicture(context, view);
        paintDrawing(context, { shape: drawing.shape, style: drawing.style, places, opacity }, scale);
        context.restore();
        painted(part);
      }
    },
  };
}

/** The part of the canvas that a drawing is painted in, with even edges; null when it is beside it. */
function partOf(
  { shape, style }: Drawing,
  places: readonly (readonly [number, number])[],
  scale: number,
  canvas: Size,
): Part | null {
  if (places.length === 0) return null;
  // Lines are 9 px at the most, with an edge, and an arrow's head is some three times as wide.
  const around = Math.max(34 * scale, 2 * aroundOf(shape, style, scale));
  const lines = shape.tool === 'text' ? shape.text.split('\n') : [];
  const high = around + (lines.length * aroundOf(shape, style, scale) * 1.25) / 2;
  const wide = around + Math.max(0, ...lines.map((one) => one.length)) * aroundOf(shape, style, scale) * TEXT_ACROSS;
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const left = Math.max(0, 2 * Math.floor((Math.min(...xs) - around) / 2));
  const top = Math.max(0, 2 * Math.floor((Math.min(...ys) - high) / 2));
  const right = Math.min(canvas.width, 2 * Math.ceil((Math.max(...xs) + wide) / 2));
  const bottom = Math.min(canvas.height, 2 * Math.ceil((Math.max(...ys) + high) / 2));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}
