/**
 * Microphone, camera and speaker of this browser: opened, switched, followed when they are plugged and unplugged.
 * Nothing done to one medium ever touches the other. Tracks are for the transport, `media` is what the others are told.
 */
import type { Facing, MediaState, Medium } from '#contract/call/index.ts';
import { createStore, type ReadableStore } from '../../state/store.ts';
import { type ChoiceMemory, createChoiceMemory } from './choice.ts';
import { browserSource, type MediaSource, type Pick } from './source.ts';
import {
  choicesOf,
  type DeviceNotice,
  type DevicesState,
  facingOf,
  mediaStateOf,
  NO_DEVICES,
  type SourceState,
} from './state.ts';
import { type Reason, reasonOf } from './trouble.ts';

export type Tracks = Readonly<Record<Medium, MediaStreamTrack | null>>;

export interface Devices {
  readonly state: ReadableStore<DevicesState>;
  readonly tracks: ReadableStore<Tracks>;
  readonly media: ReadableStore<MediaState>;
  /** Opens what is wanted, with one question to the person if there must be one. Never rejects: see `state`. */
  start(wish: { readonly microphone: boolean; readonly camera: boolean }): Promise<void>;
  /** Off keeps the microphone open but silent; on opens it when it is not. */
  setMicrophone(on: boolean): Promise<void>;
  /** Off closes the camera, its light goes out. */
  setCamera(on: boolean): Promise<void>;
  chooseMicrophone(id: string): Promise<void>;
  chooseCamera(id: string): Promise<void>;
  /** From front to rear or back. */
  flipCamera(): Promise<void>;
  /** Remembered; whoever plays sound applies it with `playThrough`. */
  chooseSpeaker(id: string): void;
  dismissNotice(): void;
}

interface Kind {
  readonly medium: Medium;
  readonly name: 'microphone' | 'camera';
  readonly lists: 'microphones' | 'cameras';
}

const MICROPHONE: Kind = { medium: 'audio', name: 'microphone', lists: 'microphones' };
const CAMERA: Kind = { medium: 'video', name: 'camera', lists: 'cameras' };
const kindOf = (medium: Medium) => (medium === 'audio' ? MICROPHONE : CAMERA);

export interface DevicesParts {
  readonly source?: MediaSource;
  readonly memory?: ChoiceMemory;
}

/** The devices of this page. With the signal everything is closed, and what still opens is closed on arrival. */
export function createDevices(signal: AbortSignal, parts: DevicesParts = {}): Devices {
  const source = parts.source ?? browserSource();
  const memory = parts.memory ?? createChoiceMemory(() => localStorage);
  const state = createStore<DevicesState>({ ...NO_DEVICES, speakerId: memory.read().speakerId ?? '' });
  const tracks = createStore<Tracks>({ audio: null, video: null });
  const media = createStore(mediaStateOf(state.get()));
  /** Each wish about a medium takes the next number; a result with an older one is late and dropped. */
  const wishes: Record<Medium, number> = { audio: 0, video: 0 };

  const change = (part: Partial<DevicesState>): void => {
    const next = { ...state.get(), ...part };
    state.set(next);
    const said = mediaStateOf(next);
    if (JSON.stringify(said) !== JSON.stringify(media.get())) media.set(said);
  };
  const setSource = (kind: Kind, next: SourceState): void =>
    change(kind.name === 'microphone' ? { microphone: next } : { camera: next });
  const tell = (notice: DeviceNotice): void => change({ notice });

  const stop = (medium: Medium): void => {
    tracks.get()[medium]?.stop();
    tracks.set({ ...tracks.get(), [medium]: null });
  };

  /** Lists the devices anew. Names are there once one device of the kind may be used. */
  const relist = async (): Promise<void> => {
    const found = await source.list().catch(() => []);
    if (signal.aborted) return;
    const speakers = source.canChooseSpeaker ? choicesOf(found, 'audiooutput') : [];
    const cameras = choicesOf(found, 'videoinput');
    change({
      microphones: choicesOf(found, 'audioinput'),
      cameras,
      speakers,
      canFlip: source.phone && cameras.length > 1,
    });
    checkSpeaker(speakers.map((one) => one.id));
  };

  let speakerLabel = '';
  const checkSpeaker = (ids: readonly string[]): void => {
    const { speakerId, speakers } = state.get();
    if (speakerId === '' || ids.length === 0) return;
    const label = speakers.find((one) => one.id === speakerId)?.label;
    if (label !== undefined) {
      speakerLabel = label;
      return;
    }
    // Remembered from another day and not here: no news. In use until now: news.
    const wasHere = speakerLabel !== '';
    change({ speakerId: '' });
    if (wasHere) tell({ kind: 'lost', what: 'speaker', lost: speakerLabel });
    speakerLabel = '';
  };

  const adopt = (kind: Kind, track: MediaStreamTrack, silent = false): void => {
    const { medium } = kind;
    const before = tracks.get()[medium];
    track.enabled = !silent;
    tracks.set({ ...tracks.get(), [medium]: track });
    if (before && before !== track) before.stop();
    const known = { id: track.getSettings().deviceId ?? '', label: track.label };
    if (kind.name === 'camera') change({ camera: { at: 'on', ...known }, facing: facingOf(track) });
    else change({ microphone: { at: silent ? 'muted' : 'on', ...known } });
    track.addEventListener('ended', () => void replaceLost(kind, track), { signal, once: true });
  };

  const fail = (kind: Kind, reason: Reason): void => {
    stop(kind.medium);
    setSource(kind, { at: 'failed', reason });
  };

  /** Opens one device; null when a newer wish has overtaken this one. */
  const openOne = async (kind: Kind, pick: Pick, wish: number): Promise<MediaStreamTrack | null> => {
    const opened = await source.open({ [kind.medium]: pick });
    const [track] = opened;
    if (!signal.aborted && wishes[kind.medium] === wish && track) return track;
    for (const late of opened) late.stop();
    return null;
  };

  const firstPick = (kind: Kind): Pick => {
    const { microphoneId, cameraId, facing } = memory.read();
    if (kind.name === 'camera' && source.phone) return { by: 'facing', facing: facing ?? 'environment', exact: false };
    const id = kind.name === 'camera' ? cameraId : microphoneId;
    return id === null ? { by: 'any' } : { by: 'id', id, exact: false };
  };

  const begin = (kind: Kind): number | null => {
    if (source.trouble) {
      fail(kind, source.trouble);
      return null;
    }
    wishes[kind.medium] += 1;
    return wishes[kind.medium];
  };

  const open = async (kind: Kind, pick = firstPick(kind)): Promise<void> => {
    const wish = begin(kind);
    if (wish === null) return;
    setSource(kind, { at: 'opening' });
    try {
      const track = await openOne(kind, pick, wish);
      if (track) adopt(kind, track);
    } catch (error) {
      if (wishes[kind.medium] === wish && !signal.aborted) fail(kind, reasonOf(error));
    }
    await relist();
  };

  /** Opens both with one question; what can't be had leaves the other alone. */
  const openBoth = async (): Promise<void> => {
    const wish = { audio: begin(MICROPHONE), video: begin(CAMERA) };
    if (wish.audio === null || wish.video === null) return;
    setSource(MICROPHONE, { at: 'opening' });
    setSource(CAMERA, { at: 'opening' });
    try {
      const opened = await source.open({ audio: firstPick(MICROPHONE), video: firstPick(CAMERA) });
      for (const track of opened) {
        const kind = kindOf(track.kind === 'audio' ? 'audio' : 'video');
        if (signal.aborted || wishes[kind.medium] !== wish[kind.medium]) track.stop();
        else adopt(kind, track);
      }
      await relist();
    } catch (error) {
      const reason = reasonOf(error);
      const one = async (kind: Kind): Promise<void> => {
        if (signal.aborted || wishes[kind.medium] !== wish[kind.medium]) return;
        // Refused: asking again would only annoy, but the other medium may have been allowed long ago.
        if (reason === 'denied' && !(await source.granted(kind.medium))) fail(kind, reason);
        else await open(kind);
      };
      await Promise.all([one(MICROPHONE), one(CAMERA)]);
      await relist();
    }
  };

  /** The chosen device could not be had: what was there before stays, or comes back. */
  const swapFailed = async (kind: Kind, current: SourceState, closed: boolean, error: unknown): Promise<void> => {
    const reason = reasonOf(error);
    if (!('id' in current)) return fail(kind, reason);
    if (closed) await open(kind, { by: 'id', id: current.id, exact: false });
    tell({ kind: 'refused', what: kind.name, reason });
  };

  /**
   * Changes the device while the old one goes on, so that nobody sees a gap. Phones can't have two cameras open:
   * there the old one closes first. Says whether the new one is in use now.
   */
  const swap = async (kind: Kind, pick: Pick): Promise<boolean> => {
    const current = state.get()[kind.name];
    const wish = begin(kind);
    if (wish === null) return false;
    const closed = source.phone && kind.name === 'camera' && 'id' in current;
    if (closed) stop(kind.medium);
    if (!('id' in current)) setSource(kind, { at: 'opening' });
    try {
      const track = await openOne(kind, pick, wish);
      if (track) adopt(kind, track, current.at === 'muted');
      return track !== null;
    } catch (error) {
      if (wishes[kind.medium] === wish && !signal.aborted) await swapFailed(kind, current, closed, error);
      return false;
    }
  };

  async function replaceLost(kind: Kind, track: MediaStreamTrack): Promise<void> {
    if (signal.aborted || tracks.get()[kind.medium] !== track) return;
    const silent = state.get()[kind.name].at === 'muted';
    const lost = track.label;
    const lostId = track.getSettings().deviceId;
    const wish = begin(kind);
    stop(kind.medium);
    await relist();
    if (wish === null || signal.aborted || wishes[kind.medium] !== wish) return;
    const [other] = state.get()[kind.lists].filter((one) => one.id !== lostId);
    if (!other) {
      fail(kind, 'unplugged');
      return tell({ kind: 'lost', what: kind.name, lost });
    }
    try {
      const next = await openOne(kind, { by: 'id', id: other.id, exact: false }, wish);
      if (!next) return;
      adopt(kind, next, silent);
      tell({ kind: 'replaced', what: kind.name, lost, by: next.label });
    } catch (error) {
      if (wishes[kind.medium] !== wish || signal.aborted) return;
      fail(kind, reasonOf(error));
      tell({ kind: 'lost', what: kind.name, lost });
    }
  }

  source.onChange(signal, () => {
    void relist().then(() => {
      for (const kind of [MICROPHONE, CAMERA]) {
        const now = state.get()[kind.name];
        const track = tracks.get()[kind.medium];
        if (track?.readyState === 'ended') void replaceLost(kind, track);
        // Pulled out in use, and something is plugged in again: that is what it was plugged in for.
        else if (now.at === 'failed' && now.reason === 'unplugged' && state.get()[kind.lists].length > 0)
          void open(kind);
      }
    });
  });
  signal.addEventListener('abort', () => {
    stop('audio');
    stop('video');
  });

  const remember = (part: Partial<ReturnType<ChoiceMemory['read']>>): void =>
    memory.write({ ...memory.read(), ...part });

  return {
    state,
    tracks,
    media,
    async start({ microphone, camera }) {
      if (microphone && camera) return openBoth();
      if (microphone) return open(MICROPHONE);
      if (camera) return open(CAMERA);
      return relist();
    },
    async setMicrophone(on) {
      const track = tracks.get().audio;
      const now = state.get().microphone;
      if (!track || (now.at !== 'on' && now.at !== 'muted')) {
        if (on) return open(MICROPHONE);
        wishes.audio += 1;
        if (now.at !== 'failed') setSource(MICROPHONE, { at: 'off' });
        return;
      }
      track.enabled = on;
      setSource(MICROPHONE, { ...now, at: on ? 'on' : 'muted' });
    },
    async setCamera(on) {
      if (on) return tracks.get().video ? undefined : open(CAMERA);
      wishes.video += 1;
      stop('video');
      if (state.get().camera.at !== 'failed') setSource(CAMERA, { at: 'off' });
    },
    async chooseMicrophone(id) {
      // Choosing is not switching on.
      if (state.get().microphone.at === 'off') remember({ microphoneId: id });
      else if (await swap(MICROPHONE, { by: 'id', id, exact: true })) remember({ microphoneId: id });
    },
    async chooseCamera(id) {
      if (state.get().camera.at === 'off') remember({ cameraId: id });
      else if (await swap(CAMERA, { by: 'id', id, exact: true }))
        remember({ cameraId: id, facing: state.get().facing });
    },
    async flipCamera() {
      const { facing, camera, cameras } = state.get();
      const wanted: Facing = facing === 'environment' ? 'user' : 'environment';
      const inUse = camera.at === 'on' ? camera.id : null;
      // Cameras that do not say where they look are simply taken in turn.
      const at = cameras.findIndex((one) => one.id === inUse);
      const next = cameras[(at + 1) % Math.max(cameras.length, 1)];
      const pick: Pick =
        facing === null && next
          ? { by: 'id', id: next.id, exact: true }
          : { by: 'facing', facing: wanted, exact: true };
      if (await swap(CAMERA, pick)) remember({ cameraId: null, facing: state.get().facing });
    },
    chooseSpeaker(id) {
      change({ speakerId: id });
      speakerLabel = state.get().speakers.find((one) => one.id === id)?.label ?? '';
      remember({ speakerId: id === '' ? null : id });
    },
    dismissNotice: () => change({ notice: null }),
  };
}
