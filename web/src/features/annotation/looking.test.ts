import { describe, expect, it, vi } from 'vitest';
import type { Drawing } from '#contract/annotation/drawing.ts';
import { PictureId } from '#contract/annotation/ids.ts';
import { createStore } from '#web/state/store.ts';
import { drawing, pictureId } from './fixtures.ts';
import type { Frame } from './frames.ts';
import { createLooking } from './looking.ts';
import type { Poses, Wanted } from './tracking.ts';

const other = PictureId.parse('00000000-0000-4000-8000-000000000099');

/** A camera whose frames come when the test says so, and a tracker that finds everything. */
function setUp() {
  const life = new AbortController();
  let frames = 0;
  let open = 0;
  let drawings: readonly Drawing[] = [];
  let still: { id: typeof pictureId; frame: Frame } | null = null;
  let hear: (() => void) | null = null;
  let on = true;
  let wanted: readonly Wanted[] = [];
  let restMs = 0;
  const looked: string[] = [];
  /** Resolves the looks that wait; null: they take no time. */
  let waiting: (() => void)[] | null = null;
  const newFrame = (name = `live ${++frames}`): Frame => {
    open++;
    return { name, close: () => open-- } as unknown as Frame;
  };
  // Looks that are repeated after a pause are not part of these tests.
  const paused = new Promise<void>(() => undefined);
  const nameOf = (frame: Frame) => ('name' in frame ? String(frame.name) : '');
  const looking = createLooking(life.signal, {
    camera: {
      on: () => on,
      frame: () => newFrame(),
      same: (frame) => newFrame(nameOf(frame)),
      each(until, listener) {
        hear = listener;
        until.addEventListener('abort', () => {
          if (hear === listener) hear = null;
        });
      },
    },
    pause: () => paused,
    tracking: {
      learn: () => undefined,
      encode: () => Promise.reject(new Error('not here')),
      encodeBest: () => Promise.reject(new Error('not here')),
      want(next) {
        wanted = next;
      },
      async look(frame): Promise<Poses> {
        looked.push(nameOf(frame));
        await new Promise<void>((done) => (waiting === null ? done() : waiting.push(done)));
        frame.close();
        return {
          frame: 0,
          tookMs: 1,
          found: wanted.map(({ id }) => ({ id, sight: 'tracking', places: null, pose: null })),
        };
      },
      onPoor: () => undefined,
      restMs: () => restMs,
      off: createStore(false),
    },
    pictures: {
      newId: () => other,
      add: () => undefined,
      kept: () => Promise.reject(),
      giveUp: () => undefined,
      isThere: () => undefined,
      file: async () => null,
    },
    drawings: () => drawings,
    growing: () => [],
    still: () => still,
    onLooked: () => undefined,
  });
  const settle = () => vi.waitFor(() => expect(true).toBe(true)).then(() => new Promise((done) => setTimeout(done, 5)));
  return {
    life,
    looking,
    looked,
    open: () => open,
    running: () => hear !== null,
    rest(ms: number) {
      restMs = ms;
    },
    /** From now on looks take until the returned function is called. */
    slow() {
      waiting = [];
      return () => {
        for (const done of waiting ?? []) done();
        waiting = null;
        return settle();
      };
    },
    frame: async () => {
      hear?.();
      await settle();
    },
    set(change: { drawings?: readonly Drawing[]; still?: PictureId | null; on?: boolean }) {
      drawings = change.drawings ?? drawings;
      if (change.still !== undefined)
        still = change.still === null ? null : { id: change.still, frame: newFrame('still') };
      on = change.on ?? on;
      looking.update();
      return settle();
    },
  };
}

describe('looking', () => {
  it('runs only while something is drawn and the camera is on', async () => {
    const { set, running, frame, looked, looking, open } = setUp();
    await set({});
    expect(running()).toBe(false);
    await set({ drawings: [drawing(1)] });
    // At once, so that a picture that has stalled shows it too; then with every frame.
    expect(looked).toEqual(['live 1']);
    await frame();
    expect([looked.at(-1), looking.opacityOf(drawing(1).id)]).toEqual(['live 2', 1]);
    await set({ on: false });
    expect([running(), looking.frame(), open()]).toEqual([false, null, 0]);
    await set({ on: true });
    expect(running()).toBe(true);
    await set({ drawings: [] });
    expect([running(), looking.opacityOf(drawing(1).id)]).toEqual([false, 0]);
  });

  it('stops for a still, looks for the drawings of other pictures in it, and goes on afterwards', async () => {
    const { set, running, frame, looked } = setUp();
    await set({ drawings: [drawing(1)] });
    await set({ still: other });
    expect([running(), looked.slice(1)]).toEqual([false, ['still', 'still', 'still', 'still']]);
    await set({ still: null });
    await frame();
    expect([running(), looked.at(-1)]).toEqual([true, 'live 3']);
    const before = looked.length;
    await set({ still: pictureId });
    expect(looked).toHaveLength(before);
    await set({ still: null });
    expect(running()).toBe(true);
  });

  it('passes over frames while the device rests, and takes the newest after a look that took long', async () => {
    const { set, frame, looked, rest, slow } = setUp();
    await set({ drawings: [drawing(1)] });
    const finish = slow();
    for (let i = 0; i < 4; i++) await frame();
    expect(looked).toHaveLength(2);
    await finish();
    // One more for the three that came meanwhile, not one for each.
    expect(looked).toHaveLength(3);
    rest(10_000);
    await frame();
    expect(looked).toHaveLength(3);
    rest(0);
    await frame();
    expect(looked).toHaveLength(4);
  });

  it('keeps one frame open at most, and none at its end', async () => {
    const { life, set, frame, open } = setUp();
    await set({ drawings: [drawing(1)] });
    for (let i = 0; i < 5; i++) await frame();
    expect(open()).toBe(1);
    life.abort();
    expect(open()).toBe(0);
  });
});
