import type { ParticipantId } from '#contract/ids.ts';

/** Several voices as one track, which is silent while nobody speaks. */
export interface SoundMix {
  readonly track: MediaStreamAudioTrack;
  /** From now on these are heard, and nobody else. */
  hear(voices: ReadonlyMap<ParticipantId, MediaStreamTrack>): void;
}

/** Makes the mix at this many samples a second; it ends with `life`. */
export function createSoundMix(life: AbortSignal, sampleRate: number): SoundMix | null {
  const context = new AudioContext({ sampleRate, latencyHint: 'balanced' });
  const into = context.createMediaStreamDestination();
  into.channelCount = 1;
  const heard = new Map<ParticipantId, { readonly track: MediaStreamTrack; readonly node: AudioNode }>();
  const [track] = into.stream.getAudioTracks();
  const close = () => void context.close().catch(() => {});
  if (track === undefined) {
    close();
    return null;
  }
  // Recording begins with a tap; should the browser have forgotten it, the next one will do.
  const wake = () => void context.resume().catch(() => {});
  wake();
  addEventListener('pointerdown', wake, { signal: life });
  life.addEventListener('abort', close, { once: true });

  return {
    track,
    hear(voices) {
      for (const [key, { track: before, node }] of heard) {
        if (voices.get(key) === before) continue;
        node.disconnect();
        heard.delete(key);
      }
      for (const [key, voice] of voices) {
        if (heard.has(key) || voice.readyState === 'ended') continue;
        const node = context.createMediaStreamSource(new MediaStream([voice]));
        node.connect(into);
        heard.set(key, { track: voice, node });
      }
    },
  };
}
