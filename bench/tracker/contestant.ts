import { readFileSync } from 'node:fs';
import { type AnchorPoint, anchorPoint, coreUrl, createTracker, type Quad } from '../../tracker/index.ts';
import { HEIGHT, WIDTH } from './space.ts';

/** A tracker in the benchmark. */
export interface Contestant {
  readonly name: string;
  readonly make: () => Promise<Run>;
}

/** One instance per sequence. */
export interface Run {
  readonly anchor: (gray: Uint8Array, quad: Quad) => void;
  /** Anchor px -> frame px, or undefined when nothing would be drawn. Only this call is timed. */
  readonly process: (gray: Uint8Array, ms: number) => ((x: number, y: number) => readonly [number, number]) | undefined;
  readonly end: () => void;
}

export const wasmBytes = (): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(coreUrl));
const module = new WebAssembly.Module(wasmBytes());

/** The product's tracker as the product uses it; `prepare` as in its options. */
export function ours(prepare: 'at-once' | 'in-background'): Contestant {
  return {
    name: 'Sightglass',
    make: async () => {
      const created = createTracker({ wasm: module, width: WIDTH, height: HEIGHT, prepare });
      if (!created.ok) throw new Error(created.reason);
      const { tracker } = created;
      return {
        anchor: (gray, quad) => {
          const added = tracker.addAnchor({ gray, width: WIDTH, height: HEIGHT }, { quad });
          if (!added.ok) throw new Error(added.reason);
        },
        process: (gray, ms) => {
          const [r] = tracker.process(gray, ms);
          if (!r || (r.state !== 'tracking' && r.state !== 'uncertain')) return undefined;
          return (x, y) => {
            const p: AnchorPoint = anchorPoint(x, y);
            const f = r.map(p);
            return [f.x, f.y];
          };
        },
        end: () => tracker.dispose(),
      };
    },
  };
}
