/** What the screen shows of microphone, camera and speaker, and the pure steps between. */
import type { Facing, MediaState } from '#contract/call/index.ts';
import type { Reason } from './trouble.ts';

export type SourceState =
  /** Not asked for, or switched off. */
  | { readonly at: 'off' }
  | { readonly at: 'opening' }
  | { readonly at: 'on'; readonly id: string; readonly label: string }
  /** A microphone that is open but silent, so that it is back in an instant. */
  | { readonly at: 'muted'; readonly id: string; readonly label: string }
  | { readonly at: 'failed'; readonly reason: Reason };

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

/** Something happened to a device that the person did not do. */
export type DeviceNotice =
  | { readonly kind: 'replaced'; readonly what: 'microphone' | 'camera'; readonly lost: string; readonly by: string }
  | { readonly kind: 'lost'; readonly what: 'microphone' | 'camera' | 'speaker'; readonly lost: string }
  /** The chosen device could not be opened; the one before stays. */
  | { readonly kind: 'refused'; readonly what: 'microphone' | 'camera'; readonly reason: Reason };

export interface DevicesState {
  readonly microphone: SourceState;
  readonly camera: SourceState;
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  /** Empty where the browser cannot choose. */
  readonly speakers: readonly DeviceChoice[];
  /** The speaker in use; an empty text is the system's own choice. */
  readonly speakerId: string;
  /** Where the camera in use looks, as far as it is known. */
  readonly facing: Facing | null;
  /** There is a front and a rear camera to change between. */
  readonly canFlip: boolean;
  readonly notice: DeviceNotice | null;
}

export const NO_DEVICES: DevicesState = {
  microphone: { at: 'off' },
  camera: { at: 'off' },
  microphones: [],
  cameras: [],
  speakers: [],
  speakerId: '',
  facing: null,
  canFlip: false,
  notice: null,
};

/** The devices of one kind, without those that the browser hides (no name, no id) until it may show them. */
export function choicesOf(devices: readonly MediaDeviceInfo[], kind: MediaDeviceKind): readonly DeviceChoice[] {
  return devices
    .filter((device) => device.kind === kind && device.deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

function switchOf(source: SourceState, choices: readonly DeviceChoice[]): MediaState['microphone'] {
  if (source.at === 'on') return 'on';
  if (source.at === 'failed') return 'none';
  return source.at === 'off' && choices.length === 0 ? 'none' : 'off';
}

/** What the others are told. */
export function mediaStateOf(state: DevicesState): MediaState {
  return {
    microphone: switchOf(state.microphone, state.microphones),
    camera: switchOf(state.camera, state.cameras),
    facing: state.camera.at === 'on' ? state.facing : null,
  };
}

/** Where a camera looks: as it says itself, else by its name as phones' browsers write it. */
export function facingOf(track: MediaStreamTrack): Facing | null {
  const { facingMode } = track.getSettings();
  if (facingMode === 'user' || facingMode === 'environment') return facingMode;
  if (/\b(back|rear|environment)\b/i.test(track.label)) return 'environment';
  return /\b(front|user)\b/i.test(track.label) ? 'user' : null;
}
