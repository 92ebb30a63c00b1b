import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ringAloud } from './ring-sound.ts';

/** As much of the browser's sound as is used: whether it may play is up to the test. */
class FakeAudio extends EventTarget {
  static mayPlay = true;
  static made: FakeAudio[] = [];
  state = 'suspended';
  tones = 0;
  readonly currentTime = 0;
  readonly destination = {};
  constructor() {
    super();
    FakeAudio.made.push(this);
  }
  createGain() {
    const gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
    return { gain, connect: (next: unknown) => next, disconnect: () => undefined };
  }
  createOscillator() {
    this.tones += 1;
    return { type: '', frequency: {}, connect: (next: unknown) => next, start: () => undefined, stop: () => undefined };
  }
  async resume() {
    // A browser that blocks sound leaves it open.
    if (!FakeAudio.mayPlay) return new Promise<void>(() => undefined);
    this.state = 'running';
  }
  async close() {
    this.state = 'closed';
  }
}

let page: EventTarget;
let end: AbortController;
beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal('window', page);
  vi.stubGlobal('AudioContext', FakeAudio);
  FakeAudio.made = [];
  FakeAudio.mayPlay = true;
  end = new AbortController();
});
afterEach(() => {
  end.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const made = () => {
  const [audio] = FakeAudio.made;
  if (audio === undefined) throw new Error('no sound was opened');
  return audio;
};

test('A12 it rings again and again, and is quiet at once', async () => {
  const state = ringAloud(end.signal, null);
  await vi.advanceTimersByTimeAsync(10);
  expect(state.get()).toBe('sounding');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(made().tones).toBe(6);
  end.abort();
  expect([state.get(), made().state]).toEqual(['silent', 'closed']);
  await vi.advanceTimersByTimeAsync(4_000);
  expect(made().tones).toBe(6);
});

test('A12 a browser that blocks sound is told of, until somebody clicks', async () => {
  FakeAudio.mayPlay = false;
  const state = ringAloud(end.signal, null);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([state.get(), made().tones]).toEqual(['blocked', 0]);
  FakeAudio.mayPlay = true;
  page.dispatchEvent(new Event('pointerdown'));
  await vi.advanceTimersByTimeAsync(10);
  expect(state.get()).toBe('sounding');
});

test('A12 of several pages of one browser one rings; the next begins when it has ended', async () => {
  const waiting: (() => Promise<unknown>)[] = [];
  const locks = {
    request: async (_name: string, _options: object, hold: () => Promise<void>) => {
      waiting.push(hold);
    },
  };
  const state = ringAloud(end.signal, locks);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([state.get(), made().tones]).toEqual(['silent', 0]);
  void waiting[0]?.();
  expect(state.get()).toBe('sounding');
});
