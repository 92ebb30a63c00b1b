import type { Contestant } from './contestant.ts';
import { mean, percentile } from './numbers.ts';
import type { Sequence } from './sequence.ts';
import { RATE } from './space.ts';

/** A frame counts when at least half of the region can be seen; the target is away when at most 2 % of it can. */
const COUNTS = 0.5;
const AWAY = 0.02;
const WRONG = 10;
const RIGHT = 5;

export interface Row {
  readonly index: number;
  readonly visible: number;
  /** RMS distance of the scored points, px (e_AL of POT-210); undefined = not drawn. */
  readonly error: number | undefined;
  readonly dx: number;
  readonly dy: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Played {
  readonly name: string;
  readonly target: string;
  readonly category: string;
  readonly compressed: boolean;
  readonly rows: readonly Row[];
}

const cpuMs = (since: NodeJS.CpuUsage): number => {
  const c = process.cpuUsage(since);
  return (c.user + c.system) / 1000;
};

/** Plays one sequence to one tracker. */
export async function play(c: Contestant, s: Sequence): Promise<Played> {
  const run = await c.make();
  const first = s.truth[0]!;
  const [a, b, d, e] = first.quad;
  run.anchor(s.anchor, [a![0], a![1], b![0], b![1], d![0], d![1], e![0], e![1]]);
  const rows: Row[] = [];
  for (let index = s.start; index < s.truth.length; index++) {
    const frame = s.frame(index);
    const cpu = process.cpuUsage();
    const wall = performance.now();
    const map = run.process(frame, (index * 1000) / RATE);
    const wallMs = performance.now() - wall;
    const used = cpuMs(cpu);
    const truth = s.truth[index]!;
    const off = map ? first.points.map(([x, y], k) => difference(map(x, y), truth.points[k]!)) : [];
    const squares = mean(off.map(([x, y]) => x * x + y * y));
    const error = map ? (Number.isFinite(squares) ? Math.sqrt(squares) : 1e6) : undefined;
    const [dx, dy] = [mean(off.map((o) => o[0])), mean(off.map((o) => o[1]))];
    rows.push({ index, visible: truth.visible, error, dx, dy, wallMs, cpuMs: used });
  }
  run.end();
  return { name: s.name, target: s.target, category: s.category, compressed: s.compressed, rows };
}

const difference = (a: readonly [number, number], b: readonly [number, number]): readonly [number, number] => [
  a[0] - b[0],
  a[1] - b[1],
];

export interface Summary {
  readonly sequences: number;
  readonly frames: number;
  /** Share of the counted frames drawn within 5, 2.5 and 1 px, %. */
  readonly p5: number;
  readonly p25: number;
  readonly p1: number;
  readonly medianError: number;
  readonly wrong: number;
  /** Share of the frames with the target away in which something is drawn, %; NaN when there are none. */
  readonly drawnAway: number;
  /** Counted frames from the return of the target until it is right. */
  readonly returnMedian: number;
  readonly returnWorst: number;
  readonly jitter: number;
  readonly cpuP50: number;
  readonly cpuP95: number;
  readonly cpuMean: number;
  readonly wallP50: number;
  readonly cpuMost: number;
  readonly wallMost: number;
}

/** Frames it took after each absence. Infinity when the sequence ended before. */
function returns(p: Played): number[] {
  const out: number[] = [];
  let waited: number | undefined;
  let wasAway = false;
  for (const r of p.rows) {
    if (r.visible <= AWAY) {
      wasAway = true;
      waited = undefined;
    }
    if (r.visible < COUNTS || !wasAway) continue;
    waited ??= 0;
    if (r.error !== undefined && r.error <= RIGHT) {
      out.push(waited);
      wasAway = false;
      waited = undefined;
    } else waited++;
  }
  if (waited) out.push(Number.POSITIVE_INFINITY);
  return out;
}

function jumps(p: Played): number[] {
  const out: number[] = [];
  let before: Row | undefined;
  for (const r of p.rows) {
    const usable = r.visible >= COUNTS && r.error !== undefined && r.error <= WRONG;
    if (usable && before) out.push(Math.hypot(r.dx - before.dx, r.dy - before.dy));
    before = usable ? r : undefined;
  }
  return out;
}

export function summarise(list: readonly Played[]): Summary {
  const rows = list.flatMap((p) => p.rows);
  const counted = rows.filter((r) => r.visible >= COUNTS);
  const away = rows.filter((r) => r.visible <= AWAY);
  const within = (px: number): number =>
    (100 * counted.filter((r) => (r.error ?? Infinity) <= px).length) / counted.length;
  const back = list.flatMap(returns);
  const cpu = rows.map((r) => r.cpuMs);
  const wall = rows.map((r) => r.wallMs);
  return {
    sequences: list.length,
    frames: counted.length,
    p5: within(RIGHT),
    p25: within(2.5),
    p1: within(1),
    medianError: percentile(
      counted.flatMap((r) => r.error ?? []),
      50,
    ),
    wrong: (100 * counted.filter((r) => r.error !== undefined && r.error > WRONG).length) / counted.length,
    drawnAway: (100 * away.filter((r) => r.error !== undefined).length) / away.length,
    returnMedian: percentile(back, 50),
    returnWorst: back.length ? Math.max(...back) : Number.NaN,
    jitter: Math.sqrt(mean(list.flatMap(jumps).map((j) => j * j))),
    cpuP50: percentile(cpu, 50),
    cpuP95: percentile(cpu, 95),
    cpuMean: mean(cpu),
    wallP50: percentile(wall, 50),
    cpuMost: Math.max(...cpu),
    wallMost: Math.max(...wall),
  };
}
