import {
  type AudioCodec,
  EncodedAudioPacketSource,
  EncodedVideoPacketSource,
  FilePathTarget,
  Mp4OutputFormat,
  Output,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';
import { areSameBytes, joinBytes, parameterSetsOf } from './parameter-sets.ts';
import { type ReadablePart, readPart } from './read-part.ts';

/** Files of a recording's parts, first to last, and where their one file is to be. */
export interface FileWish {
  readonly parts: readonly string[];
  readonly to: string;
  readonly type: 'video/mp4' | 'video/webm';
}

/** What has become of it. */
export interface MadeFile {
  readonly durationMs: number;
  /** Of each part in the file; 0 for one of which nothing could be used. */
  readonly lengthsMs: readonly number[];
  readonly hasSound: boolean;
}

/**
 * Makes one file of what the parts hold, each as far as it can be read, one after the other: packets are copied, nothing is
 * encoded anew. An MP4 has its index at the front. Null when no part has a picture. Memory holds a packet of each track and the
 * index, not the file.
 */
export async function makeFile({ parts: paths, to, type }: FileWish): Promise<MadeFile | null> {
  const parts: (ReadablePart | null)[] = [];
  try {
    for (const path of paths) parts.push(await readPart(path));
    const usable = parts.filter((part) => part !== null);
    const [first] = usable;
    if (first === undefined) return null;
    const videoCodec = await first.video.getCodec();
    const sounding = usable.find(({ audio }) => audio !== null);
    const audioCodec = (await sounding?.audio?.getCodec()) ?? null;
    if (videoCodec === null) return null;
    const joint = await open(to, type, usable, videoCodec, audioCodec);
    const lengthsMs: number[] = [];
    let offset = 0;
    for (const part of parts) {
      const fits = part !== null && (await part.video.getCodec()) === videoCodec;
      const length = fits ? await joint.add(part, offset) : 0;
      offset += length;
      lengthsMs.push(Math.round(length * 1000));
    }
    await joint.finalize();
    return { durationMs: Math.round(offset * 1000), lengthsMs, hasSound: audioCodec !== null };
  } finally {
    for (const part of parts) part?.close();
  }
}

interface Joint {
  /** Adds a part behind what is there; how many seconds it has brought. */
  add(part: ReadablePart, offset: number): Promise<number>;
  finalize(): Promise<void>;
}

async function open(
  to: string,
  type: FileWish['type'],
  parts: readonly ReadablePart[],
  videoCodec: VideoCodec,
  audioCodec: AudioCodec | null,
): Promise<Joint> {
  const format = type === 'video/mp4' ? new Mp4OutputFormat({ fastStart: 'reserve' }) : new WebMOutputFormat();
  const output = new Output({ format, target: new FilePathTarget(to) });
  const pictures = new EncodedVideoPacketSource(videoCodec);
  const sounds = audioCodec === null ? null : new EncodedAudioPacketSource(audioCodec);
  const sum = (count: (part: ReadablePart) => number) => parts.reduce((all, part) => all + count(part), 0);
  output.addVideoTrack(pictures, { maximumPacketCount: sum(({ videoPackets }) => videoPackets) });
  if (sounds !== null) output.addAudioTrack(sounds, { maximumPacketCount: sum(({ audioPackets }) => audioPackets) });
  await output.start();
  const copyingOf = copyings(videoCodec, audioCodec);

  return {
    add: async (part, offset) => {
      const copying = await copyingOf(part);
      if (copying === null) return 0;
      for await (const { of, packet } of part.packets()) {
        const timestamp = packet.timestamp - part.from + offset;
        const data = of === 'video' && packet.type === 'key' ? joinBytes(copying.sets, packet.data) : packet.data;
        // Only the last picture of a part has none of its own.
        const duration = of === 'video' && packet.duration === 0 ? part.until - packet.timestamp : packet.duration;
        const moved = packet.clone({ timestamp, duration, data });
        if (of === 'video') await pictures.add(moved, { decoderConfig: copying.video });
        else if (copying.audio !== null) await sounds?.add(moved, { decoderConfig: copying.audio });
      }
      return part.until - part.from;
    },
    finalize: () => output.finalize(),
  };
}

const NONE = new Uint8Array();

/** How packets of a part come into the file. */
interface Copying {
  readonly video: VideoDecoderConfig;
  /** What stands before each of its key pictures. */
  readonly sets: Uint8Array;
  /** Null for a part whose sound is of another kind than the file's, or missing. */
  readonly audio: AudioDecoderConfig | null;
}

/** The file has the configuration of the first part; null for a part that cannot be read by it. */
function copyings(videoCodec: VideoCodec, audioCodec: AudioCodec | null) {
  let configuration: Uint8Array | null = null;
  return async ({ video: track, audio: sound }: ReadablePart): Promise<Copying | null> => {
    const video = await track.getDecoderConfig();
    if (video === null) return null;
    const own = videoCodec === 'avc' ? bytesOf(video.description) : null;
    configuration ??= own;
    const sets = own === null || configuration === null ? NONE : setsBesides(own, configuration);
    if (sets === null) return null;
    const isSameSound = sound !== null && (await sound.getCodec()) === audioCodec;
    return { video, sets, audio: isSameSound ? await sound.getDecoderConfig() : null };
  };
}

/** What has to stand before each key picture so that the decoder of another configuration can read it; null: nothing helps. */
const setsBesides = (own: Uint8Array, configuration: Uint8Array): Uint8Array | null =>
  areSameBytes(own, configuration) ? NONE : parameterSetsOf(own);

function bytesOf(description: AllowSharedBufferSource | undefined): Uint8Array | null {
  if (description === undefined) return null;
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
}
