import { fitting } from './quality.ts';
import { Tracker } from './tracker.ts';

export interface TrackerOptions {
  /** The bytes of core/core.wasm, or what was compiled from them (see load.ts). */
  readonly wasm: BufferSource | WebAssembly.Module;
  /** Size of every frame, px. Best 640 x 360 (or the same number of px in another shape) whatever the stream; 64..1280 x 64..960. */
  readonly width: number;
  readonly height: number;
  /** What a call of `process` may take on average at 30 frames/s, ms; with fewer frames in proportion more. While it takes longer, fewer patches
   *  are used, and searches are made ten times a second only. */
  readonly budgetMs?: number;
  /** When the views from steep sides are prepared: one per frame (default), or all while the anchor is added. */
  readonly prepare?: 'at-once' | 'in-background';
  /** Clock for the budget, ms; default: performance.now. */
  readonly now?: () => number;
}

export type CreateResult =
  | { readonly ok: true; readonly tracker: Tracker }
  | { readonly ok: false; readonly reason: 'no-simd' | 'bad-size' | 'bad-module' };

/** The smallest module that uses a vector instruction: (func (result v128) i32.const 0 i8x16.splat). */
const VECTOR_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);

/** Can this browser or runtime do it at all? (Chromium 91, Firefox 89, Safari 16.4 and Node 16.4 are the first that can.) */
export function hasSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(VECTOR_MODULE);
}

/** Makes a tracker for frames of one size. Never throws: without SIMD, with an impossible size or with other bytes it says so by value. */
export function createTracker(o: TrackerOptions): CreateResult {
  if (!hasSimd()) return { ok: false, reason: 'no-simd' };
  if (!fitting(o.width, o.height)) return { ok: false, reason: 'bad-size' };
  try {
    const module = o.wasm instanceof WebAssembly.Module ? o.wasm : new WebAssembly.Module(o.wasm);
    const { width, height, budgetMs, prepare = 'in-background', now = () => performance.now() } = o;
    return { ok: true, tracker: new Tracker(module, { width, height, budgetMs, prepare, now }) };
  } catch {
    return { ok: false, reason: 'bad-module' };
  }
}
