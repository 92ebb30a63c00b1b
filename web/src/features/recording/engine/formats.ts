import { recordedSize } from '#core/recording/layout.ts';

/** What a part is made of: the first that this browser can write. */
export interface Formats {
  readonly type: 'video/mp4' | 'video/webm';
  readonly picture: VideoEncoderConfig;
  readonly sound: AudioEncoderConfig;
}

/** Most pictures in a second; as many as the call has. */
export const MOST_FRAMES = 30;

const picture = {
  ...recordedSize,
  framerate: MOST_FRAMES,
  bitrate: 2_500_000,
  bitrateMode: 'variable',
  // Who records is in a call: an encoder that looks ahead costs twice as much.
  latencyMode: 'realtime',
} as const;
const sound = { sampleRate: 48_000, numberOfChannels: 1 } as const;

/** The plainest profile first: it costs least to write, and everything plays it. */
const h264 = ['avc1.42e01f', 'avc1.4d401f', 'avc1.64001f'];
const vp9 = 'vp09.00.31.08';

/** Finds out what this browser can write; null when it has no encoders for it. */
export async function chooseFormats(): Promise<Formats | null> {
  if (!('VideoEncoder' in globalThis && 'AudioEncoder' in globalThis)) return null;
  const [aac, opus] = [
    { codec: 'mp4a.40.2', ...sound, bitrate: 96_000 },
    { codec: 'opus', ...sound, bitrate: 48_000 },
  ];
  const hasAac = await writesSound(aac);
  if (!hasAac && !(await writesSound(opus))) return null;
  for (const codec of h264) {
    const config: VideoEncoderConfig = { ...picture, codec, avc: { format: 'avc' } };
    if (await writesPictures(config)) return { type: 'video/mp4', picture: config, sound: hasAac ? aac : opus };
  }
  const config = { ...picture, codec: vp9 };
  return (await writesPictures(config)) && (await writesSound(opus))
    ? { type: 'video/webm', picture: config, sound: opus }
    : null;
}

const writesPictures = async (config: VideoEncoderConfig) =>
  (await VideoEncoder.isConfigSupported(config).catch(() => null))?.supported === true;
const writesSound = async (config: AudioEncoderConfig) =>
  (await AudioEncoder.isConfigSupported(config).catch(() => null))?.supported === true;
