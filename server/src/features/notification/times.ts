import type { Language } from '#contract/language.ts';

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

/** A moment as people read it, in the organization's time zone, which is named: nobody knows where a mail is read. */
export const timeWords = (language: Language, timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat(locales[language], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(at);
