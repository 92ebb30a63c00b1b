import type { Sight } from '#contract/annotation/channel.ts';
import type { Drawing } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import type { Frame } from './frames.ts';
import type { Pictures } from './pictures.ts';
import { pictureOf } from './placing.ts';
import { createSights, type Missing } from './sights.ts';
import type { Found, Tracking, Wanted } from './tracking.ts';

/** Looks for drawings in the frames of one picture. */
export interface Looking {
  /** What is drawn, or what is shown, has changed. */
  update(): void;
  /** The last frame that was looked at while the picture is live; null when nothing is looked for. */
  frame(): Frame | null;
  found(id: DrawingId): Found | undefined;
  opacityOf(id: DrawingId): number;
  sightOf(id: DrawingId): Sight;
  missing(): readonly Missing[];
}

interface LookingParts {
  /** The picture as it comes: its frames now, again, and each one. */
  readonly camera: {
    /** Whether there is a live picture at all. */
    readonly on: () => boolean;
    readonly frame: () => Frame | null;
    readonly same: (frame: Frame) => Frame;
    readonly each: (life: AbortSignal, hear: () => void) => void;
  };
  /** Waits a moment. */
  readonly pause: () => Promise<void>;
  readonly tracking: Tracking;
  readonly pictures: Pictures;
  readonly drawings: () => readonly Drawing[];
  /** Of others, on their way. */
  readonly growing: () => readonly Drawing[];
  readonly still: () => { readonly id: PictureId; readonly frame: Frame } | null;
  /** A frame was looked at. */
  readonly onLooked: () => void;
}

/** A still is looked at so often: the first look finds the place, the next ones its exact position. */
const LOOKS_AT_STILL = 4;
const MOST_TRIES = 40;
/** After this time without anything in view, ten looks a second are enough to find it again within a tenth of a second. */
const LOST_LONG_MS = 1_500;
const REST_WHILE_LOST_MS = 85;

/** Makes it; while nothing is drawn nothing runs. */
export function createLooking(life: AbortSignal, parts: LookingParts): Looking {
  const { camera, tracking, pictures, drawings, growing, still, onLooked } = parts;
  const sights = createSights();
  let wanted: readonly Wanted[] = [];
  let found = new Map<DrawingId, Found>();
  let frame: Frame | null = null;
  let run: AbortController | null = null;
  /** There is something new to look for. */
  let stale = false;
  /** What runs: live frames, or looks at the still of this name. */
  let runs: 'nothing' | 'live' | PictureId = 'nothing';
  let looking = false;
  /** A frame came while another was being looked at. */
  let newer = false;

  let seenAtMs = 0;
  let begunMs = Number.NEGATIVE_INFINITY;
  const rested = () => {
    const nowMs = performance.now();
    const lostLong = nowMs - seenAtMs > LOST_LONG_MS;
    return nowMs - begunMs >= Math.max(tracking.restMs(), lostLong ? REST_WHILE_LOST_MS : 0);
  };

  const take = (poses: Awaited<ReturnType<Tracking['look']>>) => {
    if (poses === null) return;
    found = new Map(poses.found.map((one) => [one.id, one]));
    if (poses.found.some(({ sight }) => sight === 'tracking' || sight === 'uncertain')) seenAtMs = performance.now();
    const finished = new Set(drawings().map(({ id }) => id));
    sights.hear(
      poses.found.filter(({ id }) => finished.has(id)),
      performance.now(),
    );
  };

  /** Looks at what is shown now; when newer frames came meanwhile, at the newest of them next, and never at those between. */
  const lookAtFrame = async (until: AbortSignal) => {
    if (looking) return;
    looking = true;
    do {
      newer = false;
      await lookOnce(until);
    } while (newer && !until.aborted && rested());
    looking = false;
  };

  const lookOnce = async (until: AbortSignal) => {
    const shown = camera.frame();
    if (shown === null) return;
    begunMs = performance.now();
    const poses = await tracking.look(camera.same(shown));
    // A late result is dropped: the picture was stopped meanwhile, or nothing is looked for any more.
    if (until.aborted || poses === null) return shown.close();
    take(poses);
    frame?.close();
    frame = shown;
    onLooked();
  };

  /** A picture that has stalled brings no new frames, but what it shows is looked at all the same. */
  const lookNow = async (until: AbortSignal) => {
    for (let looks = 0; looks < LOOKS_AT_STILL && !until.aborted; looks++) {
      await lookAtFrame(until);
      await parts.pause();
    }
  };

  const lookAtStill = async (until: AbortSignal, shown: Frame) => {
    let looks = 0;
    for (let tries = 0; looks < LOOKS_AT_STILL && tries < MOST_TRIES && !until.aborted; tries++) {
      const poses = await tracking.look(camera.same(shown));
      if (until.aborted) return;
      if (poses === null) await parts.pause();
      else {
        looks++;
        take(poses);
        onLooked();
      }
    }
  };

  const stop = () => {
    run?.abort();
    run = null;
    runs = 'nothing';
    frame?.close();
    frame = null;
  };
  life.addEventListener('abort', stop, { once: true });

  const want = (): readonly Wanted[] => {
    const all = (some: readonly Drawing[], onTheWay: boolean) =>
      some.flatMap(({ id, surface, shape }) =>
        surface.kind === 'camera' ? [{ id, pictureId: surface.pictureId, shape, onTheWay }] : [],
      );
    return [...all(drawings(), false), ...all(growing(), true)];
  };

  /** Whether the tracker would do the same for both: how far a stroke on its way has come does not matter. */
  const same = (before: readonly Wanted[], next: readonly Wanted[]) =>
    before.length === next.length && before.every((one, i) => keyOf(one) === keyOf(next[i]));

  const tell = (next: readonly Wanted[]) => {
    if (same(wanted, next)) return;
    const known = new Set(wanted.map((one) => one.pictureId));
    wanted = next;
    stale = true;
    seenAtMs = performance.now();
    // What stands still is looked at anew now that there is something else to look for.
    if (runs !== 'live') stop();
    tracking.want(next);
    for (const id of new Set(next.map((one) => one.pictureId))) {
      if (known.has(id)) continue;
      void pictures.file(id).then((file) => {
        if (file !== null && !life.aborted) tracking.learn(id, file);
        stale = true;
        if (runs !== 'live') stop();
        update();
      });
    }
    found = new Map([...found].filter(([id]) => next.some((one) => one.id === id)));
    if (next.length === 0) sights.hear([], performance.now());
  };

  const start = (what: 'live' | PictureId, go: (until: AbortSignal) => void) => {
    if (runs === what) return;
    stop();
    runs = what;
    run = new AbortController();
    go(AbortSignal.any([life, run.signal]));
  };

  const goLive = () => {
    const lookAgain = runs !== 'live' || stale;
    stale = false;
    const hear = (until: AbortSignal) => {
      if (looking) newer = true;
      else if (rested()) void lookAtFrame(until);
    };
    start('live', (until) => camera.each(until, () => hear(until)));
    if (lookAgain && run !== null) void lookNow(AbortSignal.any([life, run.signal]));
  };

  const update = () => {
    if (life.aborted) return;
    // Nothing was drawn and nothing is: the worker is not even started.
    const next = want();
    if (next.length > 0 || wanted.length > 0) tell(next);
    const shown = still();
    if (wanted.length === 0) stop();
    else if (shown === null && camera.on()) goLive();
    // On a picture that is only held for a stroke, everything stays where it was in that frame.
    else if (shown === null || wanted.every((one) => one.pictureId === shown.id)) stop();
    else start(shown.id, (until) => void lookAtStill(until, shown.frame));
  };

  return {
    update,
    frame: () => frame,
    found: (id) => found.get(id),
    opacityOf: (id) => sights.opacityOf(id, performance.now()),
    sightOf: (id) => found.get(id)?.sight ?? 'searching',
    missing: () => sights.missing((id) => pictureIdOf(drawings(), id), performance.now()),
  };
}

const keyOf = (one: Wanted | undefined) => (one === undefined ? '' : `${one.id} ${one.pictureId} ${one.onTheWay}`);

function pictureIdOf(drawings: readonly Drawing[], id: DrawingId): PictureId | null {
  const drawing = drawings.find((one) => one.id === id);
  return drawing === undefined ? null : pictureOf(drawing);
}
