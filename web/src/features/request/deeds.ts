import { i18n } from '@lingui/core';
import { accepted, errors, type Outcome } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import * as routes from '#contract/request/http.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What a person can do about a request. */
export type Deed =
  | { readonly kind: 'accept' }
  | { readonly kind: 'propose'; readonly times: readonly string[]; readonly words: string }
  | { readonly kind: 'agree'; readonly at: string }
  | { readonly kind: 'decline'; readonly words: string }
  | { readonly kind: 'withdraw' };

/** What is on its way, and why the last one did not work, in words. */
export interface DeedState {
  readonly busy: Deed | null;
  readonly trouble: string | null;
}

/** `taken`: a colleague was first, named by `by`. */
export type Done = Pick<routes.Answered, 'result' | 'by' | 'request'>;

export interface RequestDeeds {
  readonly state: ReadableStore<DeedState>;
  /** Null when it was refused, or another one is on its way; `state` says which. */
  run(sessionId: SessionId, deed: Deed): Promise<Done | null>;
  forget(): void;
}

/** One deed at a time. Tried again after trouble on the way, the same deed is the same request. */
export function createRequestDeeds(ask: Ask): RequestDeeds {
  const state = createStore<DeedState>({ busy: null, trouble: null });
  let attempt: { readonly key: string; readonly requestId: string } | null = null;

  const send = (sessionId: SessionId, deed: Deed, requestId: string): Promise<Outcome<Done>> => {
    const params = { sessionId };
    switch (deed.kind) {
      case 'accept':
        return ask(routes.acceptRequest, { params, body: { requestId } });
      case 'propose':
        return ask(routes.proposeTimes, { params, body: { requestId, times: [...deed.times], words: deed.words } });
      case 'agree':
        return ask(routes.agreeTime, { params, body: { requestId, at: deed.at } });
      case 'decline':
        return ask(routes.declineRequest, { params, body: { requestId, words: deed.words } });
      case 'withdraw':
        return ask(routes.withdrawRequest, { params, body: { requestId } }).then((outcome) =>
          outcome.ok ? accepted({ result: 'done', by: outcome.value.askedBy, request: outcome.value }) : outcome,
        );
    }
  };

  return {
    state,
    forget: () => state.set({ busy: state.get().busy, trouble: null }),
    async run(sessionId, deed) {
      if (state.get().busy !== null) return null;
      state.set({ busy: deed, trouble: null });
      const key = JSON.stringify([sessionId, deed]);
      if (attempt?.key !== key) attempt = { key, requestId: newRequestId() };
      const outcome = await send(sessionId, deed, attempt.requestId);
      if (outcome.ok || !errors[outcome.code].retry) attempt = null;
      state.set({ busy: null, trouble: outcome.ok ? takenWords(outcome.value) : refusalWords(outcome) });
      return outcome.ok ? outcome.value : null;
    },
  };
}

/** A colleague was first: who it was. */
function takenWords({ result, by }: Done): string | null {
  return result === 'done' ? null : i18n._('{name} was first and has this request now.', { name: by });
}
