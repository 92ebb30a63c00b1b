import type { Policies } from '#contract/access/policies.ts';

export type RetentionKind = keyof Policies['retentionDays'];

/** As contract/access/policies.ts has it. */
export const MOST_DAYS = 3_650;

/** What was typed as days: nothing keeps it without end. */
export function daysOf(typed: string | number): number | null {
  const days = typeof typed === 'number' ? typed : Number.parseInt(typed, 10);
  return Number.isInteger(days) && days >= 1 ? Math.min(days, MOST_DAYS) : null;
}

/** The policies with another time for one kind. */
export const withDays = (policies: Policies, kind: RetentionKind, days: number | null): Policies => ({
  ...policies,
  retentionDays: { ...policies.retentionDays, [kind]: days },
});

/** Whether there is nothing to save. */
export const isSame = (a: Policies, b: Policies): boolean => JSON.stringify(a) === JSON.stringify(b);
