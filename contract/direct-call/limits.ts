/** Of direct calls (A12), in milliseconds. */
export const directCallLimits = {
  /** An employee who has done nothing on any page of the desk for so long is away. */
  idleMs: 10 * 60_000,
  /** How often a page says that its employee does something, at most. */
  activeEveryMs: 30_000,
  /** So long after the last page of the desk was closed, an employee still counts as having one. */
  pageGraceMs: 3_000,
  /** A caller whose page is gone for so long has hung up. */
  callerGraceMs: 15_000,
} as const;
