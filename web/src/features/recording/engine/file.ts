import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  WebMOutputFormat,
} from 'mediabunny';
import type { Formats } from './formats.ts';

/** A file that is written from its beginning to its end and can be cut off anywhere. */
export interface RecordedFile {
  /** Takes a picture, which is closed. Its time stamp, in microseconds of the file, is later than the one before. */
  picture(frame: VideoFrame): void;
  /** Takes sound, which is closed; it follows on the sound before without a gap. */
  sound(data: AudioData): void;
  /** Whether pictures come faster than they can be written: better leave one out. */
  isBehind(): boolean;
  /** The next picture has to stand by itself: something was left out before it. */
  beginAnew(): void;
  /** Writes what there is to the last byte. */
  finish(): Promise<void>;
  /** Lets go of the encoders. */
  close(): void;
}

interface FileParts {
  readonly formats: Formats;
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Nothing more can be written: an encoder gave up. */
  readonly onTrouble: (trouble: unknown) => void;
}

/** A cut-off file loses what came after its last key frame, so these come often, in microseconds. */
const KEY_EVERY_US = 600_000;
/** A piece is written at the first key frame after this, s. */
const PIECE_S = 0.4;
const MOST_WAITING = 4;

/** Opens a file of these formats. */
export async function openFile({ formats, write, onTrouble }: FileParts): Promise<RecordedFile> {
  const isMp4 = formats.type === 'video/mp4';
  const sink = new WritableStream<{ readonly data: Uint8Array<ArrayBuffer> }>({
    // The muxer goes on using its own memory.
    write: ({ data }) => write(data.slice()),
  });
  const output = new Output({
    format: isMp4
      ? new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: PIECE_S })
      : new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: PIECE_S }),
    target: new StreamTarget(sink),
  });
  const pictures = new EncodedVideoPacketSource(isMp4 ? 'avc' : 'vp9');
  const sounds = new EncodedAudioPacketSource(formats.sound.codec === 'opus' ? 'opus' : 'aac');
  output.addVideoTrack(pictures);
  output.addAudioTrack(sounds);
  await output.start();

  let over = false;
  const fail = (trouble: unknown) => {
    if (!over) onTrouble(trouble);
    over = true;
  };
  const pictureEncoder = new VideoEncoder({
    output: (chunk, meta) => void pictures.add(EncodedPacket.fromEncodedChunk(chunk), meta).catch(fail),
    error: fail,
  });
  const soundEncoder = new AudioEncoder({
    output: (chunk, meta) => void sounds.add(EncodedPacket.fromEncodedChunk(chunk), meta).catch(fail),
    error: fail,
  });
  pictureEncoder.configure(formats.picture);
  soundEncoder.configure(formats.sound);

  let keyAt = Number.NEGATIVE_INFINITY;
  return {
    picture(frame) {
      const keyFrame = frame.timestamp - keyAt >= KEY_EVERY_US;
      if (keyFrame) keyAt = frame.timestamp;
      if (!over) pictureEncoder.encode(frame, { keyFrame });
      frame.close();
    },
    sound(data) {
      if (!over) soundEncoder.encode(data);
      data.close();
    },
    isBehind: () => pictureEncoder.encodeQueueSize >= MOST_WAITING,
    beginAnew() {
      keyAt = Number.NEGATIVE_INFINITY;
    },
    async finish() {
      if (over) return;
      await Promise.all([pictureEncoder.flush(), soundEncoder.flush()]);
      await output.finalize();
      over = true;
    },
    close() {
      over = true;
      for (const encoder of [pictureEncoder, soundEncoder]) if (encoder.state !== 'closed') encoder.close();
    },
  };
}
