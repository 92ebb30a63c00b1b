import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facing, Medium } from '#contract/call/index.ts';
import { type ChoiceMemory, createChoiceMemory } from './choice.ts';
import { createDevices, type Devices } from './devices.ts';
import { levelOf } from './sound.ts';
import type { MediaSource, Pick } from './source.ts';

class FakeTrack extends EventTarget {
  readonly kind: Medium;
  readonly id: string;
  readonly label: string;
  private readonly facing: Facing | null;
  enabled = true;
  readyState: MediaStreamTrackState = 'live';
  constructor(device: Plugged) {
    super();
    this.kind = device.kind === 'audioinput' ? 'audio' : 'video';
    this.id = device.id;
    this.label = device.label;
    this.facing = device.facing ?? null;
  }
  getSettings(): MediaTrackSettings {
    return { deviceId: this.id, ...(this.facing && { facingMode: this.facing }) };
  }
  stop(): void {
    this.readyState = 'ended';
  }
  /** As the browser does when the device goes. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

interface Plugged {
  readonly kind: MediaDeviceKind;
  readonly id: string;
  readonly label: string;
  readonly facing?: Facing;
}

const desk: Plugged[] = [
  { kind: 'audioinput', id: 'm1', label: 'Desk microphone' },
  { kind: 'audioinput', id: 'm2', label: 'Headset' },
  { kind: 'videoinput', id: 'c1', label: 'Webcam' },
  { kind: 'videoinput', id: 'c2', label: 'Document camera' },
  { kind: 'audiooutput', id: 's1', label: 'Speakers' },
  { kind: 'audiooutput', id: 's2', label: 'Headset' },
];
const pocket: Plugged[] = [
  { kind: 'audioinput', id: 'm1', label: 'Phone' },
  { kind: 'videoinput', id: 'front', label: 'camera 1, facing front', facing: 'user' },
  { kind: 'videoinput', id: 'rear', label: 'camera 0, facing back', facing: 'environment' },
];

/** A machine with devices that are pulled, plugged, refused and slow at our wish. */
class FakeMachine implements MediaSource {
  trouble: MediaSource['trouble'] = null;
  readonly canChooseSpeaker = true;
  readonly phone: boolean;
  plugged: Plugged[];
  readonly live: FakeTrack[] = [];
  readonly asked: Partial<Record<Medium, Pick>>[] = [];
  readonly errors = new Map<string, string>();
  readonly allowed = new Set<Medium>();
  private changed: () => void = () => {};
  /** While set, opening waits for it. */
  gate: Promise<void> | null = null;

  constructor(plugged: readonly Plugged[], phone = false) {
    this.plugged = [...plugged];
    this.phone = phone;
  }
  async open(picks: Partial<Record<Medium, Pick>>): Promise<MediaStreamTrack[]> {
    this.asked.push(picks);
    const gate = this.gate;
    const chosen: Plugged[] = [];
    for (const medium of ['audio', 'video'] as const) {
      const pick = picks[medium];
      if (pick) chosen.push(this.find(medium, pick));
    }
    await gate;
    const opened = chosen.map((device) => new FakeTrack(device));
    this.live.push(...opened);
    return opened as unknown as MediaStreamTrack[];
  }
  private find(medium: Medium, pick: Pick): Plugged {
    const refused = this.errors.get(medium);
    if (refused) throw Object.assign(new Error(refused), { name: refused });
    const kind = medium === 'audio' ? 'audioinput' : 'videoinput';
    const all = this.plugged.filter((device) => device.kind === kind);
    const fits = all.find((device) =>
      pick.by === 'id' ? device.id === pick.id : pick.by === 'facing' && device.facing === pick.facing,
    );
    const found = fits ?? (pick.by === 'any' || !pick.exact ? all[0] : undefined);
    if (!found)
      throw Object.assign(new Error('none'), { name: all.length === 0 ? 'NotFoundError' : 'OverconstrainedError' });
    const busy = this.errors.get(found.id);
    if (busy) throw Object.assign(new Error(busy), { name: busy });
    return found;
  }
  async list(): Promise<MediaDeviceInfo[]> {
    return this.plugged.map(({ kind, id, label }) => ({ kind, deviceId: id, label, groupId: '', toJSON() {} }));
  }
  async granted(medium: Medium): Promise<boolean> {
    return this.allowed.has(medium);
  }
  onChange(_signal: AbortSignal, listener: () => void): void {
    this.changed = listener;
  }
  async pull(id: string): Promise<void> {
    this.plugged = this.plugged.filter((device) => device.id !== id);
    for (const track of this.live) if (track.id === id && track.readyState === 'live') track.end();
    await this.settle();
  }
  async plug(device: Plugged): Promise<void> {
    this.plugged.push(device);
    await this.settle();
  }
  private async settle(): Promise<void> {
    this.changed();
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
  get lights(): string[] {
    return this.live.filter((track) => track.readyState === 'live').map((track) => track.id);
  }
}

function memoryOf(stored: Record<string, string> = {}): ChoiceMemory {
  const storage = {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => {
      stored[key] = value;
    },
  };
  return createChoiceMemory(() => storage as Storage);
}

describe('devices', () => {
  let ended = new AbortController();
  beforeEach(() => {
    ended = new AbortController();
  });
  afterEach(() => ended.abort());
  const on = (machine: FakeMachine, memory = memoryOf()): Devices =>
    createDevices(ended.signal, { source: machine, memory });

  it('opens both with one question and lists what there is', async () => {
    const machine = new FakeMachine(desk);
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    expect(machine.asked).toHaveLength(1);
    expect(devices.state.get().camera).toEqual({ at: 'on', id: 'c1', label: 'Webcam' });
    expect(devices.state.get().microphones.map((one) => one.id)).toEqual(['m1', 'm2']);
    expect(devices.state.get().canFlip).toBe(false);
    expect(devices.media.get()).toEqual({ microphone: 'on', camera: 'on', facing: null });
  });

  it('joins with the microphone alone when there is no camera', async () => {
    const machine = new FakeMachine(desk.filter((device) => device.kind !== 'videoinput'));
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    expect(devices.state.get().microphone.at).toBe('on');
    expect(devices.state.get().camera).toEqual({ at: 'failed', reason: 'missing' });
    expect(devices.media.get()).toMatchObject({ microphone: 'on', camera: 'none' });
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'in-use'],
    ['NotFoundError', 'missing'],
    ['SomethingElse', 'unknown'],
  ])('says why the camera is not there: %s means %s', async (name, reason) => {
    const machine = new FakeMachine(desk);
    machine.errors.set('video', name);
    machine.allowed.add('audio');
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    expect(devices.state.get().camera).toEqual({ at: 'failed', reason });
    expect(devices.state.get().microphone.at).toBe('on');
  });

  it('does not ask again after a refusal', async () => {
    const machine = new FakeMachine(desk);
    machine.errors.set('audio', 'NotAllowedError');
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    expect(machine.asked).toHaveLength(1);
    expect(devices.state.get().microphone).toEqual({ at: 'failed', reason: 'denied' });
    expect(devices.state.get().camera).toEqual({ at: 'failed', reason: 'denied' });
  });

  it('says that the page must come over https', async () => {
    const machine = new FakeMachine(desk);
    machine.trouble = 'insecure';
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    expect(devices.state.get().camera).toEqual({ at: 'failed', reason: 'insecure' });
    expect(machine.asked).toHaveLength(0);
  });

  it('mutes without closing the microphone, and closes the camera so that its light goes out', async () => {
    const machine = new FakeMachine(desk);
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    const sound = devices.tracks.get().audio;
    await devices.setMicrophone(false);
    expect(devices.tracks.get().audio).toBe(sound);
    expect(sound?.enabled).toBe(false);
    expect(devices.media.get()).toMatchObject({ microphone: 'off', camera: 'on' });
    await devices.setCamera(false);
    expect(machine.lights).toEqual(['m1']);
    await devices.setCamera(true);
    await devices.setMicrophone(true);
    expect(sound?.enabled).toBe(true);
    expect(devices.media.get()).toMatchObject({ microphone: 'on', camera: 'on' });
  });

  it('switches one medium without touching the other, and remembers it', async () => {
    const machine = new FakeMachine(desk);
    const stored: Record<string, string> = {};
    const devices = on(machine, memoryOf(stored));
    await devices.start({ microphone: true, camera: true });
    const sound = devices.tracks.get().audio;
    await devices.chooseCamera('c2');
    expect(devices.tracks.get().audio).toBe(sound);
    expect(machine.lights).toEqual(['m1', 'c2']);
    await devices.setMicrophone(false);
    await devices.chooseMicrophone('m2');
    expect(devices.state.get().microphone.at).toBe('muted');
    expect(devices.tracks.get().audio?.enabled).toBe(false);

    const again = on(new FakeMachine(desk), memoryOf(stored));
    await again.start({ microphone: true, camera: true });
    expect(again.state.get().camera).toMatchObject({ id: 'c2' });
    expect(again.state.get().microphone).toMatchObject({ at: 'on', id: 'm2' });
  });

  it('keeps the camera that works when the chosen one is in use elsewhere', async () => {
    const machine = new FakeMachine(desk);
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    machine.errors.set('c2', 'NotReadableError');
    await devices.chooseCamera('c2');
    expect(machine.lights).toEqual(['m1', 'c1']);
    expect(devices.state.get().camera).toMatchObject({ at: 'on', id: 'c1' });
    expect(devices.state.get().notice).toEqual({ kind: 'refused', what: 'camera', reason: 'in-use' });
  });

  it('drops what opens too late', async () => {
    const machine = new FakeMachine(desk);
    const devices = on(machine);
    let release = (): void => {};
    machine.gate = new Promise((resolve) => {
      release = resolve;
    });
    const first = devices.setCamera(true);
    await devices.setCamera(false);
    release();
    await first;
    expect(machine.lights).toEqual([]);
    expect(devices.state.get().camera.at).toBe('off');
    const late = devices.start({ microphone: true, camera: true });
    ended.abort();
    await late;
    expect(machine.lights).toEqual([]);
  });

  it('falls back to another microphone when the one in use is pulled, and says so', async () => {
    const machine = new FakeMachine(desk);
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    const picture = devices.tracks.get().video;
    await machine.pull('m1');
    expect(devices.state.get().microphone).toEqual({ at: 'on', id: 'm2', label: 'Headset' });
    expect(devices.state.get().notice).toEqual({
      kind: 'replaced',
      what: 'microphone',
      lost: 'Desk microphone',
      by: 'Headset',
    });
    expect(devices.tracks.get().video).toBe(picture);
    devices.dismissNotice();
    expect(devices.state.get().notice).toBeNull();
  });

  it('says that the last camera is gone, and opens the one that is plugged in for it', async () => {
    const machine = new FakeMachine(desk.filter((device) => device.id !== 'c2'));
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    await machine.pull('c1');
    expect(devices.state.get().camera).toEqual({ at: 'failed', reason: 'unplugged' });
    expect(devices.state.get().notice).toEqual({ kind: 'lost', what: 'camera', lost: 'Webcam' });
    await machine.plug({ kind: 'videoinput', id: 'c3', label: 'Another' });
    expect(devices.state.get().camera).toEqual({ at: 'on', id: 'c3', label: 'Another' });
  });

  it('lists what is plugged in without taking it', async () => {
    const machine = new FakeMachine(desk);
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    await machine.plug({ kind: 'audioinput', id: 'm3', label: 'New' });
    expect(devices.state.get().microphones.map((one) => one.id)).toEqual(['m1', 'm2', 'm3']);
    expect(devices.state.get().microphone).toMatchObject({ id: 'm1' });
  });

  it('starts a phone with its rear camera and flips without touching the sound', async () => {
    const machine = new FakeMachine(pocket, true);
    const devices = on(machine);
    await devices.start({ microphone: true, camera: true });
    expect(devices.state.get()).toMatchObject({ canFlip: true, facing: 'environment', camera: { id: 'rear' } });
    const sound = devices.tracks.get().audio;
    await devices.flipCamera();
    expect(devices.state.get()).toMatchObject({ facing: 'user', camera: { id: 'front' } });
    expect(devices.tracks.get().audio).toBe(sound);
    expect(machine.lights).toEqual(['m1', 'front']);
    await devices.flipCamera();
    expect(devices.media.get().facing).toBe('environment');
  });

  it('takes the rear camera back when the front one cannot be had', async () => {
    const machine = new FakeMachine(pocket, true);
    const devices = on(machine);
    await devices.start({ microphone: false, camera: true });
    machine.errors.set('front', 'NotReadableError');
    await devices.flipCamera();
    expect(machine.lights).toEqual(['rear']);
    expect(devices.state.get()).toMatchObject({ facing: 'environment', notice: { kind: 'refused' } });
  });

  it('goes back to the system speaker when the chosen one is pulled', async () => {
    const machine = new FakeMachine(desk);
    const devices = on(machine);
    await devices.start({ microphone: true, camera: false });
    devices.chooseSpeaker('s2');
    expect(devices.state.get().speakerId).toBe('s2');
    await machine.pull('s2');
    expect(devices.state.get()).toMatchObject({
      speakerId: '',
      notice: { kind: 'lost', what: 'speaker', lost: 'Headset' },
    });
  });

  it('starts without anything, and with a storage full of nonsense', async () => {
    const devices = on(new FakeMachine([]), memoryOf({ 'sightglass.devices': '{"cameraId":7}' }));
    await devices.start({ microphone: false, camera: false });
    expect(devices.media.get()).toEqual({ microphone: 'none', camera: 'none', facing: null });
    const forbidden = createChoiceMemory(() => {
      throw new Error('SecurityError');
    });
    expect(forbidden.read().cameraId).toBeNull();
    forbidden.write({ ...forbidden.read(), cameraId: 'c1' });
    expect(forbidden.read().cameraId).toBe('c1');
  });
});

describe('level', () => {
  it('is 0 for silence, 1 for full scale, and even in decibels between', () => {
    expect(levelOf(new Float32Array(8))).toBe(0);
    expect(levelOf(new Float32Array(8).fill(1))).toBe(1);
    expect(levelOf(new Float32Array(8).fill(0.0316))).toBeCloseTo(0.5, 2);
    expect(levelOf(new Float32Array(0))).toBe(0);
  });
});
