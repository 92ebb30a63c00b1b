import type { PictureId } from '#contract/annotation/ids.ts';
import type { ChannelMessage } from '#contract/call/index.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { Board } from '#core/annotation/board.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { Deeds } from './deeds.ts';
import { type Frame, framesOfTrack } from './frames.ts';
import type { PictureScreen } from './picture-screen.ts';
import type { Pictures } from './pictures.ts';
import type { Tracking } from './tracking.ts';

export interface Freezing {
  /** A freeze was asked for and is not a fact yet. */
  readonly under: ReadableStore<boolean>;
  /** Shows everybody a still of the picture on stage, or goes back to the live one. */
  toggle(): Promise<void>;
  hear(message: ChannelMessage): void;
}

interface FreezingParts {
  readonly board: ReadableStore<Board>;
  readonly deeds: Deeds;
  readonly release: () => void;
  readonly pictures: Pictures;
  readonly tracking: Tracking;
  readonly stage: () => PictureScreen | null;
  readonly you: () => ParticipantId | null;
  readonly cameraTrack: () => MediaStreamTrack | null;
  readonly send: (to: string, message: ChannelMessage) => boolean;
}

/** So many frames of the camera compete for being the sharpest. */
const COMPETING = 3;
/** So long the camera's own page is waited for; then what is seen here has to do. */
const PATIENCE_MS = 1_800;
/** Nobody needs more stills of a camera than one in this time. */
const PAUSE_MS = 800;

/**
 * Freezes the picture on stage for all. The still comes from the camera's own page, where the picture is best; what this page
 * sees stands in for it at once, and for good when that page does not answer.
 */
export function createFreezing(life: AbortSignal, parts: FreezingParts): Freezing {
  const { board, deeds, pictures, tracking, send } = parts;
  const under = createStore(false);
  const asked = new Map<PictureId, (kept: boolean) => void>();
  let gaveAt = Number.NEGATIVE_INFINITY;

  /** The best still of one's own camera, given to the session; false when there is none. */
  const give = async (id: PictureId): Promise<boolean> => {
    const track = parts.cameraTrack();
    const frames: Frame[] = track === null ? [] : await framesOfTrack(life, track, COMPETING);
    if (frames.length === 0) return false;
    pictures.add(
      id,
      tracking.encodeBest(frames).then(({ blob }) => blob),
    );
    return (await pictures.kept(id)).ok;
  };

  const askFor = async (owner: ParticipantId, id: PictureId): Promise<boolean> => {
    if (owner === parts.you()) return give(id);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    asked.set(id, resolve);
    const timer = setTimeout(() => resolve(false), PATIENCE_MS);
    if (!send(owner, { kind: 'still-asked', pictureId: id })) resolve(false);
    const kept = await promise;
    clearTimeout(timer);
    asked.delete(id);
    return kept;
  };

  const freeze = async (screen: PictureScreen) => {
    // What is seen stops at the press of the button; the better still follows in its place.
    const ground = screen.hold('freeze');
    if (ground === null || ground.surface.kind !== 'camera') return;
    const { participantId, pictureId: seen } = ground.surface;
    const best = pictures.newId();
    const kept = await askFor(participantId, best);
    if (!life.aborted && board.get().frozen === null)
      deeds.act({ kind: 'picture-frozen', participantId, pictureId: kept ? best : seen });
    screen.letGo('freeze');
  };

  return {
    under,
    async toggle() {
      if (under.get()) return;
      if (board.get().frozen !== null) return parts.release();
      const screen = parts.stage();
      if (screen === null) return;
      under.set(true);
      await freeze(screen);
      under.set(false);
    },
    hear(message) {
      if (message.kind === 'picture-kept') asked.get(message.pictureId)?.(true);
      if (message.kind !== 'still-asked') return;
      const now = performance.now();
      if (now - gaveAt < PAUSE_MS) return;
      gaveAt = now;
      // Once it is kept, everybody hears so.
      void give(message.pictureId);
    },
  };
}
