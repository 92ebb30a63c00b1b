import type { Refusal } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import { CONTENT_FROM, type Rating, rateSession, type WentWrong } from '#contract/session/rating.ts';
import type { Ask } from '#web/http/client.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What is being filled in; without stars there is nothing to send yet. */
export interface RatingDraft {
  readonly stars: number | null;
  readonly wentWrong: readonly WentWrong[];
  readonly comment: string;
}

/** A customer's rating of one session: what they gave, and what they are filling in (null: nothing). */
export interface OwnRating {
  readonly given: Rating | null;
  readonly draft: RatingDraft | null;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
}

export interface RateModel extends ReadableStore<OwnRating> {
  fill(part: Partial<RatingDraft>): void;
  toggle(what: WentWrong): void;
  /** Begins to change what was given. */
  change(): void;
  /** Leaves what was given as it is. */
  keep(): void;
  send(): Promise<void>;
  /** What the server has, where nothing is being filled in: another tab may have changed it. */
  adopt(given: Rating | null): void;
}

const blank: RatingDraft = { stars: null, wentWrong: [], comment: '' };
const draftOf = ({ stars, wentWrong, comment }: Rating): RatingDraft => ({ stars, wentWrong, comment });

/** Whether somebody who gave so many stars is asked what went wrong. */
export const asksWhatWentWrong = (stars: number | null): boolean => stars !== null && stars < CONTENT_FROM;

/** The model of one session's rating, from what was given before. */
export function createRateModel(ask: Ask, sessionId: SessionId, given: Rating | null): RateModel {
  const store = createStore<OwnRating>({
    given,
    draft: given === null ? blank : null,
    busy: false,
    refusal: null,
  });
  const set = (part: Partial<OwnRating>) => store.set({ ...store.get(), ...part });
  const fill = (part: Partial<RatingDraft>) => set({ draft: { ...(store.get().draft ?? blank), ...part } });
  return {
    get: store.get,
    subscribe: store.subscribe,
    fill,
    toggle(what) {
      const chosen = store.get().draft?.wentWrong ?? [];
      fill({ wentWrong: chosen.includes(what) ? chosen.filter((one) => one !== what) : [...chosen, what] });
    },
    change() {
      const before = store.get().given;
      set({ draft: before === null ? blank : draftOf(before), refusal: null });
    },
    keep() {
      if (store.get().given !== null) set({ draft: null, refusal: null });
    },
    async send() {
      const { draft, busy } = store.get();
      if (draft === null || draft.stars === null || busy) return;
      set({ busy: true, refusal: null });
      const { stars, comment } = draft;
      const wentWrong = asksWhatWentWrong(stars) ? [...draft.wentWrong] : [];
      const body = { requestId: newRequestId(), stars, comment, wentWrong };
      const outcome = await ask(rateSession, { params: { sessionId }, body });
      if (outcome.ok) set({ given: outcome.value, draft: null, busy: false });
      else set({ busy: false, refusal: outcome });
    },
    adopt(next) {
      const { given: before, draft, busy } = store.get();
      if (busy || next === null || next.at === before?.at) return;
      // A form that nobody has touched gives way.
      if (draft === null || draft === blank) set({ given: next, draft: null });
    },
  };
}
