import type { Sight } from '#contract/annotation/channel.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { outlineOf } from '#core/annotation/outline.ts';
import { groupByRegion, regionOf, regionOnTheWay } from '#core/annotation/region.ts';
import type { Box, Size } from '#core/geometry/points.ts';
import { frameToAnchor } from '#core/geometry/spaces.ts';
import type { Found, Wanted } from './tracking.ts';

/** As much of the tracker (tracker/index.ts) as a scene uses: px of gray pictures in, places out. */
export interface PlaneTracker {
  addAnchor(input: {
    readonly gray: Uint8Array;
    readonly width: number;
    readonly height: number;
    /** Corners x, y, clockwise from the upper left one. */
    readonly region: readonly number[];
  }): { readonly id: number; readonly features: number };
  removeAnchor(id: number): void;
  process(gray: Uint8Array, atMs: number): readonly TrackedAnchor[];
  dispose(): void;
}
export interface TrackedAnchor {
  readonly id: number;
  readonly state: 'tracking' | 'uncertain' | 'lost' | 'ambiguous';
  readonly pose: ArrayLike<number> | undefined;
  readonly map: (x: number, y: number) => readonly [number, number];
}

interface Gray extends Size {
  readonly data: Uint8Array;
}

/** A part of a picture that is looked for, and the drawings that lie on it. */
interface Anchor {
  readonly key: string;
  readonly pictureId: PictureId;
  readonly region: Box;
  readonly drawings: readonly { readonly id: DrawingId; readonly places: Float32Array }[];
  id: number;
  poor: boolean;
  /** Since when another has taken its place; it is followed until the other is found. */
  replacedAtMs: number | null;
  last: TrackedAnchor | null;
}

export interface Scene {
  learn(id: PictureId, gray: Uint8Array, size: Size): void;
  want(wanted: readonly Wanted[]): void;
  process(gray: Uint8Array, size: Size, atMs: number): readonly Found[];
}

/** With fewer distinct places than this (research/ar-tracking.md §5) a region is too poor. */
const LEAST_FEATURES = 20;
const WIDEN = [1, 1.8, 3];
const REPLACED_MS = 1_500;
/** Each costs time in every frame; further ones wait until some are taken away. */
const MOST_ANCHORS = 24;

/**
 * Knows the pictures that were drawn on, puts drawings that lie on one thing together, and says for every frame where each is.
 * `poor` is told of a drawing whose surroundings, though widened, give too little to hold on to.
 */
export function createScene(makeTracker: (size: Size) => PlaneTracker, poor: (id: DrawingId) => void): Scene {
  const pictures = new Map<PictureId, Gray>();
  let wanted: readonly Wanted[] = [];
  let stale = true;
  let anchors: Anchor[] = [];
  let tracker: PlaneTracker | null = null;
  let trackerSize: Size = { width: 0, height: 0 };

  const add = (anchor: Anchor, on: PlaneTracker) => {
    const picture = pictures.get(anchor.pictureId);
    if (picture === undefined) return;
    const { data: gray, width, height } = picture;
    for (const widen of WIDEN) {
      const { id, features } = on.addAnchor({ gray, width, height, region: corners(anchor.region, widen, picture) });
      anchor.id = id;
      anchor.poor = features < LEAST_FEATURES;
      if (!anchor.poor || widen === WIDEN.at(-1)) return;
      on.removeAnchor(id);
    }
  };

  const arrange = (on: PlaneTracker, atMs: number) => {
    const next = desired(wanted, pictures).slice(0, MOST_ANCHORS);
    const keys = new Set(next.map((one) => one.key));
    for (const anchor of anchors) if (!keys.has(anchor.key)) anchor.replacedAtMs ??= atMs;
    for (const fresh of next) {
      const known = anchors.find((one) => one.key === fresh.key);
      if (known !== undefined) {
        known.replacedAtMs = null;
        continue;
      }
      add(fresh, on);
      anchors.push(fresh);
      if (fresh.poor) for (const { id } of fresh.drawings) poor(id);
    }
  };

  const retire = (on: PlaneTracker, atMs: number) => {
    const live = new Set(wanted.map((one) => one.id));
    const found = new Set(
      anchors.flatMap((one) =>
        one.replacedAtMs === null && one.last?.state === 'tracking' ? one.drawings.map(({ id }) => id) : [],
      ),
    );
    anchors = anchors.filter((one) => {
      const needed = one.drawings.some(({ id }) => live.has(id) && !found.has(id));
      if (one.replacedAtMs === null || (needed && atMs - one.replacedAtMs < REPLACED_MS)) return true;
      on.removeAnchor(one.id);
      return false;
    });
  };

  return {
    learn(id, data, { width, height }) {
      if (pictures.has(id)) return;
      pictures.set(id, { data, width, height });
      stale = true;
    },
    want(next) {
      wanted = next;
      stale = true;
      const used = new Set(next.map((one) => one.pictureId));
      // What is drawn on next was learnt just before: only old ones go.
      for (const id of [...pictures.keys()].slice(0, -4)) if (!used.has(id)) pictures.delete(id);
    },
    process(gray, size, atMs) {
      if (tracker === null || trackerSize.width !== size.width || trackerSize.height !== size.height) {
        tracker?.dispose();
        tracker = makeTracker(size);
        trackerSize = size;
        anchors = anchors.filter((one) => one.replacedAtMs === null);
        for (const anchor of anchors) {
          add(anchor, tracker);
          anchor.last = null;
        }
      }
      if (stale) arrange(tracker, atMs);
      stale = false;
      const byId = new Map(tracker.process(gray, atMs).map((one) => [one.id, one]));
      for (const anchor of anchors) anchor.last = byId.get(anchor.id) ?? null;
      retire(tracker, atMs);
      return wanted.map(({ id, pictureId, onTheWay }) =>
        foundOf(id, anchors, pictures.get(pictureId) ?? size, size, onTheWay),
      );
    },
  };
}

function desired(wanted: readonly Wanted[], pictures: ReadonlyMap<PictureId, Gray>): Anchor[] {
  const blank = { id: -1, poor: false, replacedAtMs: null, last: null };
  const anchors: Anchor[] = [];
  const byPicture = Map.groupBy(wanted, (one) => one.pictureId);
  for (const [pictureId, all] of byPicture) {
    const picture = pictures.get(pictureId);
    if (picture === undefined) continue;
    const outlined = all.map((one) => ({ one, outline: outlineOf(one.shape, picture) }));
    const finished = outlined.filter(({ one }) => !one.onTheWay);
    for (const { one, outline } of outlined) {
      const [first] = outline;
      if (!one.onTheWay || first === undefined) continue;
      const region = regionOnTheWay(first, picture);
      const drawings = [{ id: one.id, places: new Float32Array(0) }];
      anchors.push({ ...blank, key: `on the way ${one.id}`, pictureId, region, drawings });
    }
    const regions = finished.map((item) => ({ item, region: regionOf(item.outline, picture) }));
    for (const { items, region } of groupByRegion(regions)) {
      const drawings = items.map(({ one, outline }) => ({
        id: one.id,
        places: Float32Array.from(outline.flatMap((at) => [...frameToAnchor(picture, at)])),
      }));
      anchors.push({ ...blank, key: `${pictureId} ${drawings.map(({ id }) => id).join(' ')}`, pictureId, region, drawings });
    }
  }
  return anchors;
}

function corners(region: Box, widen: number, { width, height }: Size): number[] {
  const [halfX, halfY] = [((region.right - region.left) * widen) / 2, ((region.bottom - region.top) * widen) / 2];
  const [x, y] = [(region.left + region.right) / 2, (region.top + region.bottom) / 2];
  const left = Math.max(0, x - halfX) * width;
  const right = Math.min(1, x + halfX) * width;
  const top = Math.max(0, y - halfY) * height;
  const bottom = Math.min(1, y + halfY) * height;
  return [left, top, right, top, right, bottom, left, bottom];
}

const sightRank: Readonly<Record<TrackedAnchor['state'], number>> = { tracking: 3, uncertain: 2, ambiguous: 1, lost: 0 };

function foundOf(id: DrawingId, anchors: readonly Anchor[], picture: Size, frame: Size, onTheWay: boolean): Found {
  let best: Anchor | null = null;
  for (const anchor of anchors) {
    if (anchor.last === null || !anchor.drawings.some((one) => one.id === id)) continue;
    const rank = (one: Anchor) => (one.last === null ? -1 : sightRank[one.last.state]);
    if (best === null || rank(anchor) >= rank(best)) best = anchor;
  }
  const last = best?.last ?? null;
  if (best === null || last === null) return { id, sight: 'searching', places: null, pose: null };
  const sight: Sight = last.state;
  const shown = (sight === 'tracking' || sight === 'uncertain') && last.pose !== undefined;
  if (!shown || last.pose === undefined) return { id, sight, places: null, pose: null };
  const own = best.drawings.find((one) => one.id === id)?.places;
  const places = onTheWay || own === undefined || own.length === 0 ? null : mapped(own, last, frame);
  return { id, sight, places, pose: inParts(last.pose, picture, frame) };
}

function mapped(places: Float32Array, { map }: TrackedAnchor, frame: Size): Float32Array {
  const out = new Float32Array(places.length);
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = map(places[i] ?? 0, places[i + 1] ?? 0);
    out[i] = x / frame.width;
    out[i + 1] = y / frame.height;
  }
  return out;
}

/** The same pose between parts of the pictures instead of px. */
function inParts(pose: ArrayLike<number>, from: Size, to: Size): Float32Array {
  const across = [from.width, from.height, 1];
  const down = [to.width, to.height, 1];
  return Float32Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3];
    return ((pose[i] ?? 0) * (across[column] ?? 1)) / (down[row] ?? 1);
  });
}
