import { i18n } from '@lingui/core';
import { type ReactNode, useState } from 'react';
import type { Refusal } from '#contract/errors.ts';
import { limits } from '#contract/limits.ts';
import { Name } from '#contract/text.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { spelled } from './code-key.ts';
import type { CodePage } from './code-page-model.ts';
import * as css from './code-screen.module.css';

interface EntranceProps {
  readonly page: CodePage;
  readonly busy: boolean;
  readonly refusal: Refusal | null;
}

/** `/c`: the code as it stands on the label, typed by hand. */
export function ShortCodeForm({ page, busy, refusal }: EntranceProps) {
  const [typed, setTyped] = useState('');
  return (
    <Form onSubmit={() => void page.type(typed)}>
      <h1>{i18n._('Type your code')}</h1>
      <TextField
        label={i18n._('Code')}
        hint={i18n._('Eight letters and digits. It stands on the label, below the square picture.')}
        className={css.code}
        value={typed}
        onChange={(next) => setTyped(spelled(next))}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        error={refusal === null ? undefined : codeTrouble(refusal)}
      />
      <Button kind="primary" submit wide busy={busy}>
        {i18n._('Continue')}
      </Button>
    </Form>
  );
}

/** The name that the service team sees; asked once per device. */
export function NameForm({ page, busy, refusal, code }: EntranceProps & { readonly code: string }) {
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  return (
    <Form
      onSubmit={() => {
        setAsked(true);
        if (Name.safeParse(name).success) void page.giveName(name);
      }}
    >
      <h1>{code}</h1>
      <TextField
        label={i18n._('What is your name?')}
        hint={i18n._('The service team sees it. You are asked only once on this device.')}
        value={name}
        onChange={setName}
        maxLength={limits.nameLength}
        autoComplete="name"
        error={nameTrouble(asked ? name : null, refusal)}
      />
      <Button kind="primary" submit wide busy={busy}>
        {i18n._('Continue')}
      </Button>
    </Form>
  );
}

/** What is wrong with a name, in words; `null` as the name: nothing has been tried yet. */
export function nameTrouble(name: string | null, refusal: Refusal | null): string | undefined {
  if (name !== null && name.trim() === '') return i18n._('Please type your name.');
  if (name !== null && !Name.safeParse(name).success) return i18n._('This name has signs in it that can’t be used.');
  return refusal === null ? undefined : refusalWords(refusal);
}

function codeTrouble(refusal: Refusal): string {
  if (refusal.code === 'malformed') return i18n._('A code has eight letters and digits. Please look again.');
  if (refusal.code === 'not-found')
    return i18n._('There is no such code. Please check each letter, or ask for a new one.');
  return refusalWords(refusal);
}

/** A form that is handled here and never sent by the browser. */
export function Form({ onSubmit, children }: { readonly onSubmit: () => void; readonly children: ReactNode }) {
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
