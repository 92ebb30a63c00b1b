import { fitSound, silenceFor } from './timeline.ts';

/** The sound of a file, whole from beginning to end. */
export interface SoundTrack {
  /** Takes sound that has just come, at this time in the file; it is closed. */
  take(data: AudioData, atMs: number): void;
  /** No sound has come for a while: what is missing is silence. */
  keepUp(atMs: number): void;
}

const PIECE_MS = 100;

/** Makes the track; `write` takes pieces that follow on each other without a gap. */
export function createSoundTrack(rate: number, write: (data: AudioData) => void): SoundTrack {
  let written = 0;
  const writtenMs = () => (written / rate) * 1000;

  const put = (data: Float32Array<ArrayBuffer>) => {
    const timestamp = Math.round(writtenMs() * 1000);
    written += data.length;
    write(
      new AudioData({
        format: 'f32-planar',
        sampleRate: rate,
        numberOfFrames: data.length,
        numberOfChannels: 1,
        timestamp,
        data,
      }),
    );
  };
  const silence = (lastsMs: number) => {
    for (let left = lastsMs; left > 1; left -= PIECE_MS)
      put(new Float32Array(Math.round((Math.min(left, PIECE_MS) * rate) / 1000)));
  };

  return {
    take(data, atMs) {
      const fitting = fitSound(writtenMs(), atMs, (data.numberOfFrames / rate) * 1000);
      if (fitting.kind === 'take') {
        silence(fitting.silenceMs);
        const samples = new Float32Array(data.numberOfFrames);
        data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
        put(samples);
      }
      data.close();
    },
    keepUp: (atMs) => silence(silenceFor(writtenMs(), atMs)),
  };
}
