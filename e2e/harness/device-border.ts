/** What a test does to the devices of a page, at the border of the browser: the product asks and is told as by real ones. */
export interface DeviceBorder {
  /** From now on asking for one of the kinds fails like this; null: it works again. */
  fail(kind: 'audio' | 'video', error: 'NotAllowedError' | 'NotFoundError' | 'NotReadableError' | null): void;
  /** Pulls the plug of the camera or microphone in use; it is in no list until it is plugged in again. */
  unplug(kind: 'audio' | 'video'): void;
  plugIn(): void;
  /** The device in use, as the browser names it. */
  inUse(kind: 'audio' | 'video'): string | null;
}

declare global {
  interface Window {
    border: DeviceBorder;
  }
}

/** Runs in every page before its own scripts. The pages of phones have a front and a rear camera. */
export function controlDevices(): void {
  const devices = navigator.mediaDevices;
  const failures: Partial<Record<'audio' | 'video', string>> = {};
  const gone = new Set<string>();
  const current: Partial<Record<'audio' | 'video', MediaStreamTrack>> = {};
  const { getUserMedia, enumerateDevices } = devices;
  // The browser's second test camera is a depth camera, whose pictures nothing can send.
  const list = async () =>
    (await enumerateDevices.call(devices)).filter(
      ({ deviceId, label }) => !gone.has(deviceId) && label !== 'fake_device_1',
    );
  devices.enumerateDevices = list;

  const textOf = (value: ConstrainDOMString | undefined): { text: string | null; exact: boolean } => {
    if (typeof value === 'string') return { text: value, exact: false };
    if (value === undefined || Array.isArray(value)) return { text: null, exact: false };
    const { exact, ideal } = value;
    if (typeof exact === 'string') return { text: exact, exact: true };
    return { text: typeof ideal === 'string' ? ideal : null, exact: false };
  };
  /** The camera on the side of the phone that was asked for: the browser's test cameras don't have sides. */
  const sided = async (
    wish: boolean | MediaTrackConstraints,
  ): Promise<[boolean | MediaTrackConstraints, string | null]> => {
    if (typeof wish === 'boolean' || navigator.maxTouchPoints === 0) return [wish, null];
    const cameras = (await list()).filter(({ kind }) => kind === 'videoinput');
    const { facingMode, ...rest } = wish;
    const [front, rear] = cameras;
    const facing = textOf(facingMode).text ?? (textOf(wish.deviceId).text === front?.deviceId ? 'user' : 'environment');
    const camera = facing === 'user' ? front : (rear ?? front);
    if (camera === undefined || textOf(wish.deviceId).text !== null) return [wish, facing];
    return [{ ...rest, deviceId: { exact: camera.deviceId } }, facing];
  };
  /** The browser itself knows of no unplugged device: left to choose, it would choose that one again. */
  const plugged = async (kind: MediaDeviceKind, wish: boolean | MediaTrackConstraints) => {
    if (gone.size === 0 || wish === false) return wish;
    const rest = typeof wish === 'object' ? wish : {};
    if (textOf(rest.deviceId).exact) return wish;
    const left = (await list()).find((device) => device.kind === kind);
    return left === undefined ? wish : { ...rest, deviceId: { exact: left.deviceId } };
  };
  const refuse = (kind: 'audio' | 'video', wish: boolean | MediaTrackConstraints | undefined) => {
    const name = wish === undefined || wish === false ? undefined : failures[kind];
    if (name !== undefined) throw new DOMException('as the test wants it', name);
    const { text, exact } = textOf(typeof wish === 'object' ? wish.deviceId : undefined);
    if (exact && text !== null && gone.has(text))
      throw new DOMException('as the test wants it', 'OverconstrainedError');
  };
  const keep = (track: MediaStreamTrack, facing: string | null) => {
    current[track.kind === 'audio' ? 'audio' : 'video'] = track;
    if (track.kind !== 'video' || facing === null) return;
    const settings = track.getSettings.bind(track);
    track.getSettings = () => ({ ...settings(), facingMode: facing });
  };
  devices.getUserMedia = async (constraints = {}) => {
    refuse('audio', constraints.audio);
    refuse('video', constraints.video);
    const [sidedVideo, facing] = await sided(constraints.video ?? false);
    const video = await plugged('videoinput', sidedVideo);
    const audio = await plugged('audioinput', constraints.audio ?? false);
    const stream = await getUserMedia.call(devices, { ...constraints, video, audio });
    for (const track of stream.getTracks()) keep(track, facing);
    return stream;
  };
  const changed = () => devices.dispatchEvent(new Event('devicechange'));
  window.border = {
    fail: (kind, error) => {
      if (error === null) delete failures[kind];
      else failures[kind] = error;
    },
    unplug: (kind) => {
      const track = current[kind];
      const id = track?.getSettings().deviceId;
      if (track === undefined || id === undefined) throw new Error('nothing is in use');
      gone.add(id);
      // As the browser does it: the track is over without the page's doing, and says so.
      track.stop();
      track.dispatchEvent(new Event('ended'));
      changed();
    },
    plugIn: () => {
      gone.clear();
      changed();
    },
    inUse: (kind) => (current[kind]?.readyState === 'live' ? current[kind].label : null),
  };
}
