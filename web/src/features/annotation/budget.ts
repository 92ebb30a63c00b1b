/** How much of the frames is looked at: every `every`-th, its long side `longest` px. */
export interface Effort {
  readonly every: number;
  readonly longest: number;
}

/** From the best to the least: rate first, then resolution. */
const efforts: readonly Effort[] = [
  { every: 1, longest: 640 },
  { every: 2, longest: 640 },
  { every: 2, longest: 480 },
  { every: 3, longest: 400 },
];

/** Above this share of a frame's 33 ms the call itself would begin to suffer. */
const TOO_MUCH_MS = 20;
const PLENTY_MS = 7;
/** So many frames in a row have to say the same: single slow frames (a search) are normal. */
const FRAMES_DOWN = 20;
const FRAMES_UP = 240;
const SMOOTH = 0.1;

/**
 * Every n-th frame of a full stream, as the time between two looks, ms. Where the link or a busy device lets only a few frames
 * through, none of them is passed over: a count of frames would make what is slow slower still.
 */
export const restOf = (every: number): number => (every <= 1 ? 0 : (every - 0.5) * (1000 / 30));

export interface Budget {
  readonly effort: Effort;
  /** Hears how long one frame took, wall time from taking it in to having its poses. */
  spent(ms: number): void;
}

/** Lowers rate and resolution while frames take too long, and raises them slowly again. */
export function createBudget(): Budget {
  let level = 0;
  let mean = 0;
  let over = 0;
  let under = 0;
  const move = (to: number) => {
    level = to;
    over = 0;
    under = 0;
    mean = (TOO_MUCH_MS + PLENTY_MS) / 2;
  };
  return {
    get effort() {
      return efforts[level] ?? { every: 1, longest: 640 };
    },
    spent(ms) {
      mean += (ms - mean) * SMOOTH;
      over = mean > TOO_MUCH_MS ? over + 1 : 0;
      under = mean < PLENTY_MS ? under + 1 : 0;
      if (over >= FRAMES_DOWN && level < efforts.length - 1) move(level + 1);
      else if (under >= FRAMES_UP && level > 0) move(level - 1);
    },
  };
}
