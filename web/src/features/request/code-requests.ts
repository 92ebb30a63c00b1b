import * as z from 'zod/mini';
import type { CodeId } from '#contract/ids.ts';
import { listCodeRequests, type SessionRequest } from '#contract/request/http.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { coalesced } from '#web/state/coalesced.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { DrawerStorage } from '#web/stream/outbox-drawer.ts';

/** The requests of a code as its page shows them: what can still become something first, then what was answered. */
export interface CodeRequests extends ReadableStore<readonly SessionRequest[]> {
  refresh(): void;
  /** Puts a newer description in the place of what is shown, before the list is read again. */
  adopt(request: SessionRequest): void;
  /** Takes what is over off this device's page. */
  hide(request: SessionRequest): void;
}

interface CodeRequestsParts {
  readonly ask: Ask;
  readonly connection: Pick<Connection, 'on' | 'onConnected'>;
  readonly codeId: CodeId;
  readonly storage: DrawerStorage | null;
}

const HIDDEN_KEY = 'sightglass.hidden-requests';
const HIDDEN_KEPT = 50;
const Hidden = z.array(z.string());

/** Kept fresh by what the socket tells. What can't be read anew stays as it was. */
export function openCodeRequests(signal: AbortSignal, parts: CodeRequestsParts): CodeRequests {
  const { ask, connection, codeId, storage } = parts;
  const all = createStore<readonly SessionRequest[]>([]);
  const shown = createStore<readonly SessionRequest[]>([]);
  let hidden = readHidden(storage);
  const show = () => {
    if (!signal.aborted) shown.set(sorted(all.get().filter(({ sessionId }) => !hidden.includes(sessionId))));
  };
  const load = coalesced(signal, async () => {
    const listed = await ask(listCodeRequests, { params: { codeId }, signal });
    if (!listed.ok || signal.aborted) return;
    all.set(listed.value.requests);
    show();
  });
  connection.onConnected(signal, load);
  connection.on(signal, 'session-changed', load);
  load();

  return {
    get: shown.get,
    subscribe: shown.subscribe,
    refresh: load,
    adopt(request) {
      all.set([request, ...all.get().filter(({ sessionId }) => sessionId !== request.sessionId)]);
      show();
      load();
    },
    hide({ sessionId }) {
      hidden = [sessionId, ...hidden].slice(0, HIDDEN_KEPT);
      try {
        storage?.setItem(HIDDEN_KEY, JSON.stringify(hidden));
      } catch {
        // Comes back after a reload.
      }
      show();
    },
  };
}

/** It took place, or takes place now: the card of the session tells of it. */
const isTold = ({ status }: SessionRequest) => status === 'live' || status === 'ended' || status === 'rated';
const isOverNow = ({ status }: SessionRequest) =>
  status === 'declined' || status === 'cancelled' || status === 'missed' || status === 'expired';

function sorted(requests: readonly SessionRequest[]): readonly SessionRequest[] {
  const told = requests.filter((one) => !isTold(one));
  return [...told.filter((one) => !isOverNow(one)), ...told.filter(isOverNow)];
}

function readHidden(storage: DrawerStorage | null): readonly string[] {
  try {
    const read = Hidden.safeParse(JSON.parse(storage?.getItem(HIDDEN_KEY) ?? '[]'));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}
