import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mean } from './numbers.ts';
import { picture } from './picture.ts';
import { type Cover, hand, type Light, type Plane, render } from './render.ts';
import { type Scene, scene } from './scenes.ts';
import { HEIGHT, project, RATE, type Vector, WIDTH } from './space.ts';

/** Rises when what is rendered changes: older files in the cache are not used any more. */
const VERSION = 1;
const PIXELS = WIDTH * HEIGHT;

/** What is true in one frame. */
export interface Truth {
  /** Where the scored points are, px. */
  readonly points: readonly (readonly [number, number])[];
  readonly quad: readonly (readonly [number, number])[];
  /** Share of the region that is inside the frame and not covered. */
  readonly visible: number;
}

export interface Sequence {
  readonly name: string;
  readonly target: string;
  readonly category: string;
  readonly compressed: boolean;
  /** First frame that is tracked. */
  readonly start: number;
  readonly truth: readonly Truth[];
  readonly anchor: Uint8Array;
  readonly frame: (i: number) => Uint8Array;
}

/** VP8 as a browser sends it: realtime, constant rate, one key frame; fixed speed, so the result does not depend on the load. */
function compressed(raw: Uint8Array, kbps: number, dir: string): Uint8Array {
  const file = join(dir, `pass-${process.pid}.ivf`);
  const form = ['-f', 'rawvideo', '-pix_fmt', 'gray'];
  const rate = ['-b:v', '-minrate', '-maxrate', '-bufsize'].flatMap((k) => [k, `${kbps}k`]);
  const codec =
    '-threads 1 -c:v libvpx -pix_fmt yuv420p -deadline realtime -cpu-used -6 -lag-in-frames 0 -error-resilient 1 -g 9999'.split(
      ' ',
    );
  const input = [...form, '-s', `${WIDTH}x${HEIGHT}`, '-r', `${RATE}`, '-i', '-'];
  const limit = { maxBuffer: 1 << 30 };
  const there = spawnSync('ffmpeg', ['-v', 'error', '-y', ...input, ...codec, ...rate, file], { input: raw, ...limit });
  if (there.status !== 0)
    throw new Error(`ffmpeg with libvpx is needed (Debian: ffmpeg): ${there.error ?? there.stderr}`);
  const back = spawnSync('ffmpeg', ['-v', 'error', '-threads', '1', '-i', file, ...form, '-'], limit);
  rmSync(file);
  if (back.stdout.length !== raw.length) throw new Error('the codec lost frames');
  return back.stdout;
}

const flatPoint = (p: Vector): readonly [number, number] => [
  Math.round(p[0] * 1000) / 1000,
  Math.round(p[1] * 1000) / 1000,
];

/** Where a point is in the frame at time t; with a rolling shutter at the time its row is read. */
function seen(s: Scene, p: Vector, t: number): Vector {
  let q = project(p, s.poseAt(t));
  const readout = s.path.readout ?? 0;
  if (readout) for (let k = 0; k < 6; k++) q = project(p, s.poseAt(t + readout * (q[1] / HEIGHT - 0.5)));
  return q;
}

function coverAt(s: Scene, quad: readonly Vector[], t: number): Cover | undefined {
  const { hand: h } = s.path;
  if (!h) return undefined;
  const cx = mean(quad.map((q) => q[0]));
  const cy = mean(quad.map((q) => q[1]));
  const size = Math.max(...quad.map((q) => Math.abs(q[0] - cx)));
  return hand(
    cx + h.x(t) * 2 * size,
    cy + h.y(t) * 1.5 * size,
    h.size(t) * Math.max(0.6, size / 90),
    h.angle(t),
    s.seed % 7,
  );
}

function lightAt({ path }: Scene, t: number): Light {
  const { glare: g } = path;
  const glare = g && { x: g.x(t) * WIDTH, y: g.y(t) * HEIGHT, a: g.a(t), r: g.r };
  return { gain: path.gain?.(t) ?? 1, gamma: path.gamma?.(t) ?? 1, read: path.read ?? 1.8, glare };
}

/** Share of the quad's area (12 x 12 places, in perspective-free interpolation) that can be seen. */
function visibleShare(quad: readonly Vector[], cover: Cover | undefined): number {
  if (quad.some((q) => q[2] < 0.02)) return 0;
  let n = 0;
  for (let i = 0; i < 144; i++) {
    const s = ((i % 12) + 0.5) / 12;
    const t = (Math.floor(i / 12) + 0.5) / 12;
    const at = (k: 0 | 1): number =>
      (quad[0]![k] * (1 - s) + quad[1]![k] * s) * (1 - t) + (quad[3]![k] * (1 - s) + quad[2]![k] * s) * t;
    const [x, y] = [at(0), at(1)];
    if (x >= 0 && y >= 0 && x <= WIDTH - 1 && y <= HEIGHT - 1 && !(cover && cover.alpha(x, y) >= 0.5)) n++;
  }
  return n / 144;
}

/** Largest way of a corner during the exposure, px: decides over how many moments are averaged. */
function smear(s: Scene, t: number, exposure: number): number {
  const a = s.poseAt(t - exposure / 2);
  const b = s.poseAt(t + exposure / 2);
  return Math.max(
    ...s.quad.map((p) => {
      const [q, r] = [project(p, a), project(p, b)];
      return Math.hypot(q[0] - r[0], q[1] - r[1]);
    }),
  );
}

/** The other scene that a cut goes to. */
const otherScene = (target: string): Plane => ({
  levels: picture(target === 'motor' || target === 'cup' ? 'graf1' : 'shed'),
  origin: [-0.6, -0.48, 0],
  u: [1.2, 0, 0],
  v: [0, 0.96, 0],
  endless: true,
});

function drawn(s: Scene): { raw: Uint8Array; truth: Truth[] } {
  const count = Math.round(s.path.seconds * RATE);
  const raw = new Uint8Array(count * PIXELS);
  const truth: Truth[] = [];
  const exposure = s.path.exposure ?? 1 / 60;
  for (let i = 0; i < count; i++) {
    const t = i / RATE;
    const cut = s.path.cuts?.find((c) => t >= c.from && t < c.to);
    const before = truth.at(-1);
    if (cut?.freeze && before) {
      raw.copyWithin(i * PIXELS, (i - 1) * PIXELS, i * PIXELS);
      truth.push(before);
      continue;
    }
    const quad = s.quad.map((p) => seen(s, p, t));
    const cover = cut ? undefined : coverAt(s, quad, t);
    const samples = cut ? 4 : Math.min(20, Math.max(4, Math.ceil(smear(s, t, exposure) / 1.3)));
    const planes = cut ? [otherScene(s.target)] : s.planes;
    const shot = {
      planes,
      poseAt: s.poseAt,
      t,
      exposure,
      readout: s.path.readout ?? 0,
      samples,
      light: lightAt(s, t),
      cover,
    };
    raw.set(render({ ...shot, noiseSeed: s.seed + i * 7919 }), i * PIXELS);
    const points = s.points.map((p) => flatPoint(seen(s, p, t)));
    truth.push({ points, quad: quad.map(flatPoint), visible: cut ? 0 : visibleShare(quad, cover) });
  }
  return { raw, truth };
}

/** Whether video can be compressed here. */
export const hasCodec = (): boolean => {
  const { status, stdout } = spawnSync('ffmpeg', ['-v', 'error', '-encoders'], { encoding: 'utf8' });
  return status === 0 && stdout.includes('libvpx');
};

const baseOf = ({ name }: Scene, dir: string): string => join(dir, `${VERSION}-${name}`);

/** Whether a sequence lies in the cache folder. */
export const isKept = (target: string, category: string, variant: string, dir: string): boolean =>
  existsSync(`${baseOf(scene(target, category, variant), dir)}.json`);

/** A sequence from the cache folder, rendered on first use (1 to 10 s). */
export function sequence(target: string, category: string, variant: string, dir: string): Sequence {
  const s = scene(target, category, variant);
  const base = baseOf(s, dir);
  if (!existsSync(`${base}.json`)) keep(s, base, dir);
  const truth = parseTruth(readFileSync(`${base}.json`, 'utf8'));
  const raw = readFileSync(`${base}.gray`);
  const frame = (i: number): Uint8Array => new Uint8Array(raw.buffer, raw.byteOffset + i * PIXELS, PIXELS);
  const anchor = existsSync(`${base}.anchor`) ? readFileSync(`${base}.anchor`) : frame(0).slice();
  const { name } = s;
  return { name, target, category, compressed: s.kbps !== undefined, start: s.path.late ?? 1, truth, anchor, frame };
}

function keep(s: Scene, base: string, dir: string): void {
  mkdirSync(dir, { recursive: true });
  const { raw, truth } = drawn(s);
  let frames = raw;
  if (s.kbps !== undefined) {
    const passed = compressed(raw, s.kbps, dir);
    if (s.path.late) writeFileSync(`${base}.anchor`, passed.subarray(0, PIXELS));
    else frames = passed;
  }
  writeFileSync(`${base}.gray`, frames);
  writeFileSync(`${base}.part`, JSON.stringify(truth));
  renameSync(`${base}.part`, `${base}.json`);
}

function parseTruth(text: string): Truth[] {
  return JSON.parse(text) as Truth[];
}
