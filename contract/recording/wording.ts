import * as z from 'zod/mini';
import type { Language } from '../language.ts';

/** The wording that is asked with now. A change of a word is a new version; old ones stay, for the ledger names them. */
export const CONSENT_VERSION = 2;
export const ConsentVersion = z.int().check(z.gte(1), z.lte(CONSENT_VERSION));

/** Which words, in which language. */
export interface AskedWording {
  readonly version: number;
  readonly language: Language;
}

/** What the wording names. `keptDays` null: until somebody deletes it. */
export interface ConsentTerms {
  readonly starter: string;
  readonly organization: string;
  readonly keptDays: number | null;
}

export interface ConsentWording {
  readonly title: string;
  /** What is recorded, who will see it, for how long it is kept, what a no means: a paragraph each. */
  readonly paragraphs: readonly string[];
}

type Words = (terms: ConsentTerms) => ConsentWording;

const english: Words = ({ starter, organization, keptDays }) => ({
  title: `May ${starter} record this session?`,
  paragraphs: [
    'The pictures, voices and drawings of everybody who agrees are recorded.',
    `Employees of ${organization} can watch and download it afterwards. You can too, for as long as they let you see this session.`,
    keptDays === null
      ? 'It is kept until somebody deletes it.'
      : `It is kept for ${keptDays} ${keptDays === 1 ? 'day' : 'days'}, then it is erased.`,
    'You are not recorded without your yes. You can take your yes back at any time, here or by telling an employee.',
  ],
});

const german: Words = ({ starter, organization, keptDays }) => ({
  title: `Darf ${starter} diese Sitzung aufzeichnen?`,
  paragraphs: [
    'Aufgezeichnet werden Bild, Ton und Zeichnungen von allen, die zustimmen.',
    `Danach können Mitarbeiter von ${organization} die Aufzeichnung ansehen und herunterladen. Sie auch, solange diese Sitzung für Sie sichtbar ist.`,
    keptDays === null
      ? 'Sie wird aufbewahrt, bis jemand sie löscht.'
      : `Sie wird ${keptDays} ${keptDays === 1 ? 'Tag' : 'Tage'} aufbewahrt und dann gelöscht.`,
    'Ohne Ihr Ja wird nichts von Ihnen aufgezeichnet. Sie können Ihr Ja jederzeit zurücknehmen, hier oder bei einem Mitarbeiter.',
  ],
});

/** From when every session stayed visible to its customer: a page that was opened then may still answer. */
const firstEnglish: Words = (terms) => {
  const { title, paragraphs } = english(terms);
  const [what = '', , kept = ''] = paragraphs;
  const who = `Employees of ${terms.organization} and you can watch and download it afterwards.`;
  const yes = 'You are not recorded without your yes. You can take your yes back at any time.';
  return { title, paragraphs: [what, who, kept, yes] };
};

const firstGerman: Words = (terms) => {
  const { title, paragraphs } = german(terms);
  const [what = '', , kept = ''] = paragraphs;
  const who = `Danach können Mitarbeiter von ${terms.organization} und Sie die Aufzeichnung ansehen und herunterladen.`;
  const yes = 'Ohne Ihr Ja wird nichts von Ihnen aufgezeichnet. Sie können Ihr Ja jederzeit zurücknehmen.';
  return { title, paragraphs: [what, who, kept, yes] };
};

const first: Readonly<Record<Language, Words>> = { en: firstEnglish, de: firstGerman };
const current: Readonly<Record<Language, Words>> = { en: english, de: german };

/** The words that a person is asked with; the server writes the same ones into the ledger. */
export const consentWording = ({ version, language }: AskedWording, terms: ConsentTerms): ConsentWording =>
  (version === 1 ? first : current)[language](terms);
