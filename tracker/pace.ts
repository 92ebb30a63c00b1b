/** How much the tracker does per frame, lowered while it takes longer than it may. */
export interface Detail {
  /** Share of the patches that is used. */
  readonly patches: number;
  /** Lost anchors are searched for in every n-th frame. */
  readonly searchEvery: number;
  /** Features looked at in a search. */
  readonly features: number;
  /** Rate at which frames should be given to the tracker. */
  readonly framesPerSecond: number;
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { patches: 1, searchEvery: 1, features: 1000, framesPerSecond: 30 },
  { patches: 0.7, searchEvery: 3, features: 800, framesPerSecond: 30 },
  { patches: 0.5, searchEvery: 5, features: 600, framesPerSecond: 20 },
  { patches: 0.4, searchEvery: 8, features: 500, framesPerSecond: 10 },
];
/** Frames between two changes, so that a change shows in the average before the next. */
const PATIENCE = 20;
const SMOOTHING = 0.1;

export class Pace {
  private readonly budgetMs: number | undefined;
  private level = 0;
  private average: number | undefined;
  private since = 0;

  constructor(budgetMs: number | undefined) {
    this.budgetMs = budgetMs;
  }

  get detail(): Detail {
    return DETAILS[this.level] ?? DETAILS[0];
  }

  /** Mean time of a call, ms (exponentially weighted over about ten calls). */
  get averageMs(): number {
    return this.average ?? 0;
  }

  /** Tells how long a call took. */
  note(ms: number): void {
    this.average = this.average === undefined ? ms : this.average + SMOOTHING * (ms - this.average);
    if (this.budgetMs === undefined || ++this.since < PATIENCE) return;
    if (this.average > this.budgetMs && this.level < DETAILS.length - 1) this.change(1);
    else if (this.average < 0.4 * this.budgetMs && this.level > 0) this.change(-1);
  }

  private change(by: number): void {
    this.level += by;
    this.since = 0;
  }
}
