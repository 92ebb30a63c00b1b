import type { PictureId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { RecordingUpload } from '#contract/recording/upload.ts';
import type { Cast } from './cast.ts';
import type { Formats } from './formats.ts';
import type { UploadTrouble } from './upload.ts';

/** What the page tells the recorder's worker. */
export type ToWorker =
  | {
      readonly kind: 'begin';
      readonly formats: Formats;
      readonly what: RecordingUpload;
      readonly speaker: { readonly as?: 'code' };
      readonly sound: ReadableStream<AudioData>;
    }
  /** Somebody's picture, frame by frame; it takes the place of the one before. */
  | { readonly kind: 'frames'; readonly key: ParticipantId; readonly frames: ReadableStream<VideoFrame> }
  /** From now on this is recorded and nothing else; null is a pause. */
  | { readonly kind: 'show'; readonly cast: Cast | null }
  | { readonly kind: 'picture'; readonly id: PictureId; readonly file: Blob }
  | { readonly kind: 'end' };

/** What the worker tells. */
export type FromWorker =
  | { readonly kind: 'began' }
  | { readonly kind: 'left'; readonly bytes: number }
  | { readonly kind: 'done' }
  | { readonly kind: 'trouble'; readonly trouble: UploadTrouble | 'encoder' };

const kindsIn: ReadonlySet<unknown> = new Set<ToWorker['kind']>(['begin', 'frames', 'show', 'picture', 'end']);
const kindsOut: ReadonlySet<unknown> = new Set<FromWorker['kind']>(['began', 'left', 'done', 'trouble']);

const kindOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'kind' in data ? data.kind : undefined;

/*
 * Both ends are the same build of the same page, so the kind is enough to know the rest.
 */

/** Whether the page has sent this. */
export const isToWorker = (data: unknown): data is ToWorker => kindsIn.has(kindOf(data));

/** Whether the worker has sent this. */
export const isFromWorker = (data: unknown): data is FromWorker => kindsOut.has(kindOf(data));
