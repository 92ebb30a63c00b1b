import { i18n } from '@lingui/core';
import { compileMessage } from './compile-message.ts';

/*
 * The source text of a message, in English, is its id. A language is one file, catalogues/<language>.json, which maps
 * source texts to translations in the same ICU form; it is found by its name, loaded when a person's browser asks for
 * that language, and need not be complete: what is missing is shown in English.
 */
const catalogues: Catalogues = import.meta.glob<Catalogue>('./catalogues/*.json', { import: 'default' });
const SOURCE = 'en';

type Catalogue = Readonly<Record<string, string>>;
type Catalogues = Readonly<Record<string, () => Promise<Catalogue>>>;

i18n.setMessagesCompiler(compileMessage);
i18n.loadAndActivate({ locale: SOURCE, messages: {} });

const languages = [SOURCE, ...Object.keys(catalogues).map(languageOf)];

/** Shows the interface in the first of the preferred languages that there is. Call it before the first screen is drawn. */
export async function chooseLanguage(preferred: readonly string[] = navigator.languages): Promise<void> {
  const locale = matchLanguage(preferred, languages);
  document.documentElement.lang = locale;
  if (locale === SOURCE) return;
  try {
    const messages = await catalogues[`./catalogues/${locale}.json`]?.();
    i18n.loadAndActivate({ locale, messages: { ...messages } });
  } catch {
    // A catalogue that can't be loaded must not keep anybody from the screen.
    document.documentElement.lang = SOURCE;
  }
}

/** The first preferred language that is available, by its full tag or by its language alone. */
export function matchLanguage(preferred: readonly string[], available: readonly string[]): string {
  for (const tag of preferred) {
    const found = available.find((one) => one === tag) ?? available.find((one) => one === tag.split('-')[0]);
    if (found !== undefined) return found;
  }
  return SOURCE;
}

function languageOf(path: string): string {
  return path.slice('./catalogues/'.length, -'.json'.length);
}
