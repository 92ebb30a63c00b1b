import { at, type Core } from './core.ts';
import { bounds, centre, contains, grown, type Quad } from './region.ts';

/** A simulated view: anchor px -> view px, affine. */
type Affine = readonly [number, number, number, number, number, number];

/** How steep and towards which side the anchor is looked at in advance (tilt = 1 / cos of the angle; Morel & Yu, ASIFT, 2009). */
const VIEWS: readonly { readonly tilt: number; readonly turns: number; readonly most: number }[] = [
  { tilt: 1, turns: 1, most: 320 },
  { tilt: 1.9, turns: 5, most: 130 },
  { tilt: 3.2, turns: 8, most: 80 },
];

/** Features of the anchor seen from many sides, sorted by class, in the module's memory. */
export interface Database {
  readonly count: number;
  readonly pDescriptors: number;
  readonly pPlaces: number;
  readonly pMaps: number;
  readonly pStarts: number;
}

export interface Scratch {
  readonly pView: number;
  readonly width: number;
  readonly height: number;
  readonly pRecords: number;
  readonly pDescriptors: number;
  readonly most: number;
}

interface Entry {
  readonly scale: number;
  readonly response: number;
  readonly x: number;
  readonly y: number;
  readonly kind: number;
  readonly map: Affine;
  readonly descriptor: Uint8Array;
}

function view(region: Quad, tilt: number, angle: number): Affine {
  // turn by -angle, squeeze x, keep the region's centre at the origin
  const [cx, cy] = centre(region);
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const a = c / tilt;
  const b = s / tilt;
  return [a, b, -(a * cx + b * cy), -s, c, s * cx - c * cy];
}

function extent(v: Affine, outer: Quad): { x0: number; y0: number; x1: number; y1: number } {
  const xs = [0, 2, 4, 6].map((i) => v[0] * (outer[i] ?? 0) + v[1] * (outer[i + 1] ?? 0) + v[2]);
  const ys = [0, 2, 4, 6].map((i) => v[3] * (outer[i] ?? 0) + v[4] * (outer[i + 1] ?? 0) + v[5]);
  return { x0: Math.min(...xs), y0: Math.min(...ys), x1: Math.max(...xs), y1: Math.max(...ys) };
}

function look(core: Core, scratch: Scratch, pAnchor: number, region: Quad, reach: number, v: Affine, most: number): Entry[] {
  const outer = grown(region, reach);
  const wide = grown(region, reach * 1.5);
  const e = extent(v, wide);
  const margin = 20;
  const width = Math.min(scratch.width, Math.ceil(e.x1 - e.x0 + 2 * margin));
  const height = Math.min(scratch.height, Math.ceil(e.y1 - e.y0 + 2 * margin));
  const shiftX = (e.x0 + e.x1 - width) / 2;
  const shiftY = (e.y0 + e.y1 - height) / 2;
  const map: Affine = [v[0], v[1], v[2] - shiftX, v[3], v[4], v[5] - shiftY];
  const det = map[0] * map[4] - map[1] * map[3];
  const inv: Affine = [
    map[4] / det,
    -map[1] / det,
    (map[1] * map[5] - map[4] * map[2]) / det,
    -map[3] / det,
    map[0] / det,
    (map[3] * map[2] - map[0] * map[5]) / det,
  ];
  core.call.pyramid(width, height, scratch.pView);
  core.call.warp(pAnchor, scratch.pView, ...inv);
  core.call.buildPyramid(scratch.pView);
  const n = core.call.findFeatures(scratch.pView, 6, 6, 60, scratch.most, scratch.pRecords, scratch.pDescriptors);
  const { f32, u8 } = core;
  const entries: Entry[] = [];
  for (let i = 0; i < n; i++) {
    const r = scratch.pRecords / 4 + i * 6;
    const vx = at(f32, r);
    const vy = at(f32, r + 1);
    const x = inv[0] * vx + inv[1] * vy + inv[2];
    const y = inv[3] * vx + inv[4] * vy + inv[5];
    // what is seen from afar is taken from a wider neighbourhood: the region alone has too little to say there
    if (!contains(at(f32, r + 2) < 2.5 ? outer : wide, x, y)) continue;
    const k = 1 / at(f32, r + 2);
    const c = Math.cos(at(f32, r + 3)) * k;
    const s = Math.sin(at(f32, r + 3)) * k;
    const p = scratch.pDescriptors + i * 128;
    entries.push({
      x,
      y,
      kind: at(f32, r + 4),
      scale: at(f32, r + 2),
      response: at(f32, r + 5) * (contains(region, x, y) ? 2 : 1),
      // anchor px -> feature's own frame: turn back, divide by its scale
      map: [c * map[0] + s * map[3], c * map[1] + s * map[4], 0, -s * map[0] + c * map[3], -s * map[1] + c * map[4], 0],
      descriptor: u8.slice(p, p + 128),
    });
  }
  return balanced(entries, most);
}

/** The strongest of every scale: finer ones have more. */
function balanced(entries: Entry[], most: number): Entry[] {
  const kept: Entry[] = [];
  for (const [scale, share] of [[1, 0.34], [1.5, 0.26], [2, 0.22], [3, 0.22], [4, 0.2], [6, 0.12]] as const) {
    const of = entries.filter((e) => e.scale === scale).sort((a, b) => b.response - a.response);
    kept.push(...of.slice(0, Math.ceil(most * share)));
  }
  return kept;
}

/** Describes the region and a little around it (factor `reach`) as it looks from the front and from steep sides. */
export function buildDatabase(core: Core, scratch: Scratch, pAnchor: number, region: Quad, reach: number): Database {
  const box = bounds(region);
  const most = Math.max(box.x1 - box.x0, box.y1 - box.y0);
  const factor = Math.max(reach, Math.min(3, 110 / most));
  const entries: Entry[] = [];
  for (const { tilt, turns, most } of VIEWS) {
    for (let i = 0; i < turns; i++) {
      entries.push(...look(core, scratch, pAnchor, region, factor, view(region, tilt, (i * Math.PI) / turns), most));
    }
  }
  return store(core, entries);
}

function store(core: Core, entries: Entry[]): Database {
  entries.sort((a, b) => a.kind - b.kind);
  const count = entries.length;
  const db = {
    count,
    pDescriptors: core.call.alloc(count * 128 + 16),
    pPlaces: core.call.alloc(count * 16 + 16),
    pMaps: core.call.alloc(count * 24 + 24),
    pStarts: core.call.alloc(16),
  };
  const { f32, u8 } = core;
  entries.forEach((e, i) => {
    u8.set(e.descriptor, db.pDescriptors + i * 128);
    f32.set([e.x, e.y, e.kind, 0], db.pPlaces / 4 + i * 4);
    f32.set(e.map, db.pMaps / 4 + i * 6);
  });
  const starts = new Int32Array(core.call.memory.buffer, db.pStarts, 4);
  for (let k = 0; k < 4; k++) starts[k] = entries.filter((e) => e.kind < k).length;
  return db;
}
