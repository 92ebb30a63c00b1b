import * as z from 'zod/mini';
import { Instant } from '#contract/text.ts';

/** The times that one side has proposed, and that wait for the other's choice. */
export const Proposal = z.object({
  by: z.enum(['expert', 'codeUser']),
  name: z.string(),
  times: z.array(Instant),
  words: z.string(),
  at: Instant,
});
export type Proposal = z.infer<typeof Proposal>;
