import type { ParticipantId } from '#contract/ids.ts';
import type { Tell } from '#contract/socket.ts';

/**
 * Signals for a participant whose page has no socket yet: kept for seconds, handed over when it attaches. Without this
 * the answer to a newcomer's offer, sent by HTTP before its socket is open, would be lost.
 */
export interface Mailbox {
  put(to: ParticipantId, signal: Tell<'signal'>): void;
  /** Everything that waits and is not too old, oldest first; it is gone from here then. */
  take(to: ParticipantId): readonly Tell<'signal'>[];
}

/** Older signals belong to an attempt that has been given up. */
const KEEP_MS = 15_000;
const KEEP_COUNT = 32;

/** An empty mailbox over a clock in milliseconds. */
export function createMailbox(now: () => number): Mailbox {
  const waiting = new Map<ParticipantId, { at: number; signal: Tell<'signal'> }[]>();
  const fresh = (to: ParticipantId) => (waiting.get(to) ?? []).filter(({ at }) => now() - at < KEEP_MS);
  const forgetOld = () => {
    for (const to of waiting.keys()) if (fresh(to).length === 0) waiting.delete(to);
  };
  return {
    put(to, signal) {
      forgetOld();
      waiting.set(to, [...fresh(to), { at: now(), signal }].slice(-KEEP_COUNT));
    },
    take(to) {
      const letters = fresh(to).map(({ signal }) => signal);
      waiting.delete(to);
      return letters;
    },
  };
}
