import { rotationOf } from '#core/geometry/spaces.ts';
import { type Picture, pictureOf } from './planes.ts';

/** One person's picture as it comes: the newest frame counts. */
export interface FrameSource {
  /** Takes a frame, which is closed sooner or later. */
  take(frame: VideoFrame): void;
  /** The newest frame as it lies in memory, until the next call; null before there is one. */
  read(): Promise<Picture | null>;
  close(): void;
}

const PLANAR = new Set<string | null>(['I420', 'I420A']);

/** Makes one; it keeps its memory from frame to frame. */
export function createFrameSource(): FrameSource {
  let newest: VideoFrame | null = null;
  let read: Picture | null = null;
  let buffer = new Uint8Array(0);

  const copied = async (frame: VideoFrame): Promise<Picture | null> => {
    const { format, visibleRect } = frame;
    const isPlain = PLANAR.has(format) || format === 'NV12';
    const options: VideoFrameCopyToOptions = isPlain ? {} : { format: 'RGBA' };
    const bytes = frame.allocationSize(options);
    if (buffer.length < bytes) buffer = new Uint8Array(bytes);
    const [light, blue, red] = await frame.copyTo(buffer, options);
    if (light === undefined || visibleRect === null) return null;
    // Even sides: a picture's last odd line has no colour of its own.
    const size = { width: visibleRect.width & ~1, height: visibleRect.height & ~1 };
    const rotation = rotationOf('rotation' in frame ? Number(frame.rotation) : 0);
    const data = buffer;
    const planeAt = (at: PlaneLayout, step: number, more = 0) => ({
      data,
      offset: at.offset + more,
      stride: at.stride,
      step,
    });
    if (format === 'NV12' && blue !== undefined) {
      return { ...size, rotation, planes: [planeAt(light, 1), planeAt(blue, 2), planeAt(blue, 2, 1)] };
    }
    if (isPlain && blue !== undefined && red !== undefined) {
      return { ...size, rotation, planes: [planeAt(light, 1), planeAt(blue, 1), planeAt(red, 1)] };
    }
    const { width, height } = visibleRect;
    return { ...pictureOf({ data: buffer.subarray(light.offset), width, height }), rotation };
  };

  return {
    take(frame) {
      newest?.close();
      newest = frame;
    },
    async read() {
      const frame = newest;
      if (frame === null) return read;
      // Taken at once: a frame that comes meanwhile is the next one.
      newest = null;
      read = (await copied(frame).catch(() => null)) ?? read;
      frame.close();
      return read;
    },
    close() {
      newest?.close();
      newest = null;
      read = null;
    },
  };
}
