import type { Language } from '#contract/language.ts';
import type { ConsentTerms, ConsentWording } from '#contract/recording/wording.ts';

/* What stands around the wording of contract/recording/wording.ts, which the ledger needs outside of any catalogue. */

interface AnswerWords {
  readonly yes: string;
  readonly no: string;
  readonly read: string;
}

const answers: Readonly<Record<Language, AnswerWords>> = {
  en: { yes: 'Yes, record', no: 'No, don’t record', read: 'I have read this' },
  de: { yes: 'Ja, aufzeichnen', no: 'Nein, nicht aufzeichnen', read: 'Gelesen' },
};

/** The words on the buttons. */
export const answerButtons = (language: Language): AnswerWords => answers[language];

/** With the policy off: what everybody is told. */
export function noticeWording(language: Language, { starter, organization, keptDays }: ConsentTerms): ConsentWording {
  if (language === 'de')
    return {
      title: `${starter} zeichnet diese Sitzung auf`,
      paragraphs: [
        'Aufgezeichnet werden Bild, Ton und Zeichnungen von allen.',
        `Danach können Mitarbeiter von ${organization} die Aufzeichnung ansehen. Sie auch, solange diese Sitzung für Sie sichtbar ist.`,
        keptDays === null
          ? 'Sie wird aufbewahrt, bis jemand sie löscht.'
          : `Sie wird ${keptDays} ${keptDays === 1 ? 'Tag' : 'Tage'} aufbewahrt und dann gelöscht.`,
      ],
    };
  return {
    title: `${starter} is recording this session`,
    paragraphs: [
      'The pictures, voices and drawings of everybody are recorded.',
      `Employees of ${organization} can watch it afterwards. You can too, for as long as they let you see this session.`,
      keptDays === null
        ? 'It is kept until somebody deletes it.'
        : `It is kept for ${keptDays} ${keptDays === 1 ? 'day' : 'days'}, then it is erased.`,
    ],
  };
}
