import type { Sight } from '#contract/annotation/channel.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import type { Found } from './tracking.ts';

/** How one drawing has been seen of late. */
interface Seen {
  readonly sight: Sight;
  /** Since when, ms. */
  readonly sinceMs: number;
}

/** What is not to be seen in the live picture any more: shown as the still it was drawn on, with its drawings. */
export interface Missing {
  readonly pictureId: PictureId;
  readonly ids: readonly DrawingId[];
  /** `ambiguous`: two places look alike. */
  readonly sight: 'lost' | 'ambiguous';
}

export interface Sights {
  /** What the tracker says of one frame; drawings that are not named are forgotten. */
  hear(found: readonly Found[], nowMs: number): void;
  /** How strongly a drawing is to be painted, 0…1. */
  opacityOf(id: DrawingId, nowMs: number): number;
  /** The drawings that have been out of sight for longer than a moment, by their pictures. */
  missing(pictureOf: (id: DrawingId) => PictureId | null, nowMs: number): readonly Missing[];
  /** For the others: how each is seen here. */
  all(): readonly { readonly drawingId: DrawingId; readonly sight: Sight }[];
}

/** A hand before it, a blurred frame: so long nothing changes. */
const KEEPS_MS = 300;
const FADED = 0.4;
/** So long a drawing may be away before its thumbnail comes: it must not flicker. */
const MISSING_AFTER_MS = 700;
/** The picture is on its way, or has not been found for the first time. */
const SEARCHED_LONG_MS = 3_000;

/** Remembers since when each drawing is seen how. */
export function createSights(): Sights {
  let seen: ReadonlyMap<DrawingId, Seen> = new Map();
  return {
    hear(found, nowMs) {
      const next = new Map<DrawingId, Seen>();
      for (const { id, sight } of found) {
        const before = seen.get(id);
        next.set(id, before?.sight === sight ? before : { sight, sinceMs: nowMs });
      }
      seen = next;
    },
    opacityOf(id, nowMs) {
      const one = seen.get(id);
      if (one?.sight === 'tracking') return 1;
      // Nothing is drawn in a wrong place: what is lost is gone at once, what is doubtful fades.
      if (one?.sight === 'uncertain') return nowMs - one.sinceMs < KEEPS_MS ? 1 : FADED;
      return 0;
    },
    missing(pictureOf, nowMs) {
      const groups = new Map<PictureId, { ids: DrawingId[]; sight: Missing['sight'] }>();
      for (const [id, { sight, sinceMs }] of seen) {
        const away = sight === 'searching' ? SEARCHED_LONG_MS : MISSING_AFTER_MS;
        const pictureId = pictureOf(id);
        if (pictureId === null || sight === 'tracking' || sight === 'uncertain' || nowMs - sinceMs < away) continue;
        const group = groups.get(pictureId) ?? { ids: [], sight: sight === 'ambiguous' ? 'ambiguous' : 'lost' };
        group.ids.push(id);
        groups.set(pictureId, group);
      }
      return [...groups].map(([pictureId, group]) => ({ pictureId, ...group }));
    },
    all: () => [...seen].map(([drawingId, { sight }]) => ({ drawingId, sight })),
  };
}
