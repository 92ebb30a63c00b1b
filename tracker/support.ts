/** What one alignment of a set of patches found. */
export interface Step {
  /** Patches inside the frame and not burnt out. */
  readonly seen: number;
  /** ... that were found again (ZNCC over the gate). */
  readonly good: number;
  /** ... and lie where the pose puts them. */
  readonly inliers: number;
  /** Mean ZNCC of the seen patches, and of the inliers. */
  readonly meanZ: number;
  readonly inlierZ: number;
  /** Residual of the inliers, frame px. */
  readonly rms: number;
  readonly weightIn: number;
  readonly weightSeen: number;
  /** RMS distance of the good patches from their middle, frame px. */
  readonly spread: number;
}

/** Per level above the finest: the share of agreeing patches that wrong places reach, the ZNCC with which patches agree by chance, and the
 *  highest score a wrong place got. Measured at wrong places on all kinds of texture and light; the worst is a printed grid, one cell off. */
const CHANCE = [
  { share: 0.52, z: 0.66, most: 0.88, few: 14 },
  { share: 0.6, z: 0.7, most: 0.72, few: 24 },
  { share: 0.68, z: 0.66, most: 0.62, few: 30 },
] as const;

/** So many separate looks are needed for full support. */
const CELLS = 6;

/** How well the visible patches support a pose; over 1 = more than any wrong pose was seen to reach. Few but excellent patches (an object
 *  half covered by a hand) count as much as many mediocre ones. */
export function support(s: Step, level: number, up: 0 | 1 | 2): number {
  if (s.weightSeen <= 0) return 0;
  const { share, z, most, few } = CHANCE[up];
  const tight = Math.max(0.3, Math.min(1, 1.5 - (1.4 * s.rms) / 2 ** level));
  const quality = 0.5 + Math.max(0, Math.min(1, (s.inlierZ - z) / 0.25)) * tight;
  return (
    ((s.weightIn / s.weightSeen / share) *
      quality *
      Math.min(1, s.inliers / few) *
      Math.min(1, cells(s, level) / CELLS)) /
    most
  );
}

/** Patches that overlap say the same thing twice. So many could lie side by side on the area (a square of the same spread) that was found. */
function cells(s: Step, level: number): number {
  const patch = 16 * 2 ** level;
  return ((Math.sqrt(6) * s.spread + patch) / patch) ** 2;
}
