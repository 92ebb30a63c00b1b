import type { Language } from '#contract/language.ts';
import { formsOf } from '../../mail/letter.ts';
import type { Mail } from '../../mail/mail.ts';
import type { Words } from './said.ts';
import { german } from './words-de.ts';
import { english } from './words-en.ts';

export const wordsOf: Readonly<Record<Language, Words>> = { en: english, de: german };

/** The mail by which a manager sees that mails arrive. */
export function testMail(language: Language, to: string, organization: string): Mail {
  const { subject, text, why } = wordsOf[language].test;
  return { to, ...formsOf({ language, from: organization, subject, paragraphs: [text], why }) };
}
