import { answerCall, declineCall, listRinging, type RingingCall } from '#contract/direct-call/http.ts';
import type { Outcome } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { coalesced } from '#web/state/coalesced.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What rings for this employee now, what rings longest first. */
export interface Rings {
  readonly calls: readonly RingingCall[];
  /** How far the server's clock is ahead of this computer's, in milliseconds. */
  readonly ahead: number;
}

/** What is to be said about a call that does not ring any more. */
export type RingNews =
  | { readonly kind: 'answered'; readonly by: string; readonly call: RingingCall }
  | { readonly kind: 'over'; readonly call: RingingCall };

export interface RingModel extends ReadableStore<Rings> {
  /** True when the call is this employee's: its session is to be opened. */
  answer(call: RingingCall): Promise<Outcome<boolean>>;
  decline(call: RingingCall): Promise<Outcome<unknown>>;
}

interface RingParts {
  readonly ask: Ask;
  readonly connection: Pick<Connection, 'on' | 'onConnected'>;
  /** Says what became of a call that was ringing here. */
  readonly tell: (news: RingNews) => void;
  readonly now?: () => number;
}

/** Follows what rings: each word of the socket is a reason to ask, and the end of a ringing is believed at once. */
export function openRings(signal: AbortSignal, { ask, connection, tell, now = Date.now }: RingParts): RingModel {
  const store = createStore<Rings>({ calls: [], ahead: 0 });
  /** Calls that were dealt with here: an answer that was under way before must not bring them back. */
  const done = new Set<SessionId>();
  const drop = (sessionId: SessionId) => {
    const { calls, ahead } = store.get();
    if (calls.some((call) => call.sessionId === sessionId))
      store.set({ calls: calls.filter((call) => call.sessionId !== sessionId), ahead });
  };
  const load = coalesced(signal, async () => {
    const asked = now();
    const listed = await ask(listRinging, { signal });
    if (!listed.ok || signal.aborted) return;
    // Half of the way there and back: seconds are shown, not milliseconds.
    const ahead = Date.parse(listed.value.now) - (asked + now()) / 2;
    const calls = listed.value.calls.filter(({ sessionId }) => !done.has(sessionId));
    if (calls.length > 0 || store.get().calls.length > 0) store.set({ calls, ahead });
  });
  connection.onConnected(signal, load);
  connection.on(signal, 'ringing', load);
  connection.on(signal, 'availability-changed', load);
  connection.on(signal, 'ringing-stopped', ({ sessionId, answeredBy }) => {
    const call = store.get().calls.find((one) => one.sessionId === sessionId);
    const isMine = done.has(sessionId);
    done.add(sessionId);
    drop(sessionId);
    if (call === undefined || isMine) return;
    tell(answeredBy === null ? { kind: 'over', call } : { kind: 'answered', by: answeredBy, call });
  });
  load();

  const bringBack = (sessionId: SessionId) => {
    done.delete(sessionId);
    load();
  };
  return {
    get: store.get,
    subscribe: store.subscribe,
    async answer(call) {
      const { sessionId } = call;
      // It is quiet from the click on.
      done.add(sessionId);
      drop(sessionId);
      const outcome = await ask(answerCall, { params: { sessionId }, body: { requestId: newRequestId() } });
      if (!outcome.ok) {
        bringBack(sessionId);
        return outcome;
      }
      const { value } = outcome;
      if (value.result === 'taken') tell({ kind: 'answered', by: value.by, call });
      if (value.result === 'over') tell({ kind: 'over', call });
      return { ok: true, value: value.result === 'yours' };
    },
    async decline({ sessionId }) {
      done.add(sessionId);
      drop(sessionId);
      const outcome = await ask(declineCall, { params: { sessionId }, body: { requestId: newRequestId() } });
      if (!outcome.ok) bringBack(sessionId);
      return outcome;
    },
  };
}
