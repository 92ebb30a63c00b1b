import { i18n } from '@lingui/core';
import { useEffect, useRef, useState } from 'react';
import { Language } from '#contract/language.ts';
import { language, switchLanguage } from '../i18n.ts';
import { useStore } from '../state/use-store.ts';
import * as css from './language-select.module.css';

/** Every language in its own words: whoever can't read this page finds theirs. */
const ownNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

/** A page that is put together anew in the other language takes the focus away. */
let hasFocus = false;

/** C6: the language of the interface on this device. `onSwitched` once the page speaks it. */
export function LanguageSelect({ id, onSwitched }: { id?: string; onSwitched?: () => void }) {
  const chosen = useStore(language);
  const [failed, setFailed] = useState(false);
  const field = useRef<HTMLSelectElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the switch that takes the focus
  useEffect(() => {
    if (hasFocus) field.current?.focus();
    hasFocus = false;
  }, [chosen]);
  const choose = async (to: Language) => {
    hasFocus = true;
    const done = await switchLanguage(to);
    setFailed(!done);
    if (done) onSwitched?.();
  };
  return (
    <>
      <select
        ref={field}
        id={id}
        className={css.select}
        aria-label={id === undefined ? i18n._('Language') : undefined}
        value={chosen}
        onChange={(event) => {
          const to = Language.safeParse(event.currentTarget.value);
          if (to.success) void choose(to.data);
        }}
      >
        {Language.options.map((one) => (
          <option key={one} value={one} lang={one}>
            {ownNames[one]}
          </option>
        ))}
      </select>
      {failed ? (
        <p role="alert" className={css.trouble}>
          {i18n._('This could not be loaded. Please check your network.')}
        </p>
      ) : null}
    </>
  );
}
