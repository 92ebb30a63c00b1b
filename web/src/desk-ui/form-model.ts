import type { Outcome, Refusal } from '#contract/errors.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** Where a form stands. `errors` are words beside the fields, `notice` is about the whole. */
export interface FormState<Field extends string> {
  readonly values: Readonly<Record<Field, string>>;
  readonly errors: Partial<Record<Field, string>>;
  readonly notice: string | null;
  readonly sending: boolean;
}

export interface FormOptions<Field extends string, Reply> {
  readonly initial: Readonly<Record<Field, string>>;
  /** Words for what is wrong before anything is sent; an empty object lets it go. */
  check(values: Readonly<Record<Field, string>>): Partial<Record<Field, string>>;
  send(values: Readonly<Record<Field, string>>, requestId: string): Promise<Outcome<Reply>>;
  /** A refusal in words; with a field it is shown beside it. */
  words(refusal: Refusal): { readonly field?: Field; readonly text: string };
  done(reply: Reply): void;
  newRequestId?(): string;
}

export interface Form<Field extends string> {
  readonly state: ReadableStore<FormState<Field>>;
  change(field: Field, value: string): void;
  /** Sends if the check passes; resolves with the first field that is wrong, if any. */
  submit(): Promise<Field | null>;
}

/**
 * A form as a plain model. The request id stays the same while the values do, so pressing the button again after
 * trouble on the way does not do the thing twice.
 */
export function createForm<Field extends string, Reply>(options: FormOptions<Field, Reply>): Form<Field> {
  const newId = options.newRequestId ?? newRequestId;
  const state = createStore<FormState<Field>>({ values: options.initial, errors: {}, notice: null, sending: false });
  let requestId = newId();

  return {
    state,
    change(field, value) {
      const now = state.get();
      if (now.values[field] === value) return;
      requestId = newId();
      const errors = { ...now.errors };
      delete errors[field];
      state.set({ ...now, values: { ...now.values, [field]: value }, errors, notice: null });
    },
    async submit() {
      const now = state.get();
      if (now.sending) return null;
      const errors = options.check(now.values);
      const wrong = firstOf(now.values, errors);
      if (wrong !== null) {
        state.set({ ...now, errors, notice: null });
        return wrong;
      }
      state.set({ ...now, errors: {}, notice: null, sending: true });
      const outcome = await options.send(now.values, requestId);
      if (outcome.ok) {
        requestId = newId();
        state.set({ ...state.get(), sending: false });
        options.done(outcome.value);
        return null;
      }
      const { field, text } = options.words(outcome);
      if (field === undefined) {
        state.set({ ...state.get(), sending: false, notice: text });
        return null;
      }
      state.set({ ...state.get(), sending: false, errors: only(field, text) });
      return field;
    },
  };
}

function only<Field extends string>(field: Field, text: string): Partial<Record<Field, string>> {
  const errors: Partial<Record<Field, string>> = {};
  errors[field] = text;
  return errors;
}

function firstOf<Field extends string>(
  values: Readonly<Record<Field, string>>,
  errors: Partial<Record<Field, string>>,
): Field | null {
  for (const field in values) if (errors[field] !== undefined) return field;
  return null;
}
