import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Drawing, FramePoint } from '#contract/annotation/drawing.ts';
import { annotationLimits } from '#contract/annotation/limits.ts';
import { type ChannelMessage, formatChannelMessage, parseChannelMessage } from '#contract/call/index.ts';
import { framePoint } from '#core/geometry/points.ts';
import { createStore } from '#web/state/store.ts';
import { createBatches } from './batches.ts';
import { drawingId, jonId, pictureId } from './fixtures.ts';
import { createLiveStrokes } from './live-strokes.ts';
import { createPen } from './pen.ts';
import { createPointers, pointerOpacity } from './pointers.ts';
import type { Tools } from './tool-model.ts';

const surface = { kind: 'camera', participantId: jonId, pictureId } as const;
const line = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => framePoint((from + i) / 100, 0.5));
const points = (n: number, from: number, batch: FramePoint[]): ChannelMessage => ({
  kind: 'stroke-points',
  drawingId: drawingId(n),
  surface,
  colour: 'red',
  width: 'thin',
  from,
  points: batch,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('strokes of others on their way', () => {
  const setUp = () => {
    const life = new AbortController();
    const live = createLiveStrokes(life.signal, () => Date.now());
    const shown = () => live.strokes.get().map((one) => one.drawing.id);
    return { live, shown };
  };

  it('grow with each batch, and move as shapes', () => {
    const { live } = setUp();
    live.hear('jon', points(1, 0, line(0, 10)));
    live.hear('jon', points(1, 8, line(8, 20)));
    live.hear('jon', {
      kind: 'shape-moved',
      drawingId: drawingId(2),
      surface,
      colour: 'red',
      width: 'thin',
      tool: 'arrow',
      from: framePoint(0, 0),
      to: framePoint(1, 1),
    });
    expect(live.strokes.get().map((one) => one.drawing.shape)).toEqual([
      { tool: 'pen', points: line(0, 20) },
      { tool: 'arrow', from: [0, 0], to: [1, 1] },
    ]);
  });

  it('are bounded for each sender, and nobody moves another’s', () => {
    const { live, shown } = setUp();
    for (let n = 0; n < 500; n++) live.hear('jon', points(n, 0, line(0, 100)));
    expect(shown()).toEqual([0, 1, 2, 3, 4].map(drawingId));
    for (let n = 500; n < 3_000; n++) {
      vi.advanceTimersByTime(2);
      live.hear('jon', points(n, 0, line(0, 100)));
      live.hear('jon', points(n, 1_900, line(0, 200)));
      expect(shown().length).toBeLessThanOrEqual(6);
    }
    const [first] = live.strokes.get();
    if (first === undefined) throw new Error('nothing is shown');
    live.hear('anna', { ...points(0, 0, line(0, 3)), drawingId: first.drawing.id } as ChannelMessage);
    expect(shown()).toHaveLength(6);
    expect(live.strokes.get()[0]).toBe(first);
    // However much Jon sends, Anna's stroke is there.
    live.hear('anna', points(3_000, 0, line(0, 3)));
    expect(shown()).toHaveLength(7);
    live.keepOf([]);
    expect(shown()).toEqual([]);
  });

  it('are gone when they are facts, dropped, or do not go on; late points do not bring them back', () => {
    const { live, shown } = setUp();
    live.hear('jon', points(1, 0, line(0, 3)));
    live.settle((id) => id === drawingId(1));
    live.hear('jon', points(1, 3, line(3, 6)));
    expect(shown()).toEqual([]);
    live.hear('jon', points(2, 0, line(0, 3)));
    live.hear('anna', { kind: 'stroke-dropped', drawingId: drawingId(2) });
    expect(shown()).toEqual([drawingId(2)]);
    live.hear('jon', { kind: 'stroke-dropped', drawingId: drawingId(2) });
    expect(shown()).toEqual([]);
    live.hear('jon', points(3, 0, line(0, 3)));
    vi.advanceTimersByTime(20_000);
    expect(shown()).toEqual([]);
  });

  it('come through no schema when they are monstrous', () => {
    const wire = (change: object) => parseChannelMessage(JSON.stringify({ ...points(1, 0, line(0, 3)), ...change }));
    expect(wire({})).not.toBeNull();
    expect(wire({ points: [[Number.NaN, 0]] })).toBeNull();
    expect(wire({ points: [[1e9, 0]] })).toBeNull();
    expect(wire({ points: Array(201).fill([0.5, 0.5]) })).toBeNull();
    expect(wire({ from: 1e9 })).toBeNull();
    expect(wire({ colour: 'url(evil)' })).toBeNull();
    expect(parseChannelMessage(JSON.stringify({ ...points(1, 0, []), points: Array(1e6).fill([0, 0]) }))).toBeNull();
  });
});

describe('pointers of others', () => {
  it('are where they were last, fade, and go', () => {
    const life = new AbortController();
    const pointers = createPointers(life.signal, () => Date.now());
    const at = (x: number): ChannelMessage => ({ kind: 'pointer', participantId: jonId, at: framePoint(x, 0.5) });
    pointers.hear('anna', at(0.1));
    pointers.hear('anna', at(0.2));
    const [one] = pointers.pointers.get();
    expect(one?.at).toEqual(framePoint(0.2, 0.5));
    const seen = (ms: number) => (one === undefined ? -1 : pointerOpacity(one, one.heardAt + ms));
    expect([seen(0), seen(1_400), seen(1_700), seen(2_000)].map((x) => Math.round(x * 10) / 10)).toEqual([
      1, 1, 0.5, 0,
    ]);
    vi.advanceTimersByTime(2_300);
    expect(pointers.pointers.get()).toEqual([]);
    pointers.hear('anna', at(0.3));
    pointers.hear('anna', { kind: 'pointer', participantId: jonId, at: null });
    expect(pointers.pointers.get()).toEqual([]);
  });
});

/** A pen whose messages and drawings are noted; a frame is painted when the test says so. */
function penSetUp(choice: Tools['choice'] = 'pen') {
  const tools = createStore<Tools>({ on: true, choice, colour: 'red', width: 'thin' });
  const told: ChannelMessage[] = [];
  const kept: Drawing[] = [];
  const erased: FramePoint[] = [];
  let frame: (() => void) | null = null;
  let held = 0;
  const batches = createBatches({
    send: (message) => void told.push(message),
    nextFrame: (run) => {
      frame = run;
    },
  });
  const pen = createPen({
    tools,
    hold: () => {
      held++;
      return { surface, picture: { width: 1280, height: 720 } };
    },
    letGo: () => void held--,
    participantId: () => jonId,
    eraseAt: (at) => void erased.push(at),
    shapes: () => [{ tool: 'mark', at: framePoint(0, 0), number: 3 }],
    keep: (one) => void kept.push(one),
    batches,
  });
  const paint = () => {
    const run = frame;
    frame = null;
    run?.();
  };
  return { pen, tools, told, kept, erased, paint, held: () => held };
}

describe('one’s own pen', () => {
  it('shows the stroke at once, tells it once per frame, and keeps it as few points', () => {
    const { pen, told, kept, paint, held } = penSetUp();
    pen.down(framePoint(0, 0.5));
    for (let i = 1; i < 90; i++) pen.move(line(i, i + 1), line(i + 1, i + 2));
    expect(pen.own.get()?.ahead).toHaveLength(1);
    expect(told).toEqual([]);
    paint();
    expect(told).toHaveLength(1);
    pen.move(line(90, 100), []);
    paint();
    pen.up();
    expect(pen.own.get()).toBeNull();
    expect(held()).toBe(0);
    expect(kept[0]?.shape).toEqual({ tool: 'pen', points: [framePoint(0, 0.5), framePoint(0.99, 0.5)] });
    // Whoever gets only the last two messages has the end of it, and every message is one the other side takes.
    for (const one of told) expect(parseChannelMessage(formatChannelMessage(one))).toEqual(one);
    expect(
      told.every((one) => one.kind === 'stroke-points' && one.points.length <= annotationLimits.pointsPerBatch),
    ).toBe(true);
  });

  it('rebuilds the same stroke at the other side though every third message is lost', () => {
    const { pen, told, paint } = penSetUp();
    const life = new AbortController();
    const live = createLiveStrokes(life.signal, () => 0);
    pen.down(framePoint(0, 0.5));
    for (let i = 1; i < 100; i++) {
      pen.move([framePoint(i / 100, 0.5 + 0.3 * Math.sin(i))], []);
      if (i % 3 === 0) paint();
    }
    const mine = pen.own.get()?.drawing.shape;
    pen.up();
    told.forEach((message, i) => {
      if (i % 3 !== 1) live.hear('anna', message);
    });
    expect(live.strokes.get()[0]?.drawing.shape).toEqual(mine);
  });

  it('drops a line that was only a tap, and everything the browser takes away', () => {
    const { pen, told, kept } = penSetUp('arrow');
    pen.down(framePoint(0.5, 0.5));
    pen.move([framePoint(0.501, 0.5)], []);
    pen.up();
    pen.down(framePoint(0.5, 0.5));
    pen.move([framePoint(0.9, 0.5)], []);
    pen.cancel();
    expect(kept).toEqual([]);
    expect(told.map(({ kind }) => kind)).toEqual(['stroke-dropped', 'stroke-dropped']);
  });

  it('puts down the next number, writes, erases, points', () => {
    const { pen, tools, told, kept, erased, paint, held } = penSetUp('mark');
    pen.down(framePoint(0.2, 0.2));
    expect(kept[0]?.shape).toEqual({ tool: 'mark', at: [...framePoint(0.2, 0.2)], number: 4 });
    tools.set({ ...tools.get(), choice: 'text' });
    pen.down(framePoint(0.5, 0.5));
    expect([pen.writing.get()?.at, held()]).toEqual([framePoint(0.5, 0.5), 1]);
    pen.write('  turn left ');
    expect(kept[1]?.shape).toEqual({ tool: 'text', at: [0.5, 0.5], text: 'turn left' });
    pen.down(framePoint(0.5, 0.5));
    pen.write(' ');
    expect([kept.length, held()]).toEqual([2, 0]);
    tools.set({ ...tools.get(), choice: 'eraser' });
    pen.down(framePoint(0.1, 0.1));
    pen.move(line(1, 4), []);
    pen.up();
    expect(erased).toHaveLength(4);
    tools.set({ ...tools.get(), choice: 'pointer' });
    pen.hover(framePoint(0.25, 0.25));
    pen.hover(framePoint(0.5, 0.5));
    paint();
    pen.hover(null);
    paint();
    expect(told).toEqual([
      { kind: 'pointer', participantId: jonId, at: [0.5, 0.5] },
      { kind: 'pointer', participantId: jonId, at: null },
    ]);
  });
});
