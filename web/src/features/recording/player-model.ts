import type { Outcome, Refusal } from '#contract/errors.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** Where a recording's file can be had now, and until when, ms of this computer's clock. */
export interface FileLink {
  readonly watch: string;
  readonly download: string;
  readonly until: number;
}

/** What the player shows; times in ms. */
export interface PlayerState {
  readonly at: 'idle' | 'loading' | 'ready' | 'failed';
  /** Why it failed; null where the file itself can't be played. */
  readonly refusal: Refusal | null;
  readonly playing: boolean;
  /** It wants to play and waits for the network. */
  readonly waiting: boolean;
  readonly ms: number;
  readonly lengthMs: number;
  readonly speed: number;
  readonly volume: number;
  readonly muted: boolean;
}

/** As much of a video element as the player needs. */
export type PlayedVideo = Pick<
  HTMLVideoElement,
  | 'src'
  | 'currentTime'
  | 'duration'
  | 'playbackRate'
  | 'volume'
  | 'muted'
  | 'paused'
  | 'play'
  | 'pause'
  | 'addEventListener'
>;

export interface PlayerModel {
  readonly state: ReadableStore<PlayerState>;
  /** Shows it in this element until `life` ends. */
  attach(life: AbortSignal, video: PlayedVideo): void;
  toggle(): void;
  seek(ms: number): void;
  skip(ms: number): void;
  setSpeed(speed: number): void;
  /** One step faster or slower. */
  stepSpeed(by: 1 | -1): void;
  setVolume(volume: number): void;
  toggleMuted(): void;
  /** Tries again after a failure. */
  retry(): void;
}

export const SPEEDS: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2];
/** A link this close to its end is not begun with, ms. */
const NEARLY_OVER_MS = 5_000;

interface PlayerParts {
  readonly lengthMs: number;
  readonly link: () => Promise<Outcome<FileLink>>;
  readonly now: () => number;
}

/** Plays one recording. Links to it are good for minutes only: a new one is asked for as soon as the old one no longer serves. */
export function createPlayerModel({ lengthMs, link, now }: PlayerParts): PlayerModel {
  const state = createStore<PlayerState>({
    at: 'idle',
    refusal: null,
    playing: false,
    waiting: false,
    ms: 0,
    lengthMs,
    speed: 1,
    volume: 1,
    muted: false,
  });
  const put = (change: Partial<PlayerState>) => state.set({ ...state.get(), ...change });
  let video: PlayedVideo | null = null;
  let until = 0;
  /** Where to go on once the file's beginning has been read. */
  let goOn: { readonly ms: number; readonly playing: boolean } | null = null;
  /** The link has been renewed and nothing has been played since: another failure is the file's own. */
  let renewed = false;

  const open = async (at: { readonly ms: number; readonly playing: boolean }) => {
    const here = video;
    if (here === null) return;
    goOn = at;
    put({ at: 'loading', refusal: null });
    const answer = await link();
    if (video !== here) return;
    if (!answer.ok) return put({ at: 'failed', refusal: answer, playing: false, waiting: false });
    until = answer.value.until;
    here.src = answer.value.watch;
  };
  const play = (here: PlayedVideo) => {
    // The browser refuses to play what nobody has asked for by hand; then it stays a still.
    here.play().catch(() => put({ playing: false, waiting: false }));
  };
  const began = (here: PlayedVideo) => {
    const { ms, playing } = goOn ?? { ms: 0, playing: false };
    goOn = null;
    if (ms > 0) here.currentTime = ms / 1000;
    here.playbackRate = state.get().speed;
    const lasts = Number.isFinite(here.duration) ? here.duration * 1000 : lengthMs;
    put({ at: 'ready', lengthMs: lasts, ms });
    if (playing) play(here);
  };
  const broke = () => {
    const { ms, playing, waiting } = state.get();
    if (renewed) return put({ at: 'failed', refusal: null, playing: false, waiting: false });
    renewed = true;
    void open(goOn ?? { ms, playing: playing || waiting });
  };

  const seek = (ms: number) => {
    const to = Math.min(Math.max(0, ms), state.get().lengthMs);
    put({ ms: to });
    if (goOn !== null) goOn = { ...goOn, ms: to };
    else if (video !== null && state.get().at === 'ready') video.currentTime = to / 1000;
  };
  const setSpeed = (speed: number) => {
    put({ speed });
    if (video !== null) video.playbackRate = speed;
  };

  return {
    state,
    attach(life, element) {
      video = element;
      const hear = (name: string, deed: () => void) => element.addEventListener(name, deed, { signal: life });
      hear('loadedmetadata', () => began(element));
      hear('timeupdate', () => goOn === null && put({ ms: element.currentTime * 1000 }));
      hear('playing', () => {
        renewed = false;
        put({ playing: true, waiting: false });
      });
      hear('waiting', () => put({ waiting: true }));
      hear('pause', () => goOn === null && put({ playing: false, waiting: false }));
      hear('ended', () => put({ playing: false, waiting: false }));
      hear('seeked', () => put({ waiting: false }));
      hear('volumechange', () => put({ volume: element.volume, muted: element.muted }));
      hear('error', broke);
      life.addEventListener('abort', () => {
        if (video === element) video = null;
      });
      void open({ ms: state.get().ms, playing: false });
    },
    toggle() {
      if (video === null || state.get().at !== 'ready') return;
      if (!video.paused) return video.pause();
      const { ms, lengthMs: lasts } = state.get();
      const from = ms >= lasts - 50 ? 0 : ms;
      if (until - now() < NEARLY_OVER_MS) return void open({ ms: from, playing: true });
      if (from !== ms) seek(from);
      play(video);
    },
    seek,
    skip: (by) => seek(state.get().ms + by),
    setSpeed,
    stepSpeed(by) {
      const next = SPEEDS[SPEEDS.indexOf(state.get().speed) + by];
      if (next !== undefined) setSpeed(next);
    },
    setVolume(volume) {
      if (video === null) return;
      video.volume = Math.min(1, Math.max(0, volume));
      video.muted = false;
    },
    toggleMuted() {
      if (video !== null) video.muted = !video.muted;
    },
    retry() {
      renewed = false;
      void open({ ms: state.get().ms, playing: false });
    },
  };
}
