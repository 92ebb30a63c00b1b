/** What the WebAssembly module offers (core/core.as.ts). Numbers named `p...` are addresses in its memory. */
export interface CoreCalls {
  readonly memory: WebAssembly.Memory;
  readonly alloc: (bytes: number) => number;
  readonly pyramid: (width: number, height: number, reuse: number) => number;
  readonly buildPyramid: (pPyramid: number) => void;
  readonly pixelsOf: (pPyramid: number) => number;
  readonly rowOf: (pPyramid: number) => number;
  readonly warp: (pSrc: number, pDst: number, a: number, b: number, c: number, d: number, e: number, f: number) => void;
  readonly makeTemplate: (
    pSlot: number,
    pSrc: number,
    x: number,
    y: number,
    c00: number,
    c01: number,
    c10: number,
    c11: number,
  ) => number;
  readonly initFeatures: (width: number, height: number) => void;
  readonly findFeatures: (
    pPyramid: number,
    scales: number,
    cell: number,
    least: number,
    most: number,
    pRecords: number,
    pDescriptors: number,
  ) => number;
  readonly matchFeatures: (
    n: number,
    pRecords: number,
    pDescriptors: number,
    pPlaces: number,
    pDatabase: number,
    pRanges: number,
    apart: number,
    pOut: number,
  ) => void;
  readonly stepPose: (
    pSrc: number,
    pFrame: number,
    pPoints: number,
    n: number,
    pSlots: number,
    pPose: number,
    level: number,
    iterations: number,
    reach: number,
    freedom: number,
    zMin: number,
    cutFirst: number,
    cut: number,
    loose: number,
    noise: number,
    useOffset: number,
    pResult: number,
  ) => void;
  readonly glance: (
    pSrc: number,
    pFrame: number,
    pMap: number,
    cx: number,
    cy: number,
    ux: number,
    uy: number,
    vx: number,
    vy: number,
  ) => number;
  readonly answerTable: () => number;
  readonly hypothesise: (
    n: number,
    pMatches: number,
    pFeatures: number,
    pMaps: number,
    cx: number,
    cy: number,
    radius: number,
    most: number,
    pOut: number,
  ) => number;
}

const CALLS = [
  'alloc',
  'pyramid',
  'buildPyramid',
  'pixelsOf',
  'rowOf',
  'warp',
  'makeTemplate',
  'initFeatures',
  'findFeatures',
  'matchFeatures',
  'stepPose',
  'glance',
  'answerTable',
  'hypothesise',
] as const;

function hasCalls(e: WebAssembly.Exports): e is WebAssembly.Exports & CoreCalls {
  return e['memory'] instanceof WebAssembly.Memory && CALLS.every((name) => typeof e[name] === 'function');
}

/** The instantiated module and views of its memory (views are renewed when it has grown: ask for them again after every `alloc`). */
export class Core {
  readonly call: CoreCalls;
  private bytes = new Uint8Array(0);
  private floats = new Float32Array(0);
  private doubles = new Float64Array(0);

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, {});
    if (!hasCalls(exports)) throw new TypeError('not the tracker core');
    this.call = exports;
  }

  private readonly free = new Map<number, number[]>();
  private readonly pyramids = new Map<string, number[]>();

  /** A block of that many bytes: one given back earlier, else new. */
  take(bytes: number): number {
    return this.free.get(bytes)?.pop() ?? this.call.alloc(bytes);
  }

  /** Gives a block of `take` back. */
  give(p: number, bytes: number): void {
    const list = this.free.get(bytes);
    if (list) list.push(p);
    else this.free.set(bytes, [p]);
  }

  takePyramid(width: number, height: number): number {
    return this.pyramids.get(`${width}x${height}`)?.pop() ?? this.call.pyramid(width, height, 0);
  }

  givePyramid(p: number, width: number, height: number): void {
    const key = `${width}x${height}`;
    const list = this.pyramids.get(key);
    if (list) list.push(p);
    else this.pyramids.set(key, [p]);
  }

  private renew(): void {
    const { buffer } = this.call.memory;
    if (this.bytes.buffer === buffer) return;
    this.bytes = new Uint8Array(buffer);
    this.floats = new Float32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }
  get u8(): Uint8Array {
    this.renew();
    return this.bytes;
  }
  /** Index = address / 4. */
  get f32(): Float32Array {
    this.renew();
    return this.floats;
  }
  /** Index = address / 8. */
  get f64(): Float64Array {
    this.renew();
    return this.doubles;
  }

  /** Copies a gray picture (row-major, no padding) into level 0 of a pyramid and builds the coarser levels. */
  upload(pPyramid: number, gray: Uint8Array, width: number, height: number): void {
    const at = this.call.pixelsOf(pPyramid);
    const row = this.call.rowOf(pPyramid);
    const { u8 } = this;
    for (let y = 0; y < height; y++) u8.set(gray.subarray(y * width, (y + 1) * width), at + y * row);
    this.call.buildPyramid(pPyramid);
  }
}

/** Entry i of a table; a place outside it is a programming error and reads as 0. */
export const at = (table: ArrayLike<number>, i: number): number => table[i] ?? 0;
