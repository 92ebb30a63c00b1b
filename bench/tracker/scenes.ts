import { type Curve, knots, seedOf, wobble } from './numbers.ts';
import { picture } from './picture.ts';
import type { Plane } from './render.ts';
import { add, type Pose, product, times, transpose, turnX, turnY, turnZ, type Vector } from './space.ts';

const DEGREE = Math.PI / 180;

export interface Target {
  readonly photo: string;
  readonly behind: string;
  /** The part that is drawn on: x0, y0, x1, y1 in 0..1 of the photograph. */
  readonly part: readonly [number, number, number, number];
}

/** Six kinds of texture, and four that nothing was tuned on. */
export const TARGETS: Readonly<Record<string, Target>> = {
  board: { photo: 'board', behind: 'aloe', part: [0.18, 0.2, 0.7, 0.78] },
  graf: { photo: 'graf1', behind: 'leuven', part: [0.25, 0.2, 0.8, 0.75] },
  box: { photo: 'box', behind: 'gallery', part: [0.1, 0.15, 0.75, 0.85] },
  motor: { photo: 'motorcycle', behind: 'shed', part: [0.22, 0.3, 0.72, 0.85] },
  sudoku: { photo: 'sudoku', behind: 'coffee', part: [0.25, 0.25, 0.75, 0.8] },
  stuff: { photo: 'stuff', behind: 'building', part: [0.2, 0.1, 0.85, 0.8] },
  road: { photo: 'leuven', behind: 'graf1', part: [0.2, 0.3, 0.75, 0.9] },
  plant: { photo: 'aloe', behind: 'board', part: [0.3, 0.25, 0.8, 0.8] },
  cup: { photo: 'coffee', behind: 'shed', part: [0.2, 0.2, 0.8, 0.8] },
  facade: { photo: 'building', behind: 'motorcycle', part: [0.2, 0.2, 0.75, 0.8] },
};
export const STANDARD = ['board', 'graf', 'box', 'motor', 'sudoku', 'stuff'] as const;
export const UNSEEN = ['road', 'plant', 'cup', 'facade'] as const;

export interface Path {
  readonly seconds: number;
  /** How unsteady the hand is; 1 = standing freely. */
  readonly shake: number;
  /** Angles round the target, roll (rad), distance (m), sideways shift (m). */
  readonly around?: Curve;
  readonly above?: Curve;
  readonly roll?: Curve;
  readonly distance?: Curve;
  readonly right?: Curve;
  readonly down?: Curve;
  /** Fast turns (x, y, z) and when. */
  readonly jerk?: readonly [Curve, Curve, Curve];
  readonly jerkWhen?: Curve;
  readonly exposure?: number;
  readonly readout?: number;
  readonly gain?: Curve;
  readonly gamma?: Curve;
  readonly read?: number;
  readonly glare?: { readonly x: Curve; readonly y: Curve; readonly a: Curve; readonly r: number };
  /** Hand: position in region sizes, size px, angle. */
  readonly hand?: { readonly x: Curve; readonly y: Curve; readonly size: Curve; readonly angle: Curve };
  /** Another scene, or a frozen picture, for a while. */
  readonly cuts?: readonly { readonly from: number; readonly to: number; readonly freeze?: boolean }[];
  readonly kbps?: number;
  /** The anchor is the compressed first frame; the frames are raw and start here. */
  readonly late?: number;
  readonly fold?: boolean;
  readonly twin?: boolean;
  /** Size of the part that is drawn on. */
  readonly shrink?: number;
}

const always =
  (v: number): Curve =>
  () =>
    v;
const step = (t: number, from: number, length: number): number => knots([from, 0], [from + length, 1])(t);
const breathing =
  (mean: number, wave: Curve): Curve =>
  (t) =>
    mean * (1 + wave(t));
const shaking = (
  s: number,
  x: number,
  y: number,
  z: number,
  f: readonly [number, number, number],
): readonly [Curve, Curve, Curve] => [wobble(s + 30, [f[0], x]), wobble(s + 31, [f[1], y]), wobble(s + 32, [f[2], z])];

function brightness(t: number): number {
  if (t < 1.2) return 1;
  if (t < 2.2) return 1 - 0.68 * step(t, 1.2, 0.25);
  if (t < 3.2) return 0.32 + 0.3 * step(t, 2.4, 0.6);
  return t < 4.2 ? 0.62 + 1.1 * step(t, 3.3, 0.3) : 1.72 - 0.6 * step(t, 4.3, 1);
}

/** What the camera does. The first group is scored together (like the categories of POT-210), then the hard ones, then what is not a plane. */
const CATEGORIES: Readonly<Record<string, (seed: number) => Path>> = {
  steady: () => ({ seconds: 4, shake: 0.35 }),
  hand: (s) => ({
    seconds: 6,
    shake: 1.5,
    around: wobble(s + 20, [0.25, 0.16]),
    above: wobble(s + 21, [0.3, 0.12]),
    right: wobble(s + 22, [0.3, 0.05]),
    down: wobble(s + 23, [0.35, 0.03]),
    distance: breathing(0.6, wobble(s + 24, [0.2, 0.15])),
  }),
  scale: () => ({ seconds: 7, shake: 0.8, distance: knots([0, 0.6], [2.2, 0.33], [4.8, 1.5], [7, 0.6]) }),
  rot: () => ({
    seconds: 7,
    shake: 0.8,
    roll: knots([0, 0], [2.6, 170 * DEGREE], [5.6, -100 * DEGREE], [7, 0]),
    distance: always(0.65),
  }),
  persp: () => ({
    seconds: 7,
    shake: 0.8,
    around: knots([0, 0], [2, 62 * DEGREE], [4.5, -58 * DEGREE], [6, 0]),
    above: knots([0, 0], [4.2, 0], [5.4, 50 * DEGREE], [7, 0]),
  }),
  blur: (s) => ({
    seconds: 5,
    shake: 1,
    exposure: 1 / 40,
    jerk: [
      wobble(s + 30, [2.1, 0.045], [3.3, 0.02]),
      wobble(s + 31, [2.4, 0.06], [3.7, 0.025]),
      wobble(s + 32, [1.9, 0.08]),
    ],
    jerkWhen: knots([0, 0], [0.8, 0], [1.4, 1], [3.6, 1], [4.2, 0.3], [5, 0.3]),
  }),
  occl: () => ({
    seconds: 7,
    shake: 1,
    hand: {
      x: knots([0, 1.6], [1, 1.6], [2, 0.45], [3, 0.3], [3.6, 0], [4.4, -0.05], [5.4, 1.6]),
      y: knots([0, 1.4], [1, 1.2], [2, 0.45], [3.6, 0], [4.4, 0.05], [5.4, 1.4]),
      size: knots([0, 62], [3, 62], [3.7, 105], [4.4, 105], [5, 62]),
      angle: knots([0, -0.7], [3, -0.3], [5, -0.8]),
    },
  }),
  oov: () => ({
    seconds: 7,
    shake: 1,
    right: knots([0, 0], [1, 0], [2, 0.85], [3.2, 0.85], [4, 0.1], [7, 0]),
    down: knots([0, 0], [3, 0], [4.2, 0.04], [5, 0]),
    distance: knots([0, 0.6], [1.5, 0.6], [3.2, 0.8], [7, 0.55]),
    roll: knots([0, 0], [2, 0], [3, 35 * DEGREE], [5, 30 * DEGREE], [7, 0]),
    around: knots([0, 0], [2, 0], [3.2, 25 * DEGREE], [7, -10 * DEGREE]),
  }),
  light: () => ({
    seconds: 6,
    shake: 1,
    exposure: 1 / 30,
    gain: brightness,
    gamma: knots([0, 1], [3, 1], [4, 0.8], [6, 1.15]),
    read: 4,
    glare: {
      x: knots([0, 0.1], [6, 0.9]),
      y: knots([0, 0.3], [3, 0.6], [6, 0.3]),
      a: knots([0, 0], [1, 60], [3, 170], [5, 170], [6, 0]),
      r: 50,
    },
  }),
  lowbit: (s) => ({
    seconds: 6,
    shake: 1.5,
    kbps: 160,
    around: wobble(s + 20, [0.25, 0.14]),
    right: wobble(s + 22, [0.35, 0.05]),
    down: wobble(s + 23, [0.3, 0.03]),
    distance: breathing(0.6, wobble(s + 24, [0.2, 0.12])),
  }),
  cut: () => ({
    seconds: 6,
    shake: 1,
    cuts: [
      { from: 1.5, to: 2.5 },
      { from: 4, to: 4.5, freeze: true },
    ],
    around: (t) => (t < 1.5 ? 0 : t < 4 ? 24 * DEGREE : -22 * DEGREE),
    roll: (t) => (t < 1.5 ? 0 : t < 4 ? 32 * DEGREE : -75 * DEGREE),
    distance: (t) => (t < 1.5 ? 0.6 : t < 4 ? 0.85 : 0.5),
    right: (t) => (t < 1.5 ? 0 : t < 4 ? 0.06 : -0.05),
  }),
  uncon: (s) => ({
    seconds: 8,
    shake: 1.6,
    exposure: 1 / 50,
    kbps: 600,
    around: wobble(s + 20, [0.2, 0.35], [0.5, 0.1]),
    above: wobble(s + 21, [0.22, 0.25]),
    roll: wobble(s + 25, [0.15, 0.5], [0.4, 0.15]),
    distance: breathing(0.7, wobble(s + 24, [0.17, 0.35])),
    right: wobble(s + 22, [0.3, 0.06]),
    down: wobble(s + 23, [0.35, 0.04]),
    gain: (t) => 1 + 0.25 * Math.sin(1.3 * t),
    read: 3,
    hand: {
      x: knots([0, 1.7], [3.4, 1.7], [4.2, 0.25], [5.2, 0.2], [6, 1.7]),
      y: knots([0, 1.5], [3.4, 1.4], [4.2, 0.3], [6, 1.5]),
      size: always(60),
      angle: always(-0.5),
    },
  }),
  late: (s) => ({
    seconds: 4,
    shake: 1.5,
    late: 24,
    kbps: 500,
    around: wobble(s + 20, [0.4, 0.2]),
    above: wobble(s + 21, [0.45, 0.15]),
    right: wobble(s + 22, [0.4, 0.06]),
    down: wobble(s + 23, [0.4, 0.03]),
    roll: wobble(s + 25, [0.3, 0.25]),
    distance: breathing(0.62, wobble(s + 24, [0.3, 0.2])),
  }),
  rolling: (s) => ({
    seconds: 5,
    shake: 1.5,
    readout: 0.022,
    exposure: 1 / 60,
    jerk: shaking(s, 0.02, 0.03, 0.03, [1.7, 1.9, 1.5]),
    jerkWhen: always(1),
  }),
  fold: (s) => ({
    seconds: 6,
    shake: 1,
    fold: true,
    around: knots([0, 0], [2, 32 * DEGREE], [4, -30 * DEGREE], [6, 0]),
    above: wobble(s + 21, [0.3, 0.12]),
    distance: breathing(0.6, wobble(s + 24, [0.2, 0.12])),
  }),
  small: (s) => ({
    seconds: 6,
    shake: 1.5,
    shrink: 0.3,
    around: wobble(s + 20, [0.25, 0.25]),
    above: wobble(s + 21, [0.3, 0.15]),
    roll: wobble(s + 25, [0.2, 0.3]),
    distance: knots([0, 0.6], [2, 0.42], [4.5, 1], [6, 0.6]),
  }),
  dark: (s) => ({
    seconds: 5,
    shake: 1.2,
    exposure: 1 / 16,
    gain: knots([0, 1], [0.6, 1], [1, 0.22], [4, 0.22], [5, 0.5]),
    read: 6,
    kbps: 250,
    jerk: shaking(s, 0.025, 0.035, 0.04, [1.6, 1.9, 1.5]),
    jerkWhen: knots([0, 0], [1, 0], [1.6, 1], [4, 1], [5, 0.4]),
  }),
  far: () => ({
    seconds: 6,
    shake: 1,
    right: knots([0, 0], [0.8, 0], [1.6, 1.3], [2.4, 1.3], [3.1, 0.05], [6, 0]),
    distance: knots([0, 0.6], [1.2, 0.6], [2.2, 1.6], [4.4, 1.6], [6, 0.8]),
    roll: knots([0, 0], [1.4, 0], [2.2, 65 * DEGREE], [6, 40 * DEGREE]),
    around: knots([0, 0], [1.4, 0], [2.2, -42 * DEGREE], [4.5, -42 * DEGREE], [6, 0]),
  }),
  twin: () => ({
    seconds: 7,
    shake: 0.8,
    twin: true,
    right: knots([0, 0], [1, 0], [1.9, 0.8], [2.4, 0.8], [3, 0.46], [4.2, 0.46], [5.2, 0], [7, -0.05]),
    roll: knots([0, 0], [2, 0], [3, 12 * DEGREE], [7, 8 * DEGREE]),
  }),
};

export const ALL = Object.keys(CATEGORIES);
export const HARD = ['small', 'dark', 'far', 'twin'];
export const LIKE_POT = ALL.filter((c) => !HARD.includes(c) && c !== 'rolling' && c !== 'fold');

export interface Scene {
  readonly name: string;
  readonly target: string;
  readonly category: string;
  readonly seed: number;
  readonly path: Path;
  readonly poseAt: (t: number) => Pose;
  readonly planes: readonly Plane[];
  /** What is scored: the corners of the region, or points of a stroke. */
  readonly points: readonly Vector[];
  readonly quad: readonly Vector[];
  /** Compression, kbit/s; undefined = as the sensor gives it. */
  readonly kbps: number | undefined;
}

function cameraPath(seed: number, p: Path): (t: number) => Pose {
  const a = p.shake;
  const turns = [1, 2].map((k) =>
    wobble(seed + k, [0.4, 0.01 * a], [1.1, 0.006 * a], [2.3, 0.003 * a], [8, 0.0006 * a]),
  );
  const roll = wobble(seed + 3, [0.5, 0.008 * a], [1.3, 0.005 * a], [7, 0.0005 * a]);
  const shifts = [4, 5].map((k) => wobble(seed + k, [0.3, 0.008 * a], [0.9, 0.004 * a]));
  shifts.push(wobble(seed + 6, [0.3, 0.008 * a], [0.8, 0.003 * a]));
  return (t) => {
    const jerk = p.jerkWhen?.(t) ?? 0;
    const by = (i: number): number => (p.jerk?.[i]?.(t) ?? 0) * jerk;
    const orbit = product(turnY(p.around?.(t) ?? 0), turnX(-(p.above?.(t) ?? 0)));
    const drift = shifts.map((s) => s(t) - s(0));
    const base = add(times(orbit, [0, 0, -(p.distance?.(t) ?? 0.6)]), [p.right?.(t) ?? 0, p.down?.(t) ?? 0, 0]);
    const turn = product(
      turnZ((p.roll?.(t) ?? 0) + roll(t) + by(2)),
      turnX(turns[0]!(t) + by(0)),
      turnY(turns[1]!(t) + by(1)),
      transpose(orbit),
    );
    return { turn, position: add(base, [drift[0]!, drift[1]!, drift[2]!]) };
  };
}

const on = (p: Plane, s: number, t: number): Vector =>
  add(p.origin, [p.u[0] * s + p.v[0] * t, p.u[1] * s + p.v[1] * t, p.u[2] * s + p.v[2] * t]);

export function background(name: string): Plane {
  const levels = picture(name);
  const { width, height } = levels[0]!;
  return { levels, origin: [-1.5, -1.1, 0.22], u: [3, 0, 0.15], v: [0, (3 * height) / width, 0.1], endless: true };
}

/** The target upright round the origin, about 0.3 m wide. */
export function upright(photo: string): Plane {
  const levels = picture(photo);
  const { width, height } = levels[0]!;
  const w = height / width > 0.8 ? 0.27 : 0.3;
  const h = (w * height) / width;
  return { levels, origin: [-w / 2, -h / 2, 0], u: [w, 0, 0], v: [0, h, 0] };
}

/** Two faces of a box that meet in an edge towards the camera, and a stroke across it. */
function folded(target: string, photo: string): Pick<Scene, 'planes' | 'points' | 'quad'> {
  const a = 0.16;
  const h = 0.24;
  const left: Plane = { levels: picture(photo), origin: [-a, -h / 2, a], u: [a, 0, -a], v: [0, h, 0] };
  const other = picture(target === 'box' ? 'board' : 'box');
  const right: Plane = { levels: other, origin: [0, -h / 2, 0], u: [a, 0, a], v: [0, h, 0] };
  const wave = (i: number): number => 0.5 + 0.22 * Math.sin(i * 0.5);
  const points = Array.from({ length: 16 }, (_, i) =>
    i < 8 ? on(left, 0.3 + (0.7 * i) / 8, wave(i)) : on(right, (0.7 * (i - 8)) / 7, wave(i)),
  );
  return {
    planes: [left, right],
    points,
    quad: [on(left, 0.2, 0.15), on(right, 0.8, 0.15), on(right, 0.8, 0.85), on(left, 0.2, 0.85)],
  };
}

function flat(t: Target, p: Path): Pick<Scene, 'planes' | 'points' | 'quad'> {
  const plane = upright(t.photo);
  const k = p.shrink ?? 1;
  const [x0, y0, x1, y1] = t.part;
  const [cx, cy, w, h] = [(x0 + x1) / 2, (y0 + y1) / 2, ((x1 - x0) / 2) * k, ((y1 - y0) / 2) * k];
  const quad = [
    on(plane, cx - w, cy - h),
    on(plane, cx + w, cy - h),
    on(plane, cx + w, cy + h),
    on(plane, cx - w, cy + h),
  ];
  const beside: Plane = { ...plane, origin: [plane.u[0] / 2 + 0.03, plane.origin[1], 0] };
  return { planes: p.twin ? [plane, beside] : [plane], points: quad, quad };
}

/** A sequence by its name; the same name is always the same sequence. `variant` gives other movements with the same character. */
export function scene(target: string, category: string, variant = ''): Scene {
  const t = TARGETS[target];
  const make = CATEGORIES[category];
  if (!t || !make) throw new Error(`no sequence ${target}-${category}`);
  const seed = seedOf(`${target}/${category}${variant}`);
  const path = make(seed);
  const known = Object.keys(TARGETS).indexOf(target);
  const kbps = path.kbps ?? ((known + ALL.indexOf(category)) % 2 ? 900 : undefined);
  const parts = path.fold ? folded(target, t.photo) : flat(t, path);
  const name = `${target}-${category}${variant && `-${variant}`}`;
  const planes = [...parts.planes, background(t.behind)];
  return { name, target, category, seed, path, poseAt: cameraPath(seed, path), ...parts, planes, kbps };
}
