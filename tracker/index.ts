export type { Picture } from './anchor.ts';
export { createTracker, hasSimd } from './create.ts';
export { coreUrl, loadCore } from './load.ts';
export { type AnchorPoint, anchorPoint, apply, framePoint, type Homography } from './matrix.ts';
export type { Quad } from './region.ts';
export type { TrackResult, TrackState } from './result.ts';
export type { Tracker } from './tracker.ts';
