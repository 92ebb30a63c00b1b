import { useEffect, useState } from 'react';
import type { z } from 'zod/mini';
import { errors } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import { readRatings } from '#contract/session/rating.ts';
import type { Ask } from '#web/http/client.ts';
import { pause } from '../load.ts';

export type Ratings = z.output<typeof readRatings.reply>;

const AGAIN_MS = 3_000;

/** A session's ratings as this person may read them, anew whenever `version` changes; null until they are here. */
export function useRatings(ask: Ask, sessionId: SessionId, version: number): Ratings | null {
  const [ratings, setRatings] = useState<Ratings | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version means that the answer is out of date
  useEffect(() => {
    const life = new AbortController();
    const { signal } = life;
    const read = async () => {
      while (!signal.aborted) {
        const outcome = await ask(readRatings, { params: { sessionId }, signal });
        if (signal.aborted) return;
        if (outcome.ok) return setRatings(outcome.value);
        if (!errors[outcome.code].retry) return;
        await pause(signal, AGAIN_MS);
      }
    };
    void read();
    return () => life.abort();
  }, [ask, sessionId, version]);
  return ratings;
}
