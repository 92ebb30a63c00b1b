import type { Core } from './core.ts';

/** Classes of features: bright blobs, dark blobs, saddles (core/features.as.ts). Only like is compared with like. */
const CLASSES = 3;
/** Entries a class can hold. */
const ROOM = 1100;
const COUNT = CLASSES * ROOM;
const BYTES = { descriptors: COUNT * 128, places: COUNT * 16, maps: COUNT * 24, ranges: CLASSES * 8 } as const;

/** One feature of the anchor as it looks in some view. */
export interface Entry {
  /** Position in anchor px. */
  readonly x: number;
  readonly y: number;
  readonly kind: number;
  /** Linear part of the map from anchor px to the feature's own frame (turned and scaled to unit size), row-major. */
  readonly map: readonly [number, number, number, number];
  readonly descriptor: Uint8Array;
}

/** The described features of one anchor, in the module's memory. Grows: simulated views at first, key views later. */
export class Database {
  readonly pDescriptors: number;
  readonly pPlaces: number;
  readonly pMaps: number;
  readonly pRanges: number;
  private readonly core: Core;
  private readonly counts = [0, 0, 0];

  constructor(core: Core) {
    this.core = core;
    this.pDescriptors = core.take(BYTES.descriptors);
    this.pPlaces = core.take(BYTES.places);
    this.pMaps = core.take(BYTES.maps);
    this.pRanges = core.take(BYTES.ranges);
    this.writeRanges();
  }

  get count(): number {
    return this.counts.reduce((a, b) => a + b, 0);
  }

  /** Adds entries; those that find no room are left out. */
  add(entries: readonly Entry[]): void {
    const { f32, u8 } = this.core;
    for (const e of entries) {
      const n = this.counts[e.kind];
      if (n === undefined || n >= ROOM) continue;
      const i = e.kind * ROOM + n;
      u8.set(e.descriptor, this.pDescriptors + i * 128);
      f32.set([e.x, e.y, e.kind, 0], this.pPlaces / 4 + i * 4);
      const [a, b, c, d] = e.map;
      f32.set([a, b, 0, c, d, 0], this.pMaps / 4 + i * 6);
      this.counts[e.kind] = n + 1;
    }
    this.writeRanges();
  }

  private writeRanges(): void {
    const ranges = new Int32Array(this.core.call.memory.buffer, this.pRanges, 2 * CLASSES);
    this.counts.forEach((n, k) => {
      ranges[2 * k] = k * ROOM;
      ranges[2 * k + 1] = k * ROOM + n;
    });
  }

  free(): void {
    this.core.give(this.pDescriptors, BYTES.descriptors);
    this.core.give(this.pPlaces, BYTES.places);
    this.core.give(this.pMaps, BYTES.maps);
    this.core.give(this.pRanges, BYTES.ranges);
  }
}
