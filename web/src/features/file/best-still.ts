import { type Frame, frameSize, framesOfTrack } from '../annotation/index.ts';

/** So long a camera may take for a photograph; meanwhile it may have moved on, but a serial number has not. */
const PHOTO_PATIENCE_MS = 5_000;

/** A picture in memory, upright. Whoever takes it closes it. */
export type Still = Frame;

/** The newest frame of a track in its own size, whatever size it is shown in; null when it delivers none. */
export async function frameOfTrack(life: AbortSignal, track: MediaStreamTrack): Promise<Still | null> {
  const [frame, ...others] = await framesOfTrack(life, track, 1);
  for (const one of others) one.close();
  return frame ?? null;
}

/**
 * The best still of one's own camera: a photograph where the browser takes one and it is larger, else the frame. Null when the
 * camera gives nothing.
 */
export async function bestStill(life: AbortSignal, track: MediaStreamTrack): Promise<Still | null> {
  const frame = await frameOfTrack(life, track);
  const photo = await photoOf(track);
  if (photo === null || frame === null) return photo ?? frame;
  const [worse, better] = sidesOf(photo) > sidesOf(frame) ? [frame, photo] : [photo, frame];
  worse.close();
  return better;
}

const sidesOf = (still: Still) => frameSize(still).width * frameSize(still).height;

/** What the camera's own photograph button would give; null where the browser has none, or the camera refuses or dawdles. */
async function photoOf(track: MediaStreamTrack): Promise<ImageBitmap | null> {
  if (!('ImageCapture' in globalThis)) return null;
  try {
    const camera = new ImageCapture(track);
    const most = await within(
      camera.getPhotoCapabilities().then(
        ({ imageWidth, imageHeight }) => largestOf(imageWidth, imageHeight),
        () => ({}),
      ),
    );
    const photo = await within(camera.takePhoto(most ?? {}));
    // Stands it upright by what the camera wrote into the file.
    return photo === null ? null : await createImageBitmap(photo);
  } catch {
    return null;
  }
}

const largestOf = (width?: MediaSettingsRange, height?: MediaSettingsRange): PhotoSettings =>
  width?.max !== undefined && height?.max !== undefined && width.max > 0 && height.max > 0
    ? { imageWidth: width.max, imageHeight: height.max }
    : {};

async function within<T>(work: Promise<T>): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), PHOTO_PATIENCE_MS);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
