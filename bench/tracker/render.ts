import { random } from './numbers.ts';
import type { Level } from './picture.ts';
import {
  CAMERA,
  HEIGHT,
  inverse,
  type Matrix,
  type Pose,
  product,
  subtract,
  times,
  type Vector,
  WIDTH,
} from './space.ts';

/** A photograph in space: corner, and the vectors along its full width and height. */
export interface Plane {
  readonly levels: readonly Level[];
  readonly origin: Vector;
  readonly u: Vector;
  readonly v: Vector;
  /** Repeats mirrored without end (backgrounds). */
  readonly endless?: boolean;
}

export interface Light {
  readonly gain: number;
  readonly gamma: number;
  /** Read noise, gray levels. */
  readonly read: number;
  readonly glare?: { readonly x: number; readonly y: number; readonly a: number; readonly r: number } | undefined;
}

/** Something in front of everything: opacity and gray at a picture position. */
export interface Cover {
  readonly alpha: (x: number, y: number) => number;
  readonly gray: (x: number, y: number) => number;
}

export interface Shot {
  readonly planes: readonly Plane[];
  readonly poseAt: (t: number) => Pose;
  /** Middle of the exposure, its length and the time from the first to the last row, s. */
  readonly t: number;
  readonly exposure: number;
  readonly readout: number;
  /** Moments of the exposure that are averaged. */
  readonly samples: number;
  readonly light: Light;
  readonly cover?: Cover | undefined;
  readonly noiseSeed: number;
}

/** Plane coordinates (0..1) -> picture px. */
function planeToPicture(p: Plane, pose: Pose): Matrix {
  const [a, b, c] = [times(pose.turn, p.u), times(pose.turn, p.v), times(pose.turn, subtract(p.origin, pose.position))];
  return product(CAMERA, [a[0], b[0], c[0], a[1], b[1], c[1], a[2], b[2], c[2]]);
}

const NOISE = (() => {
  const next = random(12345);
  const table = new Float32Array(1 << 20);
  for (let i = 0; i < table.length; i += 2) {
    const r = Math.sqrt(-2 * Math.log(next() + 1e-12));
    const a = 2 * Math.PI * next();
    table[i] = r * Math.cos(a);
    table[i + 1] = r * Math.sin(a);
  }
  return table;
})();

/** Rows that share one camera pose when the shutter rolls. */
const BAND = 8;
const sum = new Float32Array(WIDTH * HEIGHT);
/** Gray where no plane is hit. */
const NOTHING = 24;
const SHOT_NOISE = 0.048;

/** One frame of the camera, 8-bit gray. */
export function render(s: Shot): Uint8Array {
  sum.fill(0);
  const band = s.readout > 0 ? BAND : HEIGHT;
  for (let k = 0; k < s.samples; k++) {
    // R2 sequence: sub-pixel positions spread evenly
    const jitterX = ((k * 0.754877666) % 1) - 0.5;
    const jitterY = ((k * 0.569840291) % 1) - 0.5;
    const moment = s.t + s.exposure * ((k + 0.5) / s.samples - 0.5);
    for (let y0 = 0; y0 < HEIGHT; y0 += band) {
      const y1 = Math.min(HEIGHT, y0 + band);
      const pose = s.poseAt(s.readout > 0 ? moment + s.readout * ((y0 + y1) / 2 / HEIGHT - 0.5) : moment);
      const maps = s.planes.map((plane) => ({ plane, back: inverse(planeToPicture(plane, pose)) }));
      for (let y = y0; y < y1; y++) addRow(y, y + jitterY, jitterX, maps);
    }
  }
  return exposed(s);
}

interface Seen {
  readonly plane: Plane;
  readonly back: Matrix;
}

/** The size of the photograph that fits the middle of the row. */
function levelFor({ plane, back: m }: Seen, y: number): Level {
  const x = WIDTH / 2;
  const w = m[6] * x + m[7] * y + m[8];
  const u = (m[0] * x + m[1] * y + m[2]) / w;
  const v = (m[3] * x + m[4] * y + m[5]) / w;
  const { width, height } = plane.levels[0]!;
  const a =
    (((m[0] - u * m[6]) * (m[4] - v * m[7]) - (m[1] - u * m[7]) * (m[3] - v * m[6])) / (w * w)) * width * height;
  const l = Math.round(Math.log2(Math.max(1, Math.sqrt(Math.abs(a)))));
  return plane.levels[Math.max(0, Math.min(plane.levels.length - 1, l))]!;
}

const mirrored = (v: number): number => Math.abs((((v % 2) + 2) % 2) - 1);

function addRow(row: number, y: number, jitterX: number, seen: readonly Seen[]): void {
  const levels = seen.map((s) => levelFor(s, y));
  for (let x = 0; x < WIDTH; x++) {
    let value = NOTHING;
    for (let k = 0; k < seen.length; k++) {
      const { back: m, plane } = seen[k]!;
      const xs = x + jitterX;
      const w = 1 / (m[6] * xs + m[7] * y + m[8]);
      let u = (m[0] * xs + m[1] * y + m[2]) * w;
      let v = (m[3] * xs + m[4] * y + m[5]) * w;
      if (plane.endless) {
        u = mirrored(u);
        v = mirrored(v);
      } else if (!(u >= 0 && u < 1 && v >= 0 && v < 1)) continue;
      value = bilinear(levels[k]!, u, v);
      break;
    }
    sum[row * WIDTH + x]! += value;
  }
}

function bilinear({ width, height, data }: Level, u: number, v: number): number {
  const fx = Math.min(width - 1.001, Math.max(0, u * width - 0.5));
  const fy = Math.min(height - 1.001, Math.max(0, v * height - 0.5));
  const ix = fx | 0;
  const iy = fy | 0;
  const o = iy * width + ix;
  const top = data[o]! + (data[o + 1]! - data[o]!) * (fx - ix);
  const bottom = data[o + width]! + (data[o + width + 1]! - data[o + width]!) * (fx - ix);
  return top + (bottom - top) * (fy - iy);
}

function exposed({ samples, light, cover, noiseSeed }: Shot): Uint8Array {
  const out = new Uint8Array(WIDTH * HEIGHT);
  const { gain, gamma, read, glare } = light;
  let n = (random(noiseSeed)() * NOISE.length) | 0;
  for (let y = 0, i = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, i++) {
      let v = sum[i]! / samples;
      const a = cover?.alpha(x, y) ?? 0;
      if (cover && a > 0) v = v * (1 - a) + a * cover.gray(x, y);
      v *= gain;
      if (gamma !== 1) v = 255 * (Math.max(0, v) / 255) ** gamma;
      if (glare) v += glare.a * Math.exp(-((x - glare.x) ** 2 + (y - glare.y) ** 2) / (2 * glare.r * glare.r));
      v = Math.max(0, v);
      v += Math.sqrt(read * read + SHOT_NOISE * v * Math.max(1, gain)) * NOISE[n++ & 0xfffff]!;
      out[i] = Math.max(0, Math.min(255, v + 0.5));
    }
  }
  return out;
}

type Capsule = readonly [number, number, number, number, number];
/** Palm, four fingers, thumb, forearm: axis ends and radius, in hand sizes. */
const HAND: readonly Capsule[] = [
  [0, 0, 0, 0, 0.52],
  [-0.42, -0.35, -0.6, -1.15, 0.15],
  [-0.14, -0.45, -0.2, -1.4, 0.155],
  [0.14, -0.45, 0.17, -1.35, 0.15],
  [0.4, -0.35, 0.5, -1.1, 0.135],
  [-0.45, 0.1, -0.95, -0.3, 0.17],
  [0, 0.3, 0, 3.5, 0.42],
];

/** A hand at (cx, cy), `size` px, turned by `angle`. */
export function hand(cx: number, cy: number, size: number, angle: number, seed: number): Cover {
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const local = (x: number, y: number): [number, number] => [(x - cx) * c + (y - cy) * s, -(x - cx) * s + (y - cy) * c];
  const distance = (x: number, y: number): number => {
    const [lx, ly] = local(x, y).map((v) => v / size) as [number, number];
    let best = Number.POSITIVE_INFINITY;
    for (const [ax, ay, bx, by, r] of HAND) {
      const [dx, dy] = [bx - ax, by - ay];
      const l = dx * dx + dy * dy;
      const t = l ? Math.max(0, Math.min(1, ((lx - ax) * dx + (ly - ay) * dy) / l)) : 0;
      best = Math.min(best, Math.hypot(lx - ax - t * dx, ly - ay - t * dy) - r);
    }
    return best * size;
  };
  const reach = 4.2 * size;
  return {
    alpha: (x, y) => {
      if (Math.abs(x - cx) > reach || Math.abs(y - cy) > reach) return 0;
      return Math.max(0, Math.min(1, (1 - distance(x, y)) / 2));
    },
    gray: (x, y) => {
      const [lx, ly] = local(x, y);
      const shade = Math.max(0, Math.min(1, -distance(x, y) / (0.3 * size)));
      return 118 + 62 * shade + 6 * Math.sin(lx * 0.35 + seed) * Math.sin(ly * 0.27 + 2 * seed);
    },
  };
}
