import type { PictureId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import { type Area, cutFor, onStage, recordedSize } from '#core/recording/layout.ts';
import { createPlacer, createReader, type Placer } from '../../annotation/worker/index.ts';
import { type Cast, emptyCast, picturesOf, type Shown } from './cast.ts';

/** Paints the recording's pictures on a canvas. */
export interface CanvasComposer {
  show(cast: Cast, pictures: ReadonlyMap<ParticipantId, MediaStreamTrack>, tiles: readonly Area[]): void;
  knows(id: PictureId): boolean;
  learn(id: PictureId, file: Blob): Promise<void>;
  /** Paints the picture of this moment; passed over while the one before is not done. */
  paint(): Promise<void>;
  close(): void;
}

const GROUND = '#0f1214';
const CARD = '#1b2126';
const TRACKED_PX = 640;

/** Makes one; null where the canvas can't be painted on. It ends with `life`. */
export function createCanvasComposer(life: AbortSignal, canvas: HTMLCanvasElement): CanvasComposer | null {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return null;
  const videos = new Map<ParticipantId, { readonly track: MediaStreamTrack; readonly video: HTMLVideoElement }>();
  const files = new Map<PictureId, Blob>();
  const readFrame = createReader();
  let cast = emptyCast;
  let areas: readonly Area[] = [];
  let placer: Placer | null = null;
  let placing: Promise<Placer> | null = null;
  let still: { readonly id: PictureId; readonly bitmap: ImageBitmap } | null = null;
  let painting = false;

  const forget = (key: ParticipantId) => {
    const known = videos.get(key);
    if (known !== undefined) known.video.srcObject = null;
    videos.delete(key);
  };
  const close = () => {
    for (const key of [...videos.keys()]) forget(key);
    cast = emptyCast;
  };
  life.addEventListener('abort', close, { once: true });

  const letters = (text: string, x: number, y: number, px: number) => {
    context.font = `600 ${px}px system-ui, sans-serif`;
    context.fillStyle = '#ffffff';
    context.strokeStyle = 'rgb(0 0 0 / 70%)';
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  const card = ({ name }: Shown, { x, y, width, height }: Area) => {
    context.fillStyle = CARD;
    context.fillRect(x, y, width, height);
    context.textAlign = 'center';
    letters(name, x + width / 2, y + height / 2, Math.max(15, height / 14));
    context.textAlign = 'left';
  };
  const pictureOf = ({ key, hasPicture }: Shown): HTMLVideoElement | null => {
    const video = videos.get(key)?.video;
    return hasPicture && video !== undefined && video.videoWidth > 0 ? video : null;
  };

  /** The picture on stage with the drawings in it looked for: of one and the same frame. */
  const takeStage = async (shown: Shown): Promise<ImageBitmap | null> => {
    const source = still !== null && still.id === cast.frozen ? still.bitmap : pictureOf(shown);
    if (source === null) return null;
    const frame = await createImageBitmap(source);
    if (placer !== null && cast.drawings.length > 0) {
      const { gray, ...size } = await readFrame(frame, TRACKED_PX);
      placer.look({ data: gray, offset: 0, stride: size.width, ...size }, 0, performance.now());
    }
    return frame;
  };
  const paintStage = (shown: Shown, frame: ImageBitmap | null) => {
    if (frame === null) return card(shown, { x: 0, y: 0, ...recordedSize });
    const area = onStage(frame);
    context.fillStyle = GROUND;
    context.fillRect(0, 0, recordedSize.width, recordedSize.height);
    context.drawImage(frame, area.x, area.y, area.width, area.height);
    const picture = { width: frame.width, height: frame.height };
    const view = { element: recordedSize, picture, fit: 'contain', mirrored: false } as const;
    placer?.paint(context, view, still?.id ?? null, performance.now(), () => undefined);
    letters(shown.name, 16, recordedSize.height - 16, 15);
  };
  const paintTile = (tile: Shown, area: Area) => {
    const video = pictureOf(tile);
    if (video === null) return card(tile, area);
    const cut = cutFor(area, { width: video.videoWidth, height: video.videoHeight });
    context.drawImage(video, cut.x, cut.y, cut.width, cut.height, area.x, area.y, area.width, area.height);
    letters(tile.name, area.x + 8, area.y + area.height - 12, 14);
  };
  const learnOne = async (id: PictureId, file: Blob) => {
    if (cast.frozen === id && still?.id !== id) {
      const bitmap = await createImageBitmap(file);
      if (cast.frozen === id) still = { id, bitmap };
    }
    await (await placing)?.learn(id, file);
  };

  return {
    show(next, pictures, tiles) {
      cast = next;
      areas = tiles;
      for (const [key, { track }] of videos) if (pictures.get(key) !== track) forget(key);
      for (const [key, track] of pictures) {
        if (videos.has(key)) continue;
        const video = document.createElement('video');
        Object.assign(video, { muted: true, playsInline: true, srcObject: new MediaStream([track]) });
        video.play().catch(() => {});
        videos.set(key, { track, video });
      }
      if (next.frozen !== still?.id) still = null;
      if (next.drawings.length > 0) placing ??= createPlacer();
      void placing?.then((made) => {
        placer = made;
        if (cast === next) made.want(next.drawings);
      });
      const needed = picturesOf(next);
      for (const [id, file] of files) {
        if (needed.has(id)) void learnOne(id, file).catch(() => {});
        else files.delete(id);
      }
    },
    knows: (id) => files.has(id),
    learn(id, file) {
      files.set(id, file);
      return learnOne(id, file).catch(() => {});
    },
    async paint() {
      const now = cast;
      if (painting || now.stage === null) return;
      painting = true;
      const frame = await takeStage(now.stage).catch(() => null);
      painting = false;
      // All at once: the stream of the canvas must never show half of a picture.
      if (cast === now) {
        paintStage(now.stage, frame);
        now.tiles.forEach((tile, nth) => {
          const area = areas[nth];
          if (area !== undefined) paintTile(tile, area);
        });
      }
      frame?.close();
    },
    close,
  };
}
