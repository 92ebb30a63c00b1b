import { type FormEvent, useRef, useState } from 'react';
import { useStore } from '#web/state/use-store.ts';
import { createForm, type FormOptions } from './form-model.ts';

/** A form model in a component: spread `field('name')` into an input and `props` into the form element. */
export function useForm<Field extends string, Reply>(options: FormOptions<Field, Reply>) {
  const latest = useRef(options);
  latest.current = options;
  const [form] = useState(() =>
    createForm<Field, Reply>({
      initial: options.initial,
      check: (values) => latest.current.check(values),
      send: (values, requestId) => latest.current.send(values, requestId),
      words: (refusal) => latest.current.words(refusal),
      done: (reply) => latest.current.done(reply),
    }),
  );
  const state = useStore(form.state);
  const element = useRef<HTMLFormElement>(null);

  return {
    ...state,
    change: form.change,
    field: (name: Field) => ({
      name,
      value: state.values[name],
      error: state.errors[name] ?? null,
      onChange: (event: { currentTarget: { value: string } }) => form.change(name, event.currentTarget.value),
    }),
    props: {
      ref: element,
      noValidate: true,
      onSubmit: (event: FormEvent) => {
        event.preventDefault();
        void form.submit().then((wrong) => {
          const input = wrong === null ? null : element.current?.elements.namedItem(wrong);
          if (input instanceof HTMLElement) input.focus();
        });
      },
    },
  };
}
