/** The time in the file, ms: it runs while something is captured and stands still while nothing may be. */
export interface Timeline {
  /** Whether it runs. */
  readonly runs: boolean;
  at(nowMs: number): number;
  run(nowMs: number): void;
  stop(nowMs: number): void;
}

/** Makes one that stands at nought. */
export function createTimeline(): Timeline {
  let before = 0;
  let since: number | null = null;
  const at = (nowMs: number) => before + (since === null ? 0 : Math.max(0, nowMs - since));
  return {
    get runs() {
      return since !== null;
    },
    at,
    run(nowMs) {
      since ??= nowMs;
    },
    stop(nowMs) {
      before = at(nowMs);
      since = null;
    },
  };
}

/** So far sound may be beside its picture, ms, before it is put right; nobody sees lips that close. */
const APART_MS = 90;

/** What to do with sound that has just come. */
export type Fitting =
  | { readonly kind: 'take'; readonly silenceMs: number }
  /** More has come than time has passed. */
  | { readonly kind: 'drop' };

/**
 * Sound is counted by its samples, and its clock is another one than that of the picture: gaps are filled with silence and what
 * is too much is left out. `writtenMs` is how much sound the file has, `atMs` the time in the file now, `lastsMs` how long
 * the sound that has come lasts.
 */
export function fitSound(writtenMs: number, atMs: number, lastsMs: number): Fitting {
  const apart = atMs - lastsMs - writtenMs;
  if (apart < -APART_MS) return { kind: 'drop' };
  return { kind: 'take', silenceMs: apart > APART_MS ? apart : 0 };
}

/** Sound that does not come at all is silence; it waits this long for what is only late. */
const LATE_MS = 400;

/** How much silence to write now because no sound has come, ms. */
export const silenceFor = (writtenMs: number, atMs: number): number =>
  atMs - writtenMs > LATE_MS ? atMs - writtenMs - LATE_MS / 2 : 0;
