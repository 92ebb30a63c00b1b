import { type Contact, readContact, startDirectCall } from '#contract/direct-call/http.ts';
import type { Outcome } from '#contract/errors.ts';
import type { CodeId, SessionId } from '#contract/ids.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { coalesced } from '#web/state/coalesced.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** Whether one can call now; null until it is known. */
export interface ContactModel extends ReadableStore<Contact | null> {
  /** Calls; repeating the same wish makes no second call. */
  call(requestId: string): Promise<Outcome<{ readonly sessionId: SessionId }>>;
}

interface ContactParts {
  readonly ask: Ask;
  readonly connection: Pick<Connection, 'on' | 'onConnected'>;
  readonly codeId: CodeId;
}

const AGAIN_MS = 60_000;

/** Kept fresh by what the socket tells; what an admin changes for one code comes with the next minute. */
export function openContact(signal: AbortSignal, { ask, connection, codeId }: ContactParts): ContactModel {
  const store = createStore<Contact | null>(null);
  const load = coalesced(signal, async () => {
    const read = await ask(readContact, { params: { codeId }, signal });
    if (read.ok && !signal.aborted) store.set(read.value);
  });
  connection.onConnected(signal, load);
  connection.on(signal, 'availability-changed', load);
  const timer = setInterval(load, AGAIN_MS);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  load();
  return {
    get: store.get,
    subscribe: store.subscribe,
    async call(requestId) {
      const started = await ask(startDirectCall, { params: { codeId }, body: { requestId }, signal });
      // It may have become impossible since the page was told: say what it is now.
      if (!started.ok) load();
      return started;
    },
  };
}
