import type { PictureId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { Size } from '#core/geometry/points.ts';
import { uprightSize } from '#core/geometry/spaces.ts';
import { type Area, cutFor, onStage, recordedSize, tiles } from '#core/recording/layout.ts';
import { createPlacer, type Placer } from '../../annotation/worker/index.ts';
import { type Cast, emptyCast, picturesOf, type Shown } from './cast.ts';
import { createFrameSource, type FrameSource } from './frame-source.ts';
import { cardOf, ground, labelOf } from './lettering.ts';
import { blend, createPicture, fill, type Picture, type Pixels, pictureOf, place } from './planes.ts';

/** Puts the recording's pictures together. */
export interface Composer {
  /** Whom and what to show from now on; the pictures of all others are forgotten. */
  show(cast: Cast): void;
  /** Takes somebody's newest frame; of who is not shown it is closed at once. */
  take(key: ParticipantId, frame: VideoFrame): void;
  /** Takes the file of a picture that is drawn on, or frozen. */
  learn(id: PictureId, file: Blob): Promise<void>;
  /** The picture of this moment, in I420 order; the memory is used again. Null when what is shown changed meanwhile. */
  compose(atMs: number): Promise<Uint8Array<ArrayBuffer> | null>;
}

const WHOLE = { x: 0, y: 0, ...recordedSize };
const LABEL_INSET = 8;
/** A still is looked at so often: the first look finds the place, the next ones its exact position. */
const LOOKS_AT_STILL = 4;

/** Makes a composer; the tracker is loaded with the first drawing. */
export function createComposer(): Composer {
  const canvas = createPicture(recordedSize);
  const overlay = new OffscreenCanvas(recordedSize.width, recordedSize.height).getContext('2d', {
    willReadFrequently: true,
  });
  const sources = new Map<ParticipantId, FrameSource>();
  const letterings = new Map<string, Pixels | null>();
  const cards = new Map<string, Picture>();
  const files = new Map<PictureId, Blob>();
  let cast = emptyCast;
  let placing: Promise<Placer> | null = null;
  let placer: Placer | null = null;
  let still: { readonly id: PictureId; readonly picture: Picture } | null = null;
  let looks = 0;

  const kept = <Made>(all: Map<string, Made>, key: string, make: () => Made): Made => {
    const known = all.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (all.size > 60) all.clear();
    all.set(key, made);
    return made;
  };
  const label = (name: string, { x, y, width, height }: Area) => {
    const letters = kept(letterings, `${width} ${name}`, () => labelOf(name, width - 2 * LABEL_INSET));
    if (letters !== null) blend(canvas, letters, x + LABEL_INSET, y + height - letters.height - LABEL_INSET);
  };
  const card = ({ name }: Shown, size: Size) =>
    kept(cards, `${size.width} ${size.height} ${name}`, () => cardOf(name, size));

  const paintDrawings = (picture: Picture, atMs: number) => {
    if (placer === null || overlay === null || cast.drawings.length === 0) return;
    const isStill = still !== null && still.picture === picture;
    if (!isStill || looks < LOOKS_AT_STILL) {
      const [{ data, offset, stride }] = picture.planes;
      const { width, height } = picture;
      placer.look({ data, offset, stride, width, height }, picture.rotation, atMs);
      looks = isStill ? looks + 1 : 0;
    }
    const upright = uprightSize(picture, picture.rotation);
    const view = { element: recordedSize, picture: upright, fit: 'contain', mirrored: false } as const;
    placer.paint(overlay, view, isStill ? (still?.id ?? null) : null, atMs, ({ x, y, width, height }) => {
      blend(canvas, overlay.getImageData(x, y, width, height), x, y);
      overlay.clearRect(x, y, width, height);
    });
  };

  const paintStage = (shown: Shown, live: Picture | null, atMs: number) => {
    const picture = still?.id === cast.frozen ? still.picture : shown.hasPicture ? live : null;
    if (picture === null) return place(canvas, WHOLE, card(shown, recordedSize), WHOLE);
    const upright = uprightSize(picture, picture.rotation);
    const area = onStage(upright);
    if (area.width < recordedSize.width || area.height < recordedSize.height) fill(canvas, WHOLE, ground);
    place(canvas, area, picture, { x: 0, y: 0, ...upright });
    paintDrawings(picture, atMs);
    label(shown.name, WHOLE);
  };

  const paintTile = (shown: Shown, area: Area, live: Picture | null) => {
    const picture = shown.hasPicture ? live : null;
    if (picture === null) {
      const plain = card(shown, area);
      return place(canvas, area, plain, { x: 0, y: 0, width: plain.width, height: plain.height });
    }
    place(canvas, area, picture, cutFor(area, uprightSize(picture, picture.rotation)));
    label(shown.name, area);
  };

  const learnOne = async (id: PictureId, file: Blob) => {
    if (cast.frozen === id && still?.id !== id) {
      const picture = await pixelsOf(file);
      if (cast.frozen === id && picture !== null) still = { id, picture: pictureOf(picture) };
      looks = 0;
    }
    if (cast.drawings.some(({ surface }) => surface.kind === 'camera' && surface.pictureId === id)) {
      placing ??= createPlacer();
      placer = await placing;
      await placer.learn(id, file);
      looks = 0;
    }
  };

  const keepSourcesOf = ({ stage, tiles }: Cast) => {
    const here = new Set([...tiles, ...(stage === null ? [] : [stage])].map(({ key }) => key));
    for (const [key, source] of sources) {
      if (here.has(key)) continue;
      source.close();
      sources.delete(key);
    }
    for (const key of here) if (!sources.has(key)) sources.set(key, createFrameSource());
  };

  return {
    show(next) {
      cast = next;
      keepSourcesOf(next);
      if (still !== null && still.id !== next.frozen) still = null;
      const needed = picturesOf(next);
      for (const [id, file] of files) {
        if (needed.has(id)) void learnOne(id, file).catch(() => {});
        else files.delete(id);
      }
      looks = 0;
      if (next.drawings.length > 0) placing ??= createPlacer();
      void placing?.then((made) => {
        placer = made;
        if (cast === next) made.want(next.drawings);
      });
    },
    take(key, frame) {
      const source = sources.get(key);
      if (source === undefined) frame.close();
      else source.take(frame);
    },
    async learn(id, file) {
      files.set(id, file);
      await learnOne(id, file);
    },
    async compose(atMs) {
      const now = cast;
      const { stage } = now;
      if (stage === null) return null;
      const shown = [stage, ...now.tiles];
      const pictures = await Promise.all(shown.map(async ({ key }) => (await sources.get(key)?.read()) ?? null));
      if (cast !== now) return null;
      paintStage(stage, pictures[0] ?? null, atMs);
      const areas = tiles(now.tiles.length);
      now.tiles.forEach((tile, nth) => {
        const area = areas[nth];
        if (area !== undefined) paintTile(tile, area, pictures[nth + 1] ?? null);
      });
      return canvas.data;
    },
  };
}

async function pixelsOf(file: Blob): Promise<Pixels | null> {
  const bitmap = await createImageBitmap(file);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  const { width, height } = bitmap;
  bitmap.close();
  return context?.getImageData(0, 0, width, height) ?? null;
}
