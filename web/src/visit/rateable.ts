import type { z } from 'zod/mini';
import { listRateable } from '#contract/session/rating.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { coalesced } from '#web/state/coalesced.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

export type Rateable = z.output<typeof listRateable.reply>['sessions'][number];

interface RateableParts {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly codeId: string;
}

/** A9: the sessions of the last day that this device was in, newest first, kept fresh by what the socket tells. */
export function openRateable(
  signal: AbortSignal,
  { ask, connection, codeId }: RateableParts,
): ReadableStore<readonly Rateable[]> {
  const store = createStore<readonly Rateable[]>([]);
  const load = coalesced(signal, async () => {
    const listed = await ask(listRateable, { params: { codeId }, signal });
    if (listed.ok && !signal.aborted) store.set(listed.value.sessions);
  });
  connection.onConnected(signal, load);
  connection.on(signal, 'session-changed', load);
  load();
  return store;
}
