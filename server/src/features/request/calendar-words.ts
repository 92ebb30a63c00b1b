import type { Language } from '#contract/language.ts';

/** What an entry in somebody's calendar says. */
interface CalendarWords {
  summary(subject: string): string;
  join(link: string): string;
  with(name: string): string;
}

export const calendarWords: Readonly<Record<Language, CalendarWords>> = {
  en: {
    summary: (subject) => `Video session: ${subject}`,
    join: (link) => `Join the session: ${link}`,
    with: (name) => `With ${name}`,
  },
  de: {
    summary: (subject) => `Videositzung: ${subject}`,
    join: (link) => `An der Sitzung teilnehmen: ${link}`,
    with: (name) => `Mit ${name}`,
  },
};
