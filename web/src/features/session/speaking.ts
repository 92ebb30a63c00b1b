import { watchLevel } from '#web/call/index.ts';

/** Louder than this is somebody speaking, quieter is a room (0…1, as `watchLevel` tells it). */
const LOUD = 0.5;
/** Between two words nobody stops speaking. */
const HOLD_MS = 700;

/** Calls back when somebody begins and stops to speak, until `life` ends. */
export function watchSpeaking(
  life: AbortSignal,
  track: MediaStreamTrack,
  hear: (speaking: boolean) => void,
  watch: typeof watchLevel = watchLevel,
): void {
  let speaking = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    speaking = false;
    hear(false);
  };
  watch(life, track, (level) => {
    if (level < LOUD) return;
    clearTimeout(pause);
    pause = setTimeout(stop, HOLD_MS);
    if (speaking) return;
    speaking = true;
    hear(true);
  });
  life.addEventListener(
    'abort',
    () => {
      clearTimeout(pause);
      if (speaking) stop();
    },
    { once: true },
  );
}
