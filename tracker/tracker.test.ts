import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import {
  anchorPoint,
  apply,
  coreUrl,
  createTracker,
  type Homography,
  hasSimd,
  type Picture,
  type Tracker,
} from './index.ts';

const [WIDTH, HEIGHT] = [320, 240];
const wasm = new Uint8Array(readFileSync(coreUrl));

/** A texture without repetition that is defined everywhere: sums of smoothed random lattices. */
function texture(seed: number): (x: number, y: number) => number {
  const hash = (i: number, j: number, k: number): number => {
    let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(k + seed * 101, 2147483647);
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
  };
  const lattice = (x: number, y: number, k: number): number => {
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - i, y - j];
    const top = hash(i, j, k) * (1 - u) + hash(i + 1, j, k) * u;
    const bottom = hash(i, j + 1, k) * (1 - u) + hash(i + 1, j + 1, k) * u;
    return top * (1 - v) + bottom * v;
  };
  return (x, y) => 40 + 90 * lattice(x / 19, y / 19, 1) + 60 * lattice(x / 7, y / 7, 2) + 25 * lattice(x / 3, y / 3, 3);
}

/** What the camera sees: pixel p of the frame shows the texture at back(p). */
function frame(t: (x: number, y: number) => number, back: Homography, light = (v: number): number => v): Uint8Array {
  const out = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) out[y * WIDTH + x] = Math.max(0, Math.min(255, light(t(...apply(back, x, y)))));
  }
  return out;
}

/** Turned by a about the middle, scaled by s, then shifted (anchor -> frame), and its inverse. */
function similarity(a: number, s: number, dx: number, dy: number): { there: Homography; back: Homography } {
  const [cx, cy] = [WIDTH / 2, HEIGHT / 2];
  const [c, n] = [Math.cos(a) * s, Math.sin(a) * s];
  const there: Homography = [c, -n, cx - c * cx + n * cy + dx, n, c, cy - n * cx - c * cy + dy, 0, 0, 1];
  const [p, q] = [Math.cos(a) / s, Math.sin(a) / s];
  const [tx, ty] = [there[2], there[5]];
  return { there, back: [p, q, -p * tx - q * ty, -q, p, q * tx - p * ty, 0, 0, 1] };
}

const STILL = similarity(0, 1, 0, 0);
const A = texture(1);
const picture: Picture = { gray: frame(A, STILL.back), width: WIDTH, height: HEIGHT };
const quad = [110, 80, 210, 80, 210, 160, 110, 160] as const;

function made(): Tracker {
  const r = createTracker({ wasm, width: WIDTH, height: HEIGHT, prepare: 'at-once' });
  if (!r.ok) throw new Error(r.reason);
  return r.tracker;
}

/** Largest error of the corners and the middle, px; Infinity when not drawn. */
function error(t: Tracker, f: Uint8Array, there: Homography, ms: number): number {
  const [r] = t.process(f, ms);
  if (!r || (r.state !== 'tracking' && r.state !== 'uncertain')) return Number.POSITIVE_INFINITY;
  const places = [110, 80, 210, 80, 210, 160, 110, 160, 160, 120];
  return Math.max(
    ...[0, 2, 4, 6, 8].map((i) => {
      const [x = 0, y = 0] = places.slice(i, i + 2);
      const p = r.map(anchorPoint(x, y));
      const [u, v] = apply(there, x, y);
      return Math.hypot(p.x - u, p.y - v);
    }),
  );
}

describe('the tracker', { timeout: 60_000 }, () => {
  test('finds the anchor at once, turned and scaled, within a third of a px', () => {
    for (const [a, s, dx, dy] of [
      [0, 1, 0, 0],
      [0.6, 0.7, 20, -15],
      [-2.4, 1.3, -10, 8],
      [3.1, 0.5, 60, 30],
    ] as const) {
      const { there, back } = similarity(a, s, dx, dy);
      const t = made();
      expect(t.addAnchor(picture, { quad }).ok).toBe(true);
      expect(error(t, frame(A, back), there, 0)).toBeLessThan(0.33);
    }
  });

  test('follows without drift, through a change of light', () => {
    const t = made();
    t.addAnchor(picture, { quad });
    for (let i = 0; i <= 60; i++) {
      const { there, back } = similarity(0.01 * i, 1 + 0.004 * i, 0.8 * i, 3 * Math.sin(i / 5));
      const light = (v: number): number => v * (1 - 0.008 * i) + 0.5 * i;
      expect(error(t, frame(A, back, light), there, i * 33)).toBeLessThan(0.4);
    }
  });

  test('draws nothing while the thing is away, and has it back in the frame in which it returns', () => {
    const t = made();
    t.addAnchor(picture, { quad });
    expect(error(t, frame(A, STILL.back), STILL.there, 0)).toBeLessThan(0.2);
    const other = texture(2);
    for (let i = 1; i <= 8; i++) {
      const [r] = t.process(frame(other, similarity(0, 1, i * 4, 0).back), i * 33);
      expect(r?.state).toBe('lost');
      if (r?.state === 'lost')
        expect(Math.hypot((r.lastSeen?.x ?? 0) - 160, (r.lastSeen?.y ?? 0) - 120)).toBeLessThan(40);
    }
    const { there, back } = similarity(0.5, 0.8, 25, 10);
    expect(error(t, frame(A, back), there, 700)).toBeLessThan(0.4);
  });

  test.each([
    { device: 'slow, thin stream', callMs: 90, gapMs: 100 },
    { device: 'slow, full stream', callMs: 60, gapMs: 33 },
    { device: 'very slow', callMs: 400, gapMs: 400 },
  ])('on a $device device too, what was away for long is back within three frames', ({ callMs, gapMs }) => {
    // Each call takes so long: the clock is asked when it begins and when it ends.
    let clock = 0;
    const now = () => {
      clock += callMs;
      return clock;
    };
    const r = createTracker({ wasm, width: WIDTH, height: HEIGHT, prepare: 'at-once', budgetMs: 20, now });
    if (!r.ok) throw new Error(r.reason);
    r.tracker.addAnchor(picture, { quad });
    let shown = 0;
    const next = () => gapMs * shown++;
    expect(error(r.tracker, frame(A, STILL.back), STILL.there, next())).toBeLessThan(0.2);
    const away = frame(texture(2), STILL.back);
    const { there, back } = similarity(0.3, 0.9, 12, 6);
    const returned = frame(A, back);
    for (const frames of [55, 56, 57]) {
      for (let i = 0; i < frames; i++) r.tracker.process(away, next());
      const tries = [0, 1, 2].map(() => error(r.tracker, returned, there, next()));
      expect(Math.min(...tries)).toBeLessThan(0.4);
    }
  });

  test('no frame takes much more work than another, however many things look alike', () => {
    const t = made();
    const wall = (x: number, y: number): number => A(110 + ((x + 700) % 70), 80 + ((y + 700) % 60)) + 0.1 * A(x, y);
    const gray = frame(wall, STILL.back);
    t.addAnchor({ gray, width: WIDTH, height: HEIGHT }, { quad: [125, 90, 195, 90, 195, 150, 125, 150] });
    let most = 0;
    for (let i = 0; i < 50; i++) {
      const covered = i % 10 > 6;
      const { back } = similarity(0.02 * i, 1 - 0.006 * i, 3 * i, 0);
      t.process(frame(covered ? texture(3) : wall, back), i * 33);
      most = Math.max(most, t.load.work);
    }
    expect(most).toBeLessThan(4000);
  });

  test('a stroke becomes a region around it; a bare place is said to be poor, and a wider one is suggested where there is one', () => {
    const t = made();
    const stroke = t.addAnchor(picture, { points: [120, 90, 160, 110, 200, 95] });
    expect(stroke).toMatchObject({ ok: true, quality: 'good', region: [108, 78, 212, 78, 212, 122, 108, 122] });
    const bare = (x: number, y: number): number => (x > 110 && x < 210 && y > 70 && y < 170 ? 128 : A(x, y));
    const hole: Picture = { ...picture, gray: frame(bare, STILL.back) };
    const poor = t.addAnchor(hole, { points: [150, 110, 170, 130] });
    expect(poor).toMatchObject({ ok: true, quality: 'poor' });
    expect(poor.ok && poor.suggested).toBeDefined();
    const blank: Picture = { ...picture, gray: new Uint8Array(WIDTH * HEIGHT).fill(90) };
    const none = t.addAnchor(blank, { quad });
    expect(none).toMatchObject({ ok: true, quality: 'poor' });
    expect(none.ok && none.suggested).toBeUndefined();
  });

  test('bad input is refused by value', () => {
    const t = made();
    const nan = [Number.NaN, 80, 210, 80, 210, 160, 110, 160] as const;
    const bow = [110, 80, 210, 160, 210, 80, 110, 160] as const;
    expect(t.addAnchor(picture, { quad: nan })).toEqual({ ok: false, reason: 'bad-region' });
    expect(t.addAnchor(picture, { quad: bow })).toEqual({ ok: false, reason: 'bad-region' });
    expect(t.addAnchor(picture, { points: [] })).toEqual({ ok: false, reason: 'bad-region' });
    expect(t.addAnchor(picture, { points: [9e9, 9e9] })).toEqual({ ok: false, reason: 'bad-region' });
    expect(t.addAnchor({ ...picture, gray: new Uint8Array(5) }, { quad })).toEqual({
      ok: false,
      reason: 'bad-picture',
    });
    expect(t.addAnchor({ ...picture, width: 50_000 }, { quad })).toEqual({ ok: false, reason: 'bad-picture' });
    expect(t.process(new Uint8Array(7), 0)).toEqual([]);
    expect(createTracker({ wasm, width: 10, height: 10 })).toEqual({ ok: false, reason: 'bad-size' });
    expect(createTracker({ wasm: new Uint8Array(8), width: 64, height: 64 })).toEqual({
      ok: false,
      reason: 'bad-module',
    });
  });

  test('without vector instructions it says so', () => {
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    expect(createTracker({ wasm, width: WIDTH, height: HEIGHT })).toEqual({ ok: false, reason: 'no-simd' });
    validate.mockRestore();
    expect(hasSimd()).toBe(true);
  });

  test('several anchors keep their names; a removed one is gone; room is limited; without anchors nothing is done', () => {
    const t = made();
    expect(t.process(picture.gray, 0)).toEqual([]);
    const ids = [0, 1, 2].map((i) => t.addAnchor(picture, { points: [60 + 60 * i, 100, 100 + 60 * i, 140] }));
    const names = ids.flatMap((r) => (r.ok ? [r.id] : []));
    t.process(picture.gray, 33); // two are searched for per frame
    expect(t.process(picture.gray, 50).map((r) => [r.id, r.state])).toEqual(names.map((id) => [id, 'tracking']));
    const [, second = -1] = names;
    expect(t.removeAnchor(second)).toBe(true);
    expect(t.removeAnchor(second)).toBe(false);
    expect(t.process(picture.gray, 66).map((r) => r.id)).not.toContain(second);
    t.dispose();
    expect(t.process(picture.gray, 99)).toEqual([]);
  });

  test('of two things alike only the one that was drawn on is followed', () => {
    const repeated = (x: number, y: number): number =>
      x >= 20 && x < 150 ? A(x, y) : x >= 170 && x < 300 ? A(x - 150, y) : 110;
    const twins: Picture = { ...picture, gray: frame(repeated, STILL.back) };
    const t = made();
    t.addAnchor(twins, { quad: [45, 70, 125, 70, 125, 170, 45, 170] });
    expect(t.process(twins.gray, 0)[0]?.state).toBe('tracking');
    // gone for a moment; then only the copy is in the picture, where the original was
    const away = frame(texture(3), STILL.back);
    for (let i = 1; i < 40; i++) t.process(away, i * 33);
    const [r] = t.process(frame(repeated, similarity(0, 1, -150, 0).back), 1400);
    expect(r?.state === 'lost' || r?.state === 'ambiguous').toBe(true);
    const both = similarity(0, 1, 5, 3);
    const [s] = t.process(frame(repeated, both.back), 1433);
    expect(s?.state).toBe('tracking');
    if (s?.state === 'tracking') expect(s.pose[2]).toBeCloseTo(5, 0);
  });

  test('a stroke over an edge follows both faces, and the second goes on when the first is covered', () => {
    // the faces turn towards and away from the camera: each is squeezed or stretched about the edge at x = 160
    const folded = (left: number, right: number, cover: number): Uint8Array => {
      const sees = (x: number, y: number): number =>
        x < cover ? 128 : A(160 + (x - 160) / (x < 160 ? left : right), y);
      return frame(sees, STILL.back);
    };
    const t = made();
    t.addAnchor(picture, { quad: [90, 70, 230, 70, 230, 170, 90, 170] });
    for (let i = 0; i <= 30; i++) {
      const [r] = t.process(folded(1 - 0.012 * i, 1 + 0.008 * i, 0), i * 33);
      expect(r?.state).toBe('tracking');
      if (r?.state !== 'tracking' || i < 25) continue;
      expect(r.planes).toBe(2);
      expect(r.map(anchorPoint(100, 120)).x).toBeCloseTo(160 - 60 * (1 - 0.012 * i), 0);
      expect(r.map(anchorPoint(220, 120)).x).toBeCloseTo(160 + 60 * (1 + 0.008 * i), 0);
    }
    for (let i = 31; i <= 36; i++) {
      const [r] = t.process(folded(0.64, 1.24, 160), i * 33);
      expect(r?.state).toBe('tracking');
      if (r?.state === 'tracking') expect(r.map(anchorPoint(220, 120)).x).toBeCloseTo(160 + 60 * 1.24, 0);
    }
  });
});
