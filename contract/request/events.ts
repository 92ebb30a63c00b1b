import * as z from 'zod/mini';
import { Instant } from '../text.ts';

/** A11, in the session's log: what was asked for and how a time was found. Answers are changes of the status. */
export const requestEvents = [
  z.object({
    kind: z.literal('session-requested'),
    /** In the asker's own words; may be empty. */
    words: z.string(),
    /** Null: as soon as possible. */
    wishedAt: z.nullable(Instant),
  }),
  /** By whichever side the author is of; the other side picks one or proposes others. Replaces what was proposed before. */
  z.object({ kind: z.literal('times-proposed'), times: z.array(Instant), words: z.string() }),
  z.object({ kind: z.literal('time-agreed'), at: Instant }),
  /** The agreed time is near. */
  z.object({ kind: z.literal('time-near'), at: Instant }),
] as const;
