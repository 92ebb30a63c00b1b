import type { Sight } from '#contract/annotation/channel.ts';
import type { Shape } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import type { Size } from '#core/geometry/points.ts';
import type { ReadableStore } from '#web/state/store.ts';
import type { Frame } from './frames.ts';

/** What is looked for: a drawing, and the picture that it was drawn on. */
export interface Wanted {
  readonly id: DrawingId;
  readonly pictureId: PictureId;
  readonly shape: Shape;
  /** Its shape is not known yet: its surroundings are followed, so that it can be shown while it grows. */
  readonly onTheWay: boolean;
}

/** Where a drawing is in one frame. */
export interface Found {
  readonly id: DrawingId;
  readonly sight: Sight;
  /** The places of its outline (core/annotation/outline.ts) in parts of this frame, x and y by turns; null when it is not in view. */
  readonly places: Float32Array | null;
  /** From parts of its picture to parts of this frame, 3x3 by rows; null when it is not in view. */
  readonly pose: Float32Array | null;
}

/** What was found in one frame. */
export interface Poses {
  /** The number the frame was given. */
  readonly frame: number;
  readonly found: readonly Found[];
  /** How long it took from the frame's arrival, ms. */
  readonly tookMs: number;
}

/** A picture as it goes to the server and to the others. */
export interface Encoded extends Size {
  readonly blob: Blob;
}

/** A drawing on a place with too little to hold on to. */
export interface Poor {
  readonly id: DrawingId;
  /** There is enough around it: that is followed in its place. */
  readonly widened: boolean;
}

/** Follows things through the frames of one camera. The adapter is a worker; without one, drawings on stills remain. */
export interface Tracking {
  /** Takes what is drawn on: a frame that becomes its caller's no more, or the file. Repeated ids are passed over. */
  learn(id: PictureId, source: Frame | Blob): void;
  /** The file of a frame: WebP, or JPEG where the browser writes no WebP. The frame is closed. */
  encode(source: Frame): Promise<Encoded>;
  /** The sharpest of these frames as a file; they are closed. */
  encodeBest(sources: readonly Frame[]): Promise<Encoded>;
  /** What is looked for from the next frame on; everything that is not named is forgotten. */
  want(wanted: readonly Wanted[]): void;
  /** Looks at a frame, which is closed; null when another is still being looked at, or nothing can be tracked here. */
  look(frame: Frame): Promise<Poses | null>;
  onPoor(life: AbortSignal, listener: (poor: Poor) => void): void;
  /** Nothing can be followed on this device (no SIMD, no worker): drawings on stills remain. Known once the worker has started. */
  readonly off: ReadableStore<boolean>;
  /** The least time from the beginning of one look to that of the next, on this device, now, ms: 0 is every frame. */
  restMs(): number;
}
