/** Lets an element play through the chosen speaker; an empty id is the system's own choice. Where it can't be, it plays on. */
export async function playThrough(element: HTMLMediaElement, speakerId: string): Promise<void> {
  if (!('setSinkId' in element) || element.sinkId === speakerId) return;
  await element.setSinkId(speakerId).catch(() => {});
}

const QUIETEST_DB = -60;
const EVERY_MS = 60;

/** From the samples of a moment to 0…1, evenly in decibels as ears hear. */
export function levelOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(samples.length, 1));
  if (rms === 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(rms)) / QUIETEST_DB));
}

/**
 * Calls `listener` some 16 times a second with how loud the track is, 0…1, until the signal ends it. Also good for somebody
 * else's track (who is speaking). Not for React state: set the element's style directly.
 */
export function watchLevel(signal: AbortSignal, track: MediaStreamTrack, listener: (level: number) => void): void {
  if (signal.aborted || typeof AudioContext === 'undefined') return;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  // Browsers let sound be measured only after the person has touched the page.
  const wake = () => void context.resume().catch(() => {});
  wake();
  addEventListener('pointerdown', wake, { signal });
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    listener(levelOf(samples));
  }, EVERY_MS);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      context.close().catch(() => {});
    },
    { once: true },
  );
}
