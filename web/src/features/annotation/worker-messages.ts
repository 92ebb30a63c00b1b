import type { PictureId } from '#contract/annotation/ids.ts';
import type { Frame } from './frames.ts';
import type { Encoded, Found, Poor, Wanted } from './tracking.ts';

/** What the page tells the tracker's worker. */
export type ToWorker =
  | { readonly kind: 'learn'; readonly pictureId: PictureId; readonly source: Frame | Blob }
  | { readonly kind: 'encode'; readonly ask: number; readonly sources: readonly Frame[] }
  | { readonly kind: 'want'; readonly wanted: readonly Wanted[] }
  | { readonly kind: 'look'; readonly ask: number; readonly frame: Frame; readonly atMs: number };

/** What the worker answers. */
export type FromWorker =
  | { readonly kind: 'encoded'; readonly ask: number; readonly encoded: Encoded | null }
  | {
      readonly kind: 'found';
      readonly ask: number;
      readonly found: readonly Found[];
      readonly tookMs: number;
      readonly restMs: number;
    }
  | { readonly kind: 'poor'; readonly poor: Poor }
  /** This device can't follow anything. */
  | { readonly kind: 'off' };

const kindsIn: ReadonlySet<unknown> = new Set<ToWorker['kind']>(['learn', 'encode', 'want', 'look']);
const kindsOut: ReadonlySet<unknown> = new Set<FromWorker['kind']>(['encoded', 'found', 'poor', 'off']);

const kindOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'kind' in data ? data.kind : undefined;

/*
 * Both ends are the same build of the same page, so the kind is enough to know the rest; what is not ours (a browser
 * extension's messages) has none of these.
 */

/** Whether the page has sent this. */
export const isToWorker = (data: unknown): data is ToWorker => kindsIn.has(kindOf(data));

/** Whether the worker has sent this. */
export const isFromWorker = (data: unknown): data is FromWorker => kindsOut.has(kindOf(data));
