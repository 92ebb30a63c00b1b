import * as z from 'zod/mini';
import type { MediaState } from '#contract/call/index.ts';
import { type Devices, type DevicesState, NO_DEVICES, type Tracks } from '#web/call/index.ts';
import { createStore, type Readable, watch } from '#web/state/store.ts';

/** Whether microphone and camera are wanted, as the person last said in this tab. */
const Wish = z.object({ microphone: z.boolean(), camera: z.boolean() });
export type Wish = z.infer<typeof Wish>;

type Deeds = Pick<Devices, 'chooseMicrophone' | 'chooseCamera' | 'chooseSpeaker' | 'flipCamera' | 'dismissNotice'>;

/** One's own devices over several stays: opened before joining, closed on leaving, so that the camera's light is out. */
export interface OwnDevices extends Deeds {
  readonly state: Readable<DevicesState>;
  readonly tracks: Readable<Tracks>;
  readonly media: Readable<MediaState>;
  /** Whether each is wanted, also while it is still opening or could not be had. */
  readonly wish: Readable<Wish>;
  setMicrophone(on: boolean): void;
  setCamera(on: boolean): void;
  /** Opens what is wanted; nothing happens when they are open already. */
  open(): void;
  close(): void;
}

interface Kept {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'sightglass.wish';
const CLOSED: MediaState = { microphone: 'none', camera: 'none', facing: null };

/** Makes the model; `make` opens the browser's devices for as long as its signal lives. */
export function createOwnDevices(life: AbortSignal, make: (life: AbortSignal) => Devices, kept: Kept): OwnDevices {
  const state = createStore<DevicesState>(NO_DEVICES);
  const tracks = createStore<Tracks>({ audio: null, video: null });
  const media = createStore<MediaState>(CLOSED);
  const wish = createStore<Wish>(readWish(kept));
  let open: { readonly devices: Devices; readonly end: AbortController } | null = null;

  const want = (part: Partial<Wish>) => {
    wish.set({ ...wish.get(), ...part });
    kept.setItem(KEY, JSON.stringify(wish.get()));
  };

  return {
    state,
    tracks,
    media,
    wish,
    open() {
      if (open !== null || life.aborted) return;
      const end = new AbortController();
      const until = AbortSignal.any([life, end.signal]);
      const devices = make(until);
      open = { devices, end };
      watch(until, devices.state, state.set);
      watch(until, devices.tracks, tracks.set);
      watch(until, devices.media, media.set);
      void devices.start(wish.get());
    },
    close() {
      open?.end.abort();
      open = null;
      state.set(NO_DEVICES);
      tracks.set({ audio: null, video: null });
      media.set(CLOSED);
    },
    setMicrophone(on) {
      want({ microphone: on });
      void open?.devices.setMicrophone(on);
    },
    setCamera(on) {
      want({ camera: on });
      void open?.devices.setCamera(on);
    },
    chooseMicrophone: async (id) => open?.devices.chooseMicrophone(id),
    chooseCamera: async (id) => open?.devices.chooseCamera(id),
    chooseSpeaker: (id) => open?.devices.chooseSpeaker(id),
    flipCamera: async () => open?.devices.flipCamera(),
    dismissNotice: () => open?.devices.dismissNotice(),
  };
}

/** Whether it is wanted and not known to fail: what a switch shows. */
export function isOn(what: keyof Wish, wish: Wish, state: DevicesState): boolean {
  return wish[what] && state[what].at !== 'failed';
}

function readWish(kept: Kept): Wish {
  try {
    const read = Wish.safeParse(JSON.parse(kept.getItem(KEY) ?? ''));
    if (read.success) return read.data;
  } catch {
    // Never said in this tab.
  }
  return { microphone: true, camera: true };
}
