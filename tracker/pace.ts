/** How much the tracker does per frame, lowered while it takes longer than it may. */
export interface Detail {
  /** Share of the patches that is used. */
  readonly patches: number;
  /** Rate at which frames should be given to the tracker. */
  readonly framesPerSecond: number;
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { patches: 1, framesPerSecond: 30 },
  { patches: 0.7, framesPerSecond: 30 },
  { patches: 0.5, framesPerSecond: 20 },
  { patches: 0.4, framesPerSecond: 10 },
];
/** Frames between two changes, so that a change shows in the average before the next. */
const PATIENCE = 20;
const SMOOTHING = 0.1;
/** Searches are few: their mean has to follow sooner. */
const SEARCH_SMOOTHING = 0.3;
/** However slow the device is, after that time, ms, the next frame is searched: ten times a second, or in every frame of a thinner stream. */
const LONGEST_PAUSE_MS = 85;
/** Time between two frames that a budget is for, ms, and the limits of what is believed of a stream. */
const FULL_RATE_MS = 1000 / 30;
const LONGEST_GAP_MS = 150;

/** What one call took. */
export interface Call {
  readonly ms: number;
  /** Time since the frame before, ms. */
  readonly gapMs: number;
  readonly searched: boolean;
}

/** Fits the work to the time that there is between two frames: on a slow stream a call may take longer. */
export class Pace {
  private readonly share: number | undefined;
  private level = 0;
  private average: number | undefined;
  private following: number | undefined;
  private searching = 0;
  private gap = FULL_RATE_MS;
  private since = 0;

  /** budgetMs: what a call may take at 30 frames/s; with fewer frames in proportion more. */
  constructor(budgetMs: number | undefined) {
    this.share = budgetMs === undefined ? undefined : budgetMs / FULL_RATE_MS;
  }

  get detail(): Detail {
    return DETAILS[this.level] ?? DETAILS[0];
  }

  /** Mean time of a call, ms (exponentially weighted over about ten calls). */
  get averageMs(): number {
    return this.average ?? 0;
  }

  /** Time from one search to the next, ms: while a search takes longer than there is time for in one frame, some frames pass without. */
  get searchPauseMs(): number {
    return this.share === undefined ? 0 : Math.min(LONGEST_PAUSE_MS, this.searching / this.share);
  }

  /** Tells how a call went. */
  note({ ms, gapMs, searched }: Call): void {
    this.average = this.average === undefined ? ms : this.average + SMOOTHING * (ms - this.average);
    if (gapMs > 0) this.gap += SMOOTHING * (Math.min(LONGEST_GAP_MS, Math.max(FULL_RATE_MS, gapMs)) - this.gap);
    // Searches are thinned out by themselves: fewer patches would not make them cheaper, only the finding harder.
    if (searched) this.searching += SEARCH_SMOOTHING * (ms - this.searching);
    else this.followed(ms / this.gap);
  }

  private followed(share: number): void {
    this.following = this.following === undefined ? share : this.following + SMOOTHING * (share - this.following);
    if (this.share === undefined || ++this.since < PATIENCE) return;
    if (this.following > this.share && this.level < DETAILS.length - 1) this.change(1);
    else if (this.following < 0.4 * this.share && this.level > 0) this.change(-1);
  }

  private change(by: number): void {
    this.level += by;
    this.since = 0;
  }
}
