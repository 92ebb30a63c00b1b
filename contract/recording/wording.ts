import * as z from 'zod/mini';
import type { Language } from '../language.ts';

/** The wording that is asked with now. A change of a word is a new version; old ones stay, for the ledger names them. */
export const CONSENT_VERSION = 1;
export const ConsentVersion = z.int().check(z.gte(1), z.lte(CONSENT_VERSION));

/** What the wording names. `keptDays` null: until somebody deletes it. */
export interface ConsentTerms {
  readonly starter: string;
  readonly organization: string;
  readonly keptDays: number | null;
  /** Whether the session's customer can see the recording too. */
  readonly isPublic: boolean;
}

export interface ConsentWording {
  readonly title: string;
  /** What is recorded, who will see it, for how long it is kept, what a no means: a paragraph each. */
  readonly paragraphs: readonly string[];
}

const english = ({ starter, organization, keptDays, isPublic }: ConsentTerms): ConsentWording => ({
  title: `May ${starter} record this session?`,
  paragraphs: [
    'The pictures, voices and drawings of everybody who agrees are recorded.',
    isPublic
      ? `Employees of ${organization} and you can watch and download it afterwards.`
      : `Only employees of ${organization} can watch and download it afterwards.`,
    keptDays === null
      ? 'It is kept until somebody deletes it.'
      : `It is kept for ${keptDays} ${keptDays === 1 ? 'day' : 'days'}, then it is erased.`,
    'You are not recorded without your yes. You can take your yes back at any time.',
  ],
});

const german = ({ starter, organization, keptDays, isPublic }: ConsentTerms): ConsentWording => ({
  title: `Darf ${starter} diese Sitzung aufzeichnen?`,
  paragraphs: [
    'Aufgezeichnet werden Bild, Ton und Zeichnungen von allen, die zustimmen.',
    isPublic
      ? `Danach können Mitarbeiter von ${organization} und Sie die Aufzeichnung ansehen und herunterladen.`
      : `Danach können nur Mitarbeiter von ${organization} die Aufzeichnung ansehen und herunterladen.`,
    keptDays === null
      ? 'Sie wird aufbewahrt, bis jemand sie löscht.'
      : `Sie wird ${keptDays} ${keptDays === 1 ? 'Tag' : 'Tage'} aufbewahrt und dann gelöscht.`,
    'Ohne Ihr Ja wird nichts von Ihnen aufgezeichnet. Sie können Ihr Ja jederzeit zurücknehmen.',
  ],
});

const wordings: Readonly<Record<Language, (terms: ConsentTerms) => ConsentWording>> = { en: english, de: german };

/** The words that a person is asked with; the server writes the same ones into the ledger. */
export const consentWording = (language: Language, terms: ConsentTerms): ConsentWording => wordings[language](terms);
