import type { PictureId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { RecordingUpload } from '#contract/recording/upload.ts';
import type { Studio } from '../../annotation/index.ts';
import type { ToolsHost } from '../../session/index.ts';
import { picturesOf } from './cast.ts';
import type { Formats } from './formats.ts';
import { type FromWorker, isFromWorker, type ToWorker } from './messages.ts';
import { createSoundMix } from './sound-mix.ts';
import { sourcesOf, watchSources } from './sources.ts';

/** A part that is being recorded. */
export interface Take {
  /** From this call on nothing of anybody else is captured. */
  capture(who: ReadonlySet<ParticipantId>): void;
  /** Captures nothing more; what there is goes up, and then `done` is told. */
  end(): void;
}

export interface TakeParts {
  readonly host: ToolsHost;
  readonly studio: Pick<Studio, 'board' | 'stage' | 'pictures'>;
  readonly formats: Formats;
  readonly what: RecordingUpload;
  readonly tell: (message: FromWorker) => void;
}

interface Feed {
  readonly track: MediaStreamTrack;
  readonly copy: MediaStreamTrack;
}

/** Whether this browser gives the frames of a track to a page. */
export const givesFrames = () => 'MediaStreamTrackProcessor' in globalThis && 'OffscreenCanvas' in globalThis;

/** Begins to record in a worker, which ends with `life`. Null when there is no sound to be had. */
export function openTake(life: AbortSignal, { host, studio, formats, what, tell }: TakeParts): Take | null {
  const mix = createSoundMix(life, formats.sound.sampleRate);
  if (mix === null) return null;
  const worker = new Worker(new URL('./recorder.worker.ts', import.meta.url), { type: 'module', name: 'recorder' });
  const feeds = new Map<ParticipantId, Feed>();
  const seen = { host, board: studio.board, stage: studio.stage };
  let who: ReadonlySet<ParticipantId> = new Set();
  let known: ReadonlySet<PictureId> = new Set();
  let told = '';
  let ends = false;

  const post = (message: ToWorker, moved: Transferable[] = []) => worker.postMessage(message, moved);

  /** A copy of the track is given away, so that stopping it stops nobody's picture. */
  const feed = (pictures: ReadonlyMap<ParticipantId, MediaStreamTrack>) => {
    for (const [key, { track, copy }] of feeds) {
      if (pictures.get(key) === track) continue;
      copy.stop();
      feeds.delete(key);
    }
    for (const [key, track] of pictures) {
      if (feeds.has(key) || track.readyState === 'ended') continue;
      const copy = track.clone();
      feeds.set(key, { track, copy });
      if (!isPicture(copy)) continue;
      const frames = new MediaStreamTrackProcessor({ track: copy }).readable;
      post({ kind: 'frames', key, frames }, [frames]);
    }
  };

  const givePictures = (needed: ReadonlySet<PictureId>) => {
    for (const id of needed) {
      if (known.has(id)) continue;
      void studio.pictures.file(id).then((file) => {
        if (file !== null && known.has(id) && !life.aborted) post({ kind: 'picture', id, file });
      });
    }
    known = needed;
  };

  const arrange = () => {
    if (life.aborted || ends) return;
    const { cast, pictures, voices } = sourcesOf(seen, who);
    // First what may not be captured any more ends, then the worker hears of it.
    feed(pictures);
    mix.hear(voices);
    const shown = cast.stage === null ? null : cast;
    const now = JSON.stringify(shown);
    if (now !== told) post({ kind: 'show', cast: shown });
    told = now;
    givePictures(picturesOf(cast));
  };

  const close = () => {
    ends = true;
    for (const { copy } of feeds.values()) copy.stop();
    feeds.clear();
    mix.hear(new Map());
  };
  worker.addEventListener('message', ({ data }) => isFromWorker(data) && tell(data), { signal: life });
  worker.addEventListener('error', () => tell({ kind: 'trouble', trouble: 'encoder' }), { signal: life });
  life.addEventListener(
    'abort',
    () => {
      close();
      worker.terminate();
    },
    { once: true },
  );

  const sound = new MediaStreamTrackProcessor({ track: mix.track }).readable;
  post({ kind: 'begin', formats, what, speaker: host.speaker, sound }, [sound]);
  watchSources(life, seen, arrange);

  return {
    capture(next) {
      who = next;
      arrange();
    },
    end() {
      close();
      post({ kind: 'end' });
    },
  };
}

const isPicture = (track: MediaStreamTrack): track is MediaStreamVideoTrack => track.kind === 'video';
