import { i18n } from '@lingui/core';
import { Language } from '#contract/language.ts';
import { compileMessage } from './compile-message.ts';
import { createStore, type ReadableStore } from './state/store.ts';

/*
 * The source text of a message, in English, is its id. A language is an entry in contract/language.ts and one file,
 * catalogues/<language>.json, which maps source texts to translations in the same ICU form. `npm run check` finds what a
 * file lacks. It is loaded when a person reads that language, and each build carries only the texts that it can show.
 */
const catalogues: Catalogues = import.meta.glob<CatalogueFile>('./catalogues/*.json');
const SOURCE = 'en';
const KEY = 'sightglass.language';

type Catalogue = Readonly<Record<string, string>>;
/** A build may split it: the texts that a page begins with, and a way to the others (web/own-texts.ts). */
interface CatalogueFile {
  readonly default: Catalogue;
  readonly later?: () => Promise<Catalogue>;
}
type Catalogues = Readonly<Record<string, () => Promise<CatalogueFile>>>;

i18n.setMessagesCompiler(compileMessage);
i18n.loadAndActivate({ locale: SOURCE, messages: {} });

const shown = createStore<{ readonly language: Language }>({ language: SOURCE });

/**
 * The language of the interface. Who shows words for longer than a moment shows them anew when this tells of a change: of
 * another language, or of words that came late.
 */
export const language: ReadableStore<Language> = { get: () => shown.get().language, subscribe: shown.subscribe };

/** Shows the interface in the language chosen on this device, else in the browser's. Call it before the first screen. */
export async function chooseLanguage(preferred: readonly string[] = navigator.languages): Promise<void> {
  await show(keptChoice() ?? matchLanguage(preferred));
}

/** Shows the interface in another language, now and on this device from now on; false when its words can't be loaded. */
export async function switchLanguage(to: Language): Promise<boolean> {
  if (!(await show(to))) return false;
  try {
    localStorage.setItem(KEY, to);
  } catch {
    // A browser that keeps nothing asks for it again next time.
  }
  return true;
}

async function show(to: Language): Promise<boolean> {
  try {
    const file = await catalogues[`./catalogues/${to}.json`]?.();
    i18n.loadAndActivate({ locale: to, messages: { ...file?.default } });
    void file?.later?.().then((more) => addLate(to, more), noMore);
  } catch {
    // A catalogue that can't be loaded must not keep anybody from the screen: it stays in the language that it is in.
    return false;
  }
  document.documentElement.lang = to;
  shown.set({ language: to });
  return true;
}

function addLate(to: Language, more: Catalogue): void {
  i18n.load(to, more);
  if (language.get() === to) shown.set({ language: to });
}

/** Those words are shown in English. */
function noMore(): void {}

/** How dates and numbers are written: as the person's region does where it speaks the chosen language, else as that language does. */
export function regionTag(): string {
  const chosen = language.get();
  return navigator.languages.find((tag) => tag.split('-')[0] === chosen) ?? chosen;
}

/** The first of a person's languages that we have, by the language alone: German is German in every country. */
export function matchLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const found = Language.safeParse(tag.split('-')[0]);
    if (found.success) return found.data;
  }
  return SOURCE;
}

function keptChoice(): Language | null {
  try {
    const kept = Language.safeParse(localStorage.getItem(KEY));
    return kept.success ? kept.data : null;
  } catch {
    return null;
  }
}
