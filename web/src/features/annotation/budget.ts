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

/** Shares of the time between two looks: above the first the call itself would begin to suffer, below the second there is room. */
const TOO_MUCH = 0.6;
const PLENTY = 0.2;
/** What is believed of the time between two looks, ms: a stream that stood still tells nothing about what there is time for. */
const SHORTEST_MS = 1000 / 30;
const LONGEST_MS = 120;
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
  /** Hears how long one look took, wall time from taking the frame in to having its poses, and how long after the one before it began, ms. */
  spent(ms: number, sinceMs: number): void;
}

/** Lowers rate and resolution while looks take too much of the time between them, and raises them slowly again. */
export function createBudget(): Budget {
  let level = 0;
  let mean = 0;
  let over = 0;
  let under = 0;
  const move = (to: number) => {
    level = to;
    over = 0;
    under = 0;
    mean = (TOO_MUCH + PLENTY) / 2;
  };
  return {
    get effort() {
      return efforts[level] ?? { every: 1, longest: 640 };
    },
    spent(ms, sinceMs) {
      mean += (ms / Math.min(LONGEST_MS, Math.max(SHORTEST_MS, sinceMs)) - mean) * SMOOTH;
      over = mean > TOO_MUCH ? over + 1 : 0;
      under = mean < PLENTY ? under + 1 : 0;
      if (over >= FRAMES_DOWN && level < efforts.length - 1) move(level + 1);
      else if (under >= FRAMES_UP && level > 0) move(level - 1);
    },
  };
}
