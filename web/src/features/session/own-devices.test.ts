import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Devices, DevicesState, Tracks } from '#web/call/index.ts';
import { NO_DEVICES } from '#web/call/index.ts';
import { createStore } from '#web/state/store.ts';
import { createOwnDevices, isOn } from './own-devices.ts';

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
});
afterEach(() => life.abort());

function fakeBrowser() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const opened: { wish: unknown; ended: () => boolean; state: ReturnType<typeof createStore<DevicesState>> }[] = [];
  const done: string[] = [];
  const make = (until: AbortSignal): Devices => {
    const state = createStore<DevicesState>(NO_DEVICES);
    const tracks = createStore<Tracks>({ audio: null, video: null });
    return {
      state,
      tracks,
      media: createStore({ microphone: 'on', camera: 'on', facing: null }),
      async start(wish) {
        opened.push({ wish, ended: () => until.aborted, state });
      },
      async setMicrophone(on) {
        done.push(`microphone ${on}`);
      },
      async setCamera(on) {
        done.push(`camera ${on}`);
      },
      async chooseMicrophone() {},
      async chooseCamera(id) {
        done.push(`choose ${id}`);
      },
      async flipCamera() {},
      chooseSpeaker() {},
      dismissNotice() {},
    };
  };
  return { storage, opened, done, make };
}

it('C1 opens both at first and closes them on leaving, so that the camera’s light is out', () => {
  const { storage, opened, make } = fakeBrowser();
  const own = createOwnDevices(life.signal, make, storage);
  own.open();
  own.open();
  expect(opened.map((one) => one.wish)).toEqual([{ microphone: true, camera: true }]);
  expect(own.media.get().camera).toBe('on');
  own.close();
  expect(opened[0]?.ended()).toBe(true);
  expect(own.media.get().camera).toBe('none');
});

it('C3 remembers over a reload, and for the next stay, what was switched off', () => {
  const { storage, opened, done, make } = fakeBrowser();
  const own = createOwnDevices(life.signal, make, storage);
  own.open();
  own.setCamera(false);
  own.close();
  own.open();
  const afterReload = createOwnDevices(life.signal, make, storage);
  afterReload.open();
  expect(opened.slice(1).map((one) => one.wish)).toEqual([
    { microphone: true, camera: false },
    { microphone: true, camera: false },
  ]);
  expect(done).toEqual(['camera false']);
});

it('passes choices on to the devices that are open, and does nothing while none are', async () => {
  const { storage, done, make } = fakeBrowser();
  const own = createOwnDevices(life.signal, make, storage);
  await own.chooseCamera('rear');
  own.open();
  await own.chooseCamera('rear');
  expect(done).toEqual(['choose rear']);
});

it('follows the state of what is open only', () => {
  const { storage, opened, make } = fakeBrowser();
  const own = createOwnDevices(life.signal, make, storage);
  own.open();
  opened[0]?.state.set({ ...NO_DEVICES, camera: { at: 'failed', reason: 'denied' } });
  expect(isOn('camera', own.wish.get(), own.state.get())).toBe(false);
  expect(isOn('microphone', own.wish.get(), own.state.get())).toBe(true);
  own.close();
  opened[0]?.state.set({ ...NO_DEVICES, canFlip: true });
  expect(own.state.get()).toEqual(NO_DEVICES);
});

it('takes nonsense in the storage for nothing said', () => {
  const { storage, opened, make } = fakeBrowser();
  storage.setItem('sightglass.wish', '{"camera":"maybe"}');
  createOwnDevices(life.signal, make, storage).open();
  expect(opened[0]?.wish).toEqual({ microphone: true, camera: true });
});
