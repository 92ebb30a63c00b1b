import type { ParticipantId } from '#contract/ids.ts';
import { recordedSize, tiles } from '#core/recording/layout.ts';
import { pause } from '../../session/index.ts';
import { createCanvasComposer } from './canvas-composer.ts';
import { type Cast, picturesOf } from './cast.ts';
import { createSoundMix } from './sound-mix.ts';
import { sourcesOf, watchSources } from './sources.ts';
import type { Take, TakeParts } from './take.ts';
import { openUpload } from './upload.ts';

/*
 * Where a page does not get at the frames of a track, or has no encoders of its own: a canvas, and the browser's recorder. It costs more,
 * and a tab in the background records few pictures, but it records.
 */

/** What the browser's recorder writes, the best first. */
const formats = [
  'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01E,opus',
  'video/mp4',
  'video/webm;codecs=vp9,opus',
  'video/webm',
] as const;

const PICTURE_MS = 40;
const PIECE_MS = 1_000;
const SOUND_RATE = 48_000;

/** Finds what this browser's recorder writes; null where there is none. */
export function chooseRecorderType(): { readonly mime: string; readonly type: 'video/mp4' | 'video/webm' } | null {
  if (!('MediaRecorder' in globalThis)) return null;
  const mime = formats.find((one) => MediaRecorder.isTypeSupported(one));
  if (mime === undefined) return null;
  return { mime, type: mime.startsWith('video/mp4') ? 'video/mp4' : 'video/webm' };
}

/** Begins to record in the page itself. Null where the browser has no canvas or no sound to record. */
export function openCanvasTake(
  life: AbortSignal,
  { host, studio, what, tell }: Omit<TakeParts, 'formats'>,
  mime: string,
): Take | null {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, recordedSize);
  const composer = createCanvasComposer(life, canvas);
  const mix = createSoundMix(life, SOUND_RATE);
  if (composer === null || mix === null) return null;
  const stream = canvas.captureStream(1000 / PICTURE_MS);
  stream.addTrack(mix.track);
  const options: MediaRecorderOptions & { videoKeyFrameIntervalDuration: number } = {
    mimeType: mime,
    videoBitsPerSecond: 2_500_000,
    audioBitsPerSecond: 64_000,
    videoKeyFrameIntervalDuration: PIECE_MS,
  };
  const recorder = new MediaRecorder(stream, options);
  const upload = openUpload(life, {
    what,
    speaker: host.speaker,
    send: (...request) => fetch(...request),
    pause,
    onLeft: (bytes) => tell({ kind: 'left', bytes }),
    onTrouble: (trouble) => tell({ kind: 'trouble', trouble }),
  });

  const seen = { host, board: studio.board, stage: studio.stage };
  let who: ReadonlySet<ParticipantId> = new Set();
  let cast: Cast | null = null;
  let ends = false;
  /** Pieces come as blobs, which are read one after the other. */
  let read: Promise<unknown> = Promise.resolve();
  recorder.addEventListener('dataavailable', ({ data }) => {
    read = read.then(async () => {
      if (data.size === 0) return;
      upload.write(new Uint8Array(await data.arrayBuffer()));
      tell({ kind: 'began' });
    });
  });
  recorder.addEventListener('error', () => tell({ kind: 'trouble', trouble: 'encoder' }));
  recorder.addEventListener('stop', async () => {
    await read;
    if (ends && (await upload.finish())) tell({ kind: 'done' });
  });

  const run = () => {
    if (ends || life.aborted) return;
    if (cast === null) {
      if (recorder.state === 'recording') recorder.pause();
    } else if (recorder.state === 'inactive') recorder.start(PIECE_MS);
    else if (recorder.state === 'paused') recorder.resume();
  };
  const arrange = () => {
    if (life.aborted || ends) return;
    const sources = sourcesOf(seen, who);
    mix.hear(sources.voices);
    cast = sources.cast.stage === null ? null : sources.cast;
    upload.hold(cast === null);
    composer.show(sources.cast, sources.pictures, tiles(sources.cast.tiles.length));
    run();
    for (const id of picturesOf(sources.cast)) {
      if (composer.knows(id)) continue;
      void studio.pictures.file(id).then((file) => {
        if (file !== null && !life.aborted) void composer.learn(id, file);
      });
    }
  };
  const timer = setInterval(() => cast !== null && void composer.paint(), PICTURE_MS);
  const close = () => {
    ends = true;
    clearInterval(timer);
    mix.hear(new Map());
    composer.close();
    if (recorder.state !== 'inactive') recorder.stop();
  };
  life.addEventListener('abort', close, { once: true });
  watchSources(life, seen, arrange);

  return {
    capture(next) {
      who = next;
      arrange();
    },
    end() {
      const neverBegan = recorder.state === 'inactive';
      close();
      if (neverBegan) void upload.finish().then((went) => went && tell({ kind: 'done' }));
    },
  };
}
