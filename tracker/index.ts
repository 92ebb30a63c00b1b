export type { Picture } from './anchor.ts';
export { type CreateResult, createTracker, hasSimd, type TrackerOptions } from './create.ts';
export { coreUrl, loadCore } from './load.ts';
export { type AnchorPoint, anchorPoint, apply, type FramePoint, framePoint, type Homography } from './matrix.ts';
export type { AddResult, RegionInput } from './quality.ts';
export type { Quad } from './region.ts';
export type { Hidden, Shown, TrackResult, TrackState } from './result.ts';
export type { Tracker } from './tracker.ts';
