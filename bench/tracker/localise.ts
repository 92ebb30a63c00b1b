import type { Contestant } from './contestant.ts';
import { percentile } from './numbers.ts';
import { render } from './render.ts';
import { background, TARGETS, upright } from './scenes.ts';
import { FOCAL, type Pose, product, project, times, transpose, turnX, turnY, turnZ, type Vector } from './space.ts';

const DEGREE = Math.PI / 180;

interface Look {
  readonly group: string;
  readonly around: number;
  readonly above: number;
  readonly roll: number;
  readonly distance: number;
  /** Way of the picture during the exposure, px. */
  readonly blur: number;
  readonly gain: number;
}

const FRONT: Look = { group: 'front', around: 0, above: 0, roll: 0, distance: 0.6, blur: 0, gain: 1 };
const looks = (group: string, list: readonly Partial<Look>[]): Look[] => list.map((l) => ({ ...FRONT, ...l, group }));

/** 29 ways in which one later frame may differ from the anchor. */
const LOOKS: readonly Look[] = [
  ...looks(
    'size',
    [0.3, 0.4, 0.5, 0.7, 1.4, 2, 2.8].map((s) => ({ distance: 0.6 / s })),
  ),
  ...looks(
    'roll',
    [20, 45, 90, 135, 180].map((r) => ({ roll: r * DEGREE })),
  ),
  ...looks(
    'tilt',
    [20, 35, 45, 55, 65, 72].map((t) => ({ around: t * DEGREE * 0.8, above: t * DEGREE * 0.6 })),
  ),
  ...looks(
    'blur',
    [3, 6, 10, 15].map((blur) => ({ blur })),
  ),
  ...looks(
    'light',
    [0.25, 0.5, 1.6].map((gain) => ({ gain })),
  ),
  ...looks('mixed', [
    { around: 25 * DEGREE, roll: 40 * DEGREE, distance: 0.8 },
    { above: 30 * DEGREE, roll: -70 * DEGREE, distance: 0.45 },
    { around: -40 * DEGREE, roll: 20 * DEGREE, distance: 1, gain: 0.6 },
    { around: 20 * DEGREE, above: 20 * DEGREE, roll: 160 * DEGREE, distance: 0.9, blur: 3 },
  ]),
];

function shot(name: string, l: Look, noiseSeed: number): { gray: Uint8Array; quad: readonly Vector[] } {
  const target = TARGETS[name]!;
  const plane = upright(target.photo);
  const orbit = product(turnY(l.around), turnX(-l.above));
  const position = times(orbit, [0, 0, -l.distance]);
  const speed = l.blur / FOCAL;
  const poseAt = (t: number): Pose => ({
    turn: product(turnZ(l.roll), turnY(speed * t * 0.8), turnX(speed * t * 0.6), transpose(orbit)),
    position,
  });
  const planes = [plane, background(target.behind)];
  const light = { gain: l.gain, gamma: 1, read: 2.5 };
  const samples = Math.max(6, Math.ceil(l.blur * 1.5));
  const gray = render({ planes, poseAt, t: 0, exposure: 1, readout: 0, samples, light, noiseSeed });
  const [x0, y0, x1, y1] = target.part;
  const [w, h] = [plane.u[0], plane.v[1]];
  const corners = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ] as const;
  const quad = corners.map(([s, t]) => project([plane.origin[0] + w * s, plane.origin[1] + h * t, 0], poseAt(0)));
  return { gray, quad };
}

export interface Localisation {
  readonly found: number;
  readonly wrong: number;
  readonly all: number;
  readonly medianError: number;
  readonly cpuP50: number;
  readonly groups: ReadonlyMap<string, readonly [number, number]>;
}

/** Anchor from the front, then one single frame from elsewhere: found when all corners are within 5 px (RMS), wrong from 10 px on. */
export async function localise(c: Contestant, targets: readonly string[]): Promise<Localisation> {
  const groups = new Map<string, [number, number]>();
  const errors: number[] = [];
  const cpu: number[] = [];
  let wrong = 0;
  for (const name of targets) {
    const front = shot(name, FRONT, 1);
    const [a, b, d, e] = front.quad;
    for (const l of LOOKS) {
      const { gray, quad } = shot(name, l, 7);
      const run = await c.make();
      run.anchor(front.gray, [a![0], a![1], b![0], b![1], d![0], d![1], e![0], e![1]]);
      const before = process.cpuUsage();
      const map = run.process(gray, 0);
      const used = process.cpuUsage(before);
      cpu.push((used.user + used.system) / 1000);
      const off = map
        ? front.quad.map((p, k) => Math.hypot(map(p[0], p[1])[0] - quad[k]![0], map(p[0], p[1])[1] - quad[k]![1]))
        : [];
      const error = map ? Math.sqrt(off.reduce((s, o) => s + o * o, 0) / 4) : Number.POSITIVE_INFINITY;
      run.end();
      const tally = groups.get(l.group) ?? [0, 0];
      tally[1]++;
      if (error <= 5) {
        tally[0]++;
        errors.push(error);
      } else if (map && error > 10) wrong++;
      groups.set(l.group, tally);
    }
  }
  const all = targets.length * LOOKS.length;
  return { found: errors.length, wrong, all, medianError: percentile(errors, 50), cpuP50: percentile(cpu, 50), groups };
}
