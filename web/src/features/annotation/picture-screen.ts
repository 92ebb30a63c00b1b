import type { Sight } from '#contract/annotation/channel.ts';
import type { Drawing, FramePoint } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { Board } from '#core/annotation/board.ts';
import { drawingAt } from '#core/annotation/hit.ts';
import { type ScreenPoint, screenPoint } from '#core/geometry/points.ts';
import { frameToScreen, pictureOnScreen, screenToFrame, type View } from '#core/geometry/spaces.ts';
import { createStore, type ReadableStore, watch } from '#web/state/store.ts';
import { eachFrame, type Frame, frameOf, frameSize, sameFrame } from './frames.ts';
import { createGlass } from './glass.ts';
import type { LiveStroke } from './live-strokes.ts';
import { createLooking } from './looking.ts';
import { aroundOf, clipToPicture, paintDrawing, scaleOf } from './painter.ts';
import type { Ground, OwnStroke } from './pen.ts';
import type { Pictures } from './pictures.ts';
import { pictureOf, placesOf } from './placing.ts';
import type { RemotePointer } from './pointers.ts';
import type { Missing } from './sights.ts';
import type { Tracking } from './tracking.ts';

/** The elements that one person's picture consists of while it is on stage. */
export interface ScreenElements {
  readonly video: HTMLVideoElement;
  /** Over the video: picture and drawings of one and the same frame. */
  readonly ground: HTMLCanvasElement;
  /** Over that: what is on its way, and pointers. */
  readonly glass: HTMLCanvasElement;
}

export interface ScreenParts {
  readonly participantId: ParticipantId;
  readonly mirrored: boolean;
  readonly board: ReadableStore<Board>;
  readonly live: ReadableStore<readonly LiveStroke[]>;
  readonly own: ReadableStore<OwnStroke | null>;
  readonly pointers: ReadableStore<readonly RemotePointer[]>;
  readonly nameOf: (participantId: string) => string;
  readonly pictures: Pictures;
  readonly tracking: Tracking;
  /** How this page sees the drawings has changed. */
  readonly onSights: (sights: readonly { drawingId: DrawingId; sight: Sight }[]) => void;
}

/** Who stops the picture. */
type Holder = 'pen' | 'freeze';

/** One person's picture on stage, with what is drawn on it. */
export interface PictureScreen {
  readonly participantId: ParticipantId;
  /** Stops the picture at the very frame that is shown, for the pen to come down on; null when there is none. */
  hold(by: Holder): Ground | null;
  /** The picture goes on, a moment later: the next stroke may belong to the same thing. */
  letGo(by: Holder): void;
  /** A place of the page in the picture. */
  toFrame(clientX: number, clientY: number): FramePoint;
  /** Where a place of the picture is, CSS px in the element. */
  toScreen(at: FramePoint): ScreenPoint;
  /** The drawing under a place. */
  drawingAt(at: FramePoint): DrawingId | null;
  /** What is not in view. */
  readonly missing: ReadableStore<readonly Missing[]>;
}

/** A still that is shown instead of the live picture. */
interface Still {
  readonly id: PictureId;
  readonly frame: Frame;
  /** A frozen picture is seen whole by everybody; one that is only held for a stroke stays as it was. */
  readonly whole: boolean;
}

/** So long the picture stays after the pen went up. */
const TAIL_MS = 900;
/** ... and so long at most after that, while the first live frame with the drawing is awaited. */
const LINGERS_MS = 500;
/** How far from a line a finger still means it, CSS px. */
const REACH = 22;
const MOST_PIXEL_RATIO = 2;

/** Keeps one person's picture and its drawings on stage until `life` ends. */
export function openPictureScreen(
  life: AbortSignal,
  { video, ground, glass }: ScreenElements,
  parts: ScreenParts,
): PictureScreen {
  const { participantId, mirrored, board, live, pictures, tracking } = parts;
  const context = ground.getContext('2d');
  const missing = createStore<readonly Missing[]>([]);
  let held: Still | null = null;
  let frozen: Still | null = null;
  let lingering: Still | null = null;
  let lingers: ReturnType<typeof setTimeout> | undefined;
  let frozenWanted: PictureId | null = null;
  let tail: ReturnType<typeof setTimeout> | undefined;
  /** Pictures that were held for the pen: what in the end has nothing drawn on it is given up. */
  const heldOnce = new Set<PictureId>();
  const holders = new Set<Holder>();
  let element = { width: 0, height: 0 };
  let fit: View['fit'] = 'cover';

  const still = () => held ?? frozen;
  /** What is painted: a still stays until the first live frame with its drawings can take its place. */
  const shownStill = () => held ?? frozen ?? lingering;
  const isHere = ({ surface }: Drawing) => surface.kind !== 'still' && surface.participantId === participantId;
  const drawings = () => board.get().drawings.flatMap(({ drawing }) => (isHere(drawing) ? [drawing] : []));
  const growing = () => live.get().flatMap(({ drawing }) => (isHere(drawing) ? [drawing] : []));

  const looking = createLooking(life, {
    camera: {
      on: () => video.videoWidth > 0,
      frame: () => frameOf(video),
      same: sameFrame,
      each: (until, hear) => eachFrame(until, video, hear),
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, 40)),
    tracking,
    pictures,
    drawings,
    growing,
    still,
    onLooked() {
      dropLingering();
      paintGround();
      if (live.get().length > 0) painting.soon();
      tellSights();
    },
  });

  const view = (): View => {
    const still = shownStill();
    const shown = still?.frame ?? looking.frame();
    const picture = shown === null ? { width: video.videoWidth, height: video.videoHeight } : frameSize(shown);
    return { element, picture, fit: still?.whole === true ? 'contain' : fit, mirrored };
  };

  const shownId = () => shownStill()?.id ?? null;
  const onGlass = (drawing: Drawing, now: View) => {
    const places = placesOf(drawing, shownId(), looking.found(drawing.id), now);
    const fixed = pictureOf(drawing) === null || pictureOf(drawing) === shownId();
    return { drawing, places: places ?? [], opacity: fixed ? 1 : looking.opacityOf(drawing.id) };
  };

  const paintGround = () => {
    if (context === null || life.aborted) return;
    const now = view();
    const shown = shownStill()?.frame ?? looking.frame();
    const all = drawings()
      .map((drawing) => onGlass(drawing, now))
      .filter(({ places, opacity }) => opacity > 0 && places.length > 0);
    // With nothing to be painted into it, the live picture is the video itself.
    const needed = shownStill() !== null || (shown !== null && all.length > 0);
    ground.style.visibility = needed ? 'visible' : 'hidden';
    if (!needed) return;
    context.save();
    const ratio = ground.width / Math.max(1, element.width);
    context.setTransform(1, 0, 0, 1, 0, 0);
    // Beside a still the live picture, which lies below, must not be seen.
    context.fillStyle = '#000';
    context.fillRect(0, 0, ground.width, ground.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (shown !== null) paintPicture(context, shown, now);
    clipToPicture(context, now);
    const scale = scaleOf(element);
    for (const { drawing, places, opacity } of all)
      paintDrawing(context, { shape: drawing.shape, style: drawing.style, places, opacity }, scale);
    context.restore();
  };

  const painting = createGlass(life, glass, {
    ...parts,
    growing,
    view,
    placesOf: (drawing) => placesOf(drawing, pictureOf(drawing), undefined, view()),
    followed: (drawing) =>
      pictureOf(drawing) === shownId() ? null : placesOf(drawing, shownId(), looking.found(drawing.id), view()),
  });

  let told = '';
  const tellSights = () => {
    missing.set(sameMissing(missing.get(), looking.missing()));
    const sights = drawings().map((drawing) => ({
      drawingId: drawing.id,
      sight: onGlassSight(drawing),
    }));
    const key = JSON.stringify(sights);
    if (key !== told) parts.onSights(sights);
    told = key;
  };
  /** A drawing that is found beside what this screen shows of the picture is not seen here either. */
  const onGlassSight = (drawing: Drawing): Sight => {
    const { places, opacity } = onGlass(drawing, view());
    const inside = ([x, y]: ScreenPoint) => x >= 0 && y >= 0 && x <= element.width && y <= element.height;
    if (opacity > 0 && places.length > 0 && !places.some(inside)) return 'lost';
    const fixed = pictureOf(drawing) === null || pictureOf(drawing) === shownId();
    return fixed ? 'tracking' : looking.sightOf(drawing.id);
  };

  /** Whatever has changed: what is looked for, what runs, what is painted. */
  const update = () => {
    looking.update();
    paintGround();
    painting.soon();
    tellSights();
  };

  const showFrozen = async (id: PictureId | null) => {
    if (id === frozenWanted) return;
    frozenWanted = id;
    const file = id === null ? null : await pictures.file(id);
    const bitmap = file === null ? null : await createImageBitmap(file).catch(() => null);
    if (life.aborted || frozenWanted !== id) return bitmap?.close();
    const before = frozen;
    frozen = id === null || bitmap === null ? null : { id, frame: bitmap, whole: true };
    if (frozen !== null) dropHeld();
    linger(before);
    update();
  };

  const dropLingering = () => {
    clearTimeout(lingers);
    lingering?.frame.close();
    lingering = null;
  };
  const linger = (one: Still | null) => {
    dropLingering();
    if (one === null) return;
    lingering = one;
    lingers = setTimeout(() => {
      dropLingering();
      paintGround();
    }, LINGERS_MS);
  };

  const dropHeld = () => {
    clearTimeout(tail);
    held?.frame.close();
    held = null;
    giveUpEmpty();
  };
  const giveUpEmpty = () => {
    if (holders.size > 0) return;
    const { drawings: shown, removed, frozen: stands } = board.get();
    const used = new Set(
      [...shown, ...removed].map(({ drawing }) => pictureOf(drawing)).concat(stands?.pictureId ?? null),
    );
    for (const id of heldOnce) if (!used.has(id)) pictures.giveUp(id);
    heldOnce.clear();
  };

  const measure = () => {
    element = { width: glass.clientWidth, height: glass.clientHeight };
    fit = getComputedStyle(video).objectFit === 'contain' ? 'contain' : 'cover';
    const ratio = Math.min(MOST_PIXEL_RATIO, devicePixelRatio);
    for (const canvas of [ground, glass]) {
      canvas.width = Math.max(1, Math.round(element.width * ratio));
      canvas.height = Math.max(1, Math.round(element.height * ratio));
    }
    paintGround();
    painting.now();
  };

  const observer = new ResizeObserver(measure);
  observer.observe(glass);
  measure();
  for (const name of ['loadedmetadata', 'resize', 'playing', 'emptied'] as const)
    video.addEventListener(name, update, { signal: life });
  watch(life, board, ({ frozen: wanted }) => {
    void showFrozen(wanted?.participantId === participantId ? wanted.pictureId : null);
    update();
  });
  watch(life, live, update);
  life.addEventListener(
    'abort',
    () => {
      observer.disconnect();
      dropHeld();
      dropLingering();
      frozen?.frame.close();
      ground.style.visibility = 'hidden';
    },
    { once: true },
  );

  const groundOf = ({ id, frame }: Still): Ground => ({
    surface: { kind: 'camera', participantId, pictureId: id },
    picture: frameSize(frame),
  });

  return {
    participantId,
    missing,
    hold(by) {
      clearTimeout(tail);
      const shown = still();
      if (shown !== null) {
        holders.add(by);
        return groundOf(shown);
      }
      // A frozen picture that has not come yet: what is seen is not what would be drawn on.
      if (frozenWanted !== null) return null;
      const last = looking.frame();
      const frame = last === null ? frameOf(video) : sameFrame(last);
      if (frame === null) return null;
      const id = pictures.newId();
      heldOnce.add(id);
      holders.add(by);
      tracking.learn(id, sameFrame(frame));
      pictures.add(
        id,
        tracking.encode(sameFrame(frame)).then(({ blob }) => blob),
      );
      held = { id, frame, whole: false };
      update();
      return groundOf(held);
    },
    letGo(by) {
      clearTimeout(tail);
      holders.delete(by);
      if (held === null) return giveUpEmpty();
      tail = setTimeout(() => {
        linger(held);
        held = null;
        giveUpEmpty();
        update();
      }, TAIL_MS);
    },
    toFrame(clientX, clientY) {
      const box = glass.getBoundingClientRect();
      return screenToFrame(view(), screenPoint(clientX - box.left, clientY - box.top));
    },
    toScreen: (at) => frameToScreen(view(), at),
    drawingAt(at) {
      const now = view();
      const scale = scaleOf(element);
      const all = drawings()
        .map((drawing) => onGlass(drawing, now))
        .filter(({ opacity }) => opacity > 0)
        .map(({ drawing, places }) => ({
          id: drawing.id,
          points: places,
          around: aroundOf(drawing.shape, drawing.style, scale),
        }));
      return drawingAt(frameToScreen(now, at), all, REACH);
    },
  };
}

function paintPicture(context: CanvasRenderingContext2D, frame: Frame, view: View): void {
  const { left, top, right, bottom } = pictureOnScreen(view);
  context.save();
  if (view.mirrored) {
    context.translate(view.element.width, 0);
    context.scale(-1, 1);
  }
  // The box lies in the middle of the element, so it is the same from both sides.
  context.drawImage(frame, left, top, right - left, bottom - top);
  context.restore();
}

/** The list as it was, when nothing in it has changed: nobody is told. */
function sameMissing(before: readonly Missing[], now: readonly Missing[]): readonly Missing[] {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
