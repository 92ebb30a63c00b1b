/** A frame as the browser is about to show it. Whoever takes it closes it. */
export type Frame = VideoFrame | ImageBitmap;

/** The frame that a video shows at this moment; null when it has none yet. Without WebCodecs it is a copy, which takes longer. */
export function frameOf(video: HTMLVideoElement): Frame | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return null;
  if ('VideoFrame' in globalThis) {
    try {
      return new VideoFrame(video, { timestamp: Math.round(performance.now() * 1000) });
    } catch {
      // The element has just lost its stream, or keeps its frames to itself: a copy may still be had.
    }
  }
  return painted(video, video.videoWidth, video.videoHeight);
}

/** The same frame once more, for somebody else to close. */
export function sameFrame(frame: Frame): Frame {
  return frame instanceof ImageBitmap ? painted(frame, frame.width, frame.height) : frame.clone();
}

/** The px of a frame in its upright shape. */
export const frameSize = (frame: Frame): { readonly width: number; readonly height: number } =>
  frame instanceof ImageBitmap
    ? { width: frame.width, height: frame.height }
    : { width: frame.displayWidth, height: frame.displayHeight };

function painted(source: CanvasImageSource, width: number, height: number): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(source, 0, 0, width, height);
  return canvas.transferToImageBitmap();
}

/** Calls back for every new frame of a playing video until `life` ends; nothing runs while none comes. */
export function eachFrame(life: AbortSignal, video: HTMLVideoElement, hear: () => void): void {
  let asked = 0;
  const next = () => {
    if (life.aborted) return;
    asked = video.requestVideoFrameCallback(() => {
      if (life.aborted) return;
      hear();
      next();
    });
  };
  life.addEventListener('abort', () => video.cancelVideoFrameCallback(asked), { once: true });
  next();
}

/** Some frames of a camera's own track in a row, apart from any picture on the page; fewer when it does not deliver. */
export async function framesOfTrack(life: AbortSignal, track: MediaStreamTrack, many: number): Promise<Frame[]> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  const frames: Frame[] = [];
  try {
    await video.play();
    while (frames.length < many && !life.aborted) {
      if (!(await nextFrame(video))) break;
      const frame = frameOf(video);
      if (frame !== null) frames.push(frame);
    }
  } catch {
    // A track that has just ended plays nothing: what came before is all there is.
  }
  video.srcObject = null;
  return frames;
}

const PATIENCE_MS = 700;

function nextFrame(video: HTMLVideoElement): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    video.requestVideoFrameCallback(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
