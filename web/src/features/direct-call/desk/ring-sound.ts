import { createStore, type ReadableStore } from '#web/state/store.ts';

/** `blocked`: the browser lets this page make no sound before somebody clicks or types in it. */
export type SoundState = 'silent' | 'sounding' | 'blocked';

/** One ring: two short tones, then a pause; in seconds. */
const TONES = [
  { at: 0, hertz: 660 },
  { at: 0.28, hertz: 880 },
] as const;
const TONE_S = 0.22;
const EVERY_MS = 2_000;
const LOUDNESS = 0.25;

/** As much of the Web Locks API as is needed here. */
interface RingLocks {
  request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<unknown>;
}

/** Rings until the signal ends, in one of the browser's pages at a time; ends within the moment. */
export function ringAloud(
  signal: AbortSignal,
  locks: RingLocks | null = navigator.locks ?? null,
): ReadableStore<SoundState> {
  const state = createStore<SoundState>('silent');
  if (signal.aborted || typeof AudioContext === 'undefined') return state;
  const context = new AudioContext();
  const volume = context.createGain();
  volume.connect(context.destination);
  signal.addEventListener(
    'abort',
    () => {
      volume.disconnect();
      state.set('silent');
      void context.close();
    },
    { once: true },
  );

  const begin = () => {
    const ring = () => {
      for (const { at, hertz } of TONES) sound(context, volume, hertz, context.currentTime + at);
    };
    state.set('sounding');
    ring();
    const timer = setInterval(ring, EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  };
  // Pages that ring out of step are noise: the first that may make a sound does, the next when that one is closed.
  const beginAlone = () => {
    if (locks === null) return begin();
    const held = locks.request('sightglass.ring', { signal }, async () => {
      begin();
      await new Promise<void>((free) => signal.addEventListener('abort', () => free(), { once: true }));
    });
    // Silence came before this page's turn.
    held.catch(() => undefined);
  };
  const tried = () => {
    if (signal.aborted || state.get() === 'sounding') return;
    if (context.state === 'running') return beginOnce();
    state.set('blocked');
  };
  let hasBegun = false;
  const beginOnce = () => {
    if (hasBegun) return;
    hasBegun = true;
    state.set('silent');
    beginAlone();
  };
  context.addEventListener('statechange', tried, { signal });
  const wake = () => void context.resume().then(tried, () => undefined);
  for (const name of ['pointerdown', 'keydown'] as const)
    window.addEventListener(name, wake, { signal, capture: true });
  wake();
  // A browser that blocks sound leaves the promise open.
  const patience = setTimeout(tried, 400);
  signal.addEventListener('abort', () => clearTimeout(patience), { once: true });
  return state;
}

function sound(context: AudioContext, into: AudioNode, hertz: number, at: number): void {
  const tone = context.createOscillator();
  const shape = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = hertz;
  shape.gain.setValueAtTime(0, at);
  shape.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  shape.gain.setValueAtTime(LOUDNESS, at + TONE_S - 0.05);
  shape.gain.linearRampToValueAtTime(0, at + TONE_S);
  tone.connect(shape).connect(into);
  tone.start(at);
  tone.stop(at + TONE_S);
}
