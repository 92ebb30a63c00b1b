import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { outlineOf } from '#core/annotation/outline.ts';
import { groupByRegion, regionOf, regionOnTheWay } from '#core/annotation/region.ts';
import type { Box, Size } from '#core/geometry/points.ts';
import { anchorPoint as placeOf } from '#core/geometry/points.ts';
import { anchorToParts, frameToAnchor, homographyInParts } from '#core/geometry/spaces.ts';
import { anchorPoint, type Picture, type Quad, type Tracker, type TrackResult } from '#tracker/index.ts';
import type { Found, Poor, Wanted } from './tracking.ts';

/** As much of the tracker as a scene uses. */
export type PlaneTracker = Pick<Tracker, 'addAnchor' | 'removeAnchor' | 'process' | 'dispose'>;

/** A part of a picture that is looked for, and the drawings that lie on it. */
interface Anchor {
  readonly key: string;
  readonly picture: Picture;
  readonly region: Box;
  readonly drawings: readonly { readonly id: DrawingId; readonly places: Float32Array }[];
  /** The tracker's number for it; null when it could not be taken. */
  id: number | null;
  /** Since when another has taken its place; it is followed until the other is found. */
  replacedAtMs: number | null;
  last: TrackResult | null;
}

export interface Scene {
  knows(id: PictureId): boolean;
  learn(id: PictureId, picture: Picture): void;
  want(wanted: readonly Wanted[]): void;
  process(frame: Picture, atMs: number): readonly Found[];
  /** What is to be said where nothing can be followed. */
  blind(): readonly Found[];
}

const REPLACED_MS = 1_500;
/** Each costs time in every frame; further ones wait until some are taken away. */
const MOST_ANCHORS = 24;
/** Pictures without a drawing that are kept: what is drawn on next was learnt just before. */
const SPARE_PICTURES = 4;

/**
 * Knows the pictures that were drawn on, puts drawings that lie on one thing together, and says for every frame where each is.
 * `tellPoor` hears at once of drawings on a place with too little to hold on to, for which more of the surroundings is followed.
 */
export function createScene(makeTracker: (size: Size) => PlaneTracker | null, tellPoor: (poor: Poor) => void): Scene {
  const pictures = new Map<PictureId, Picture>();
  let wanted: readonly Wanted[] = [];
  let stale = true;
  let anchors: Anchor[] = [];
  let tracker: PlaneTracker | null = null;
  let size: Size = { width: 0, height: 0 };
  let lastMs = 0;
  /** Poor places that were told of: more drawings there are no news. */
  const told = new Set<DrawingId>();

  const add = (anchor: Anchor, on: PlaneTracker): 'good' | 'widened' | 'poor' => {
    const added = on.addAnchor(anchor.picture, { quad: quadOf(anchor.region, anchor.picture) });
    anchor.id = added.ok ? added.id : null;
    if (!added.ok) return 'poor';
    if (added.quality === 'good' || added.suggested === undefined) return added.quality;
    on.removeAnchor(added.id);
    const wider = on.addAnchor(anchor.picture, { quad: added.suggested });
    anchor.id = wider.ok ? wider.id : null;
    return wider.ok && wider.quality === 'good' ? 'widened' : 'poor';
  };

  const tell = ({ drawings }: Anchor, widened: boolean) => {
    for (const { id, places } of drawings) {
      if (places.length === 0 || told.has(id)) continue;
      told.add(id);
      tellPoor({ id, widened });
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
      anchors.push(fresh);
      const quality = add(fresh, on);
      if (quality !== 'good') tell(fresh, quality === 'widened');
    }
  };

  /** Lets go of what is not wanted any more, and of what was replaced once its replacement is found. */
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
      if (one.id !== null) on.removeAnchor(one.id);
      return false;
    });
  };

  /** A turned phone or a thinner link brings frames of another size: everything is looked for anew. */
  const resize = ({ width, height }: Size): PlaneTracker | null => {
    if (size.width === width && size.height === height) return tracker;
    tracker?.dispose();
    size = { width, height };
    tracker = makeTracker(size);
    anchors = anchors.filter((one) => one.replacedAtMs === null);
    for (const anchor of anchors) {
      if (tracker !== null) add(anchor, tracker);
      anchor.last = null;
    }
    return tracker;
  };

  /** Before the next frame comes: whoever drew hears at once how it is, and the frame finds everything prepared. */
  const prepare = () => {
    const known = wanted.map((one) => pictures.get(one.pictureId)).find((one) => one !== undefined);
    const on = tracker ?? (known === undefined ? null : resize(known));
    if (on !== null && stale) arrange(on, lastMs);
    if (on !== null) stale = false;
  };
  const blind = () => wanted.map(({ id }): Found => ({ id, sight: 'lost', places: null, pose: null }));

  return {
    blind,
    knows: (id) => pictures.has(id),
    learn(id, picture) {
      if (pictures.has(id)) return;
      pictures.set(id, picture);
      stale = true;
      prepare();
    },
    want(next) {
      wanted = next;
      stale = true;
      const used = new Set(next.map((one) => one.pictureId));
      for (const id of [...pictures.keys()].slice(0, -SPARE_PICTURES)) if (!used.has(id)) pictures.delete(id);
      prepare();
    },
    process(frame, atMs) {
      const on = resize(frame);
      if (on === null) return blind();
      lastMs = atMs;
      if (stale) arrange(on, atMs);
      stale = false;
      const byId = new Map(on.process(frame.gray, atMs).map((one) => [one.id, one]));
      for (const anchor of anchors) anchor.last = (anchor.id === null ? null : byId.get(anchor.id)) ?? null;
      const found = wanted.map(({ id }) => foundOf(id, anchors, frame));
      retire(on, atMs);
      return found;
    },
  };
}

function desired(wanted: readonly Wanted[], pictures: ReadonlyMap<PictureId, Picture>): Anchor[] {
  const anchors: Anchor[] = [];
  const blank = { id: null, replacedAtMs: null, last: null };
  for (const [pictureId, all] of Map.groupBy(wanted, (one) => one.pictureId)) {
    const picture = pictures.get(pictureId);
    if (picture === undefined) continue;
    const outlined = all.map((one) => ({ one, outline: outlineOf(one.shape, picture) }));
    for (const { one, outline } of outlined) {
      const [first] = outline;
      if (!one.onTheWay || first === undefined) continue;
      const drawings = [{ id: one.id, places: new Float32Array(0) }];
      anchors.push({
        ...blank,
        key: `on the way ${one.id}`,
        picture,
        region: regionOnTheWay(first, picture),
        drawings,
      });
    }
    const regions = outlined
      .filter(({ one }) => !one.onTheWay)
      .map((item) => ({ item, region: regionOf(item.outline, picture) }));
    for (const { items, region } of groupByRegion(regions)) {
      const drawings = items.map(({ one, outline }) => ({
        id: one.id,
        places: Float32Array.from(outline.flatMap((at) => [...frameToAnchor(picture, at)])),
      }));
      const key = `${pictureId} ${drawings.map(({ id }) => id).join(' ')}`;
      anchors.push({ ...blank, key, picture, region, drawings });
    }
  }
  return anchors;
}

function quadOf({ left, top, right, bottom }: Box, { width, height }: Size): Quad {
  const [x0, y0, x1, y1] = [left * width, top * height, right * width - 1, bottom * height - 1];
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/** Of two that are seen equally well, the one that has taken the other's place. */
const rank = ({ last, replacedAtMs }: Anchor) =>
  (last === null ? -1 : { tracking: 3, uncertain: 2, ambiguous: 1, lost: 0 }[last.state]) +
  (replacedAtMs === null ? 0.5 : 0);

function foundOf(id: DrawingId, anchors: readonly Anchor[], frame: Size): Found {
  const [best] = anchors
    .filter((one) => one.last !== null && one.drawings.some((drawing) => drawing.id === id))
    .sort((a, b) => rank(b) - rank(a));
  const last = best?.last ?? null;
  if (best === undefined || last === null) return { id, sight: 'searching', places: null, pose: null };
  if (!('pose' in last)) return { id, sight: last.state, places: null, pose: null };
  const own = best.drawings.find((one) => one.id === id)?.places ?? new Float32Array(0);
  const places = new Float32Array(own.length);
  for (let i = 0; i < own.length; i += 2) {
    const { x, y } = last.map(anchorPoint(own[i] ?? 0, own[i + 1] ?? 0));
    places.set(anchorToParts(frame, placeOf(x, y)), i);
  }
  const pose = homographyInParts(last.pose, best.picture, frame);
  return { id, sight: last.state, places: places.length === 0 ? null : places, pose };
}
