import {
  ALL_FORMATS,
  type EncodedPacket,
  EncodedPacketSink,
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';

/** A part's file as far as it can be read: a browser that was killed leaves it in the middle of a fragment. */
export interface ReadablePart {
  readonly video: InputVideoTrack;
  readonly audio: InputAudioTrack | null;
  /** Seconds on the part's own clock: its first picture, and the end of its last. */
  readonly from: number;
  readonly until: number;
  readonly videoPackets: number;
  readonly audioPackets: number;
  /** Packets of both tracks in the order of their time, pictures from the first key picture on. */
  packets(): AsyncGenerator<{ readonly of: 'video' | 'audio'; readonly packet: EncodedPacket }>;
  close(): void;
}

/** Opens a part; null when there is no picture in it, whatever it is. */
export async function readPart(path: string): Promise<ReadablePart | null> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const found = await tracksOf(input);
  const sound = found?.audio ?? null;
  const pictures = found === null ? null : await measure(found.video, -Infinity, Infinity);
  if (found === null || pictures === null || pictures.many === 0) {
    input.dispose();
    return null;
  }
  const { from, until } = pictures;
  const heard = sound === null ? null : await measure(sound, from, until);
  const audio = heard === null || heard.many === 0 ? null : sound;
  return {
    video: found.video,
    audio,
    from,
    until,
    videoPackets: pictures.many,
    audioPackets: heard?.many ?? 0,
    packets: () => inOrder(found.video, audio, from, until),
    close: () => input.dispose(),
  };
}

async function tracksOf(input: Input): Promise<{ video: InputVideoTrack; audio: InputAudioTrack | null } | null> {
  try {
    const video = await input.getPrimaryVideoTrack();
    if (video === null || (await video.getDecoderConfig()) === null) return null;
    const audio = await input.getPrimaryAudioTrack();
    return { video, audio: audio !== null && (await audio.getDecoderConfig()) !== null ? audio : null };
  } catch {
    // No format that there is, or one that breaks off in its head.
    return null;
  }
}

interface Measure {
  readonly many: number;
  readonly from: number;
  readonly until: number;
}

/** Counts what can be read of a track between two times. */
async function measure(track: InputVideoTrack | InputAudioTrack, after: number, before: number): Promise<Measure> {
  let many = 0;
  let from = Infinity;
  let until = -Infinity;
  let last: number | null = null;
  let gap = 0;
  for await (const { timestamp, duration } of readable(track, after, before)) {
    many += 1;
    if (last !== null) gap = timestamp - last;
    last = timestamp;
    from = Math.min(from, timestamp);
    // Browsers do not say how long the last picture is seen: as long as the one before.
    until = Math.max(until, timestamp + (duration > 0 ? duration : gap));
  }
  return { many, from, until };
}

/** The packets of a track up to where it breaks off; pictures from the first key picture on. */
async function* readable(
  track: InputVideoTrack | InputAudioTrack,
  after: number,
  before: number,
): AsyncGenerator<EncodedPacket> {
  const sink = new EncodedPacketSink(track);
  let hasBegun = track.isAudioTrack();
  // One by one: `packets()` reads ahead, and where the file breaks off it drops what it has read.
  let next = await sink.getFirstPacket().catch(() => null);
  while (next !== null) {
    const packet = next;
    // With their bytes, also where only times are wanted: one that is only half there counts as none.
    if (packet.data.length < packet.byteLength) return;
    hasBegun ||= packet.type === 'key';
    if (hasBegun && packet.timestamp >= after && packet.timestamp < before) yield packet;
    next = await sink.getNextPacket(packet).catch(() => null);
  }
}

async function* inOrder(
  video: InputVideoTrack,
  audio: InputAudioTrack | null,
  from: number,
  until: number,
): AsyncGenerator<{ readonly of: 'video' | 'audio'; readonly packet: EncodedPacket }> {
  const pictures = readable(video, from, Infinity);
  const sounds = audio === null ? null : readable(audio, from, until);
  let picture = await pictures.next();
  let sound = sounds === null ? null : await sounds.next();
  for (;;) {
    const soundIsNext =
      sound !== null &&
      sound.done !== true &&
      (picture.done === true || sound.value.timestamp < picture.value.timestamp);
    if (soundIsNext && sounds !== null && sound !== null && sound.done !== true) {
      yield { of: 'audio', packet: sound.value };
      sound = await sounds.next();
    } else if (picture.done !== true) {
      yield { of: 'video', packet: picture.value };
      picture = await pictures.next();
    } else return;
  }
}
