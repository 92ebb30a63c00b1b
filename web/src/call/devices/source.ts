/** The browser's devices, as a port: the model above it is tested with devices that do not exist. */
import type { Facing, Medium } from '#contract/call/index.ts';

/** Which device: this one, one that looks this way, or whichever. */
export type Pick =
  | { readonly by: 'any' }
  | { readonly by: 'id'; readonly id: string; readonly exact: boolean }
  | { readonly by: 'facing'; readonly facing: Facing; readonly exact: boolean };

export interface MediaSource {
  readonly trouble: 'insecure' | 'no-support' | null;
  /** Touch and a small screen: the rear camera comes first, and two cameras at once are not to be had. */
  readonly phone: boolean;
  readonly canChooseSpeaker: boolean;
  open(picks: Readonly<Partial<Record<Medium, Pick>>>): Promise<readonly MediaStreamTrack[]>;
  list(): Promise<readonly MediaDeviceInfo[]>;
  /** Whether this medium may be opened without a question to the person; false also when the browser does not tell. */
  granted(medium: Medium): Promise<boolean>;
  onChange(signal: AbortSignal, listener: () => void): void;
}

/** 720p at 30 frames a second is what a session shows by default. */
const PICTURE: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const SOUND: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

function constraintsOf(pick: Pick): MediaTrackConstraints {
  if (pick.by === 'any') return {};
  const value = pick.by === 'id' ? pick.id : pick.facing;
  const wish = pick.exact ? { exact: value } : { ideal: value };
  return pick.by === 'id' ? { deviceId: wish } : { facingMode: wish };
}

function isPhone(): boolean {
  return matchMedia('(pointer: coarse)').matches && Math.min(screen.width, screen.height) < 600;
}

function troubleOf(devices: MediaDevices | undefined): MediaSource['trouble'] {
  if (devices && 'getUserMedia' in devices) return null;
  return isSecureContext ? 'no-support' : 'insecure';
}

/** The devices of this browser. */
export function browserSource(): MediaSource {
  // Missing on pages without https, whatever TypeScript's DOM says.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  return {
    trouble: troubleOf(devices),
    phone: isPhone(),
    canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
    async open({ audio, video }) {
      const stream = await devices.getUserMedia({
        audio: audio ? { ...SOUND, ...constraintsOf(audio) } : false,
        video: video ? { ...PICTURE, ...constraintsOf(video) } : false,
      });
      return stream.getTracks();
    },
    async list() {
      return (await devices?.enumerateDevices()) ?? [];
    },
    async granted(medium) {
      try {
        const name = medium === 'audio' ? 'microphone' : 'camera';
        return (await navigator.permissions.query({ name })).state === 'granted';
      } catch {
        return false;
      }
    },
    onChange: (signal, listener) => devices?.addEventListener('devicechange', listener, { signal }),
  };
}
