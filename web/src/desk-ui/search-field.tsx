import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type RefObject, useEffect, useState } from 'react';
import { SearchIcon } from './icons.tsx';

interface SearchFieldProps {
  /** What the field is for, as a screen reader says it. */
  readonly label: string;
  readonly placeholder: string;
  readonly className: string;
  /** What the address bar searches for. */
  readonly words: string | undefined;
  /** For the page's key that leads here. */
  readonly field: RefObject<HTMLInputElement | null>;
  /** Told, trimmed, a moment after the typing; undefined when nothing is looked for any more. */
  onSearch(words: string | undefined): void;
}

const TYPING_MS = 200;

/** The search of a list: what is typed comes into the address bar by itself, and what comes there otherwise into the field. */
export function SearchField({ label, placeholder, className, words = '', field, onSearch }: SearchFieldProps) {
  const [typed, setTyped] = useState(words);
  const search = useDebouncedCallback(
    (text: string) => onSearch(text.trim() === '' ? undefined : text.trim()),
    TYPING_MS,
  );
  // The address changed by something else than typing: the back button, a link.
  useEffect(() => setTyped((now) => (now.trim() === words ? now : words)), [words]);
  return (
    <TextInput
      ref={field}
      className={className}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<SearchIcon size={16} />}
      rightSection={typed === '' ? <kbd className="kbd">/</kbd> : null}
      rightSectionPointerEvents="none"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
