import { i18n } from '@lingui/core';
import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { listCodes } from '#contract/access/http.ts';
import { CodeId } from '#contract/ids.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';

interface CodeSelectProps {
  readonly value: { readonly id: string; readonly name: string } | null;
  readonly label?: string;
  readonly description?: string;
  readonly disabled?: boolean;
  onChange(code: { readonly id: CodeId; readonly name: string } | null): void;
}

const NONE = 'none';

/** Chooses a code by typing a part of its name; the server searches, so there may be many. */
export function CodeSelect({ value, label, description, disabled = false, onChange }: CodeSelectProps) {
  const chosenName = value?.name ?? i18n._('No code');
  const [typed, setTyped] = useState(chosenName);
  const [wanted] = useDebouncedValue(typed.trim(), 150);
  const search = wanted === chosenName ? '' : wanted;
  const codes = useAnswer(listCodes, { query: search === '' ? {} : { search } }, { keepPrevious: true });
  const found = (codes.data?.codes ?? []).filter(({ enabled, id }) => enabled || id === value?.id);
  const options = new Map(found.map(({ id, name }) => [String(id), name]));
  if (value !== null) options.set(value.id, value.name);
  const none = search === '' ? [{ value: NONE, label: i18n._('No code') }] : [];
  return (
    <Select
      {...(label === undefined ? { 'aria-label': i18n._('Code') } : { label })}
      {...(description === undefined ? {} : { description })}
      searchable
      allowDeselect={false}
      onFocus={(event) => event.currentTarget.select()}
      disabled={disabled}
      data={[...none, ...[...options].map(([id, name]) => ({ value: id, label: name }))]}
      // The server has searched already, also in short codes that are not shown.
      filter={({ options: all }) => all}
      nothingFoundMessage={i18n._('No code found')}
      value={value?.id ?? NONE}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        const chosen = CodeId.safeParse(id);
        const name = id === null ? undefined : options.get(id);
        onChange(chosen.success && name !== undefined ? { id: chosen.data, name } : null);
      }}
    />
  );
}
