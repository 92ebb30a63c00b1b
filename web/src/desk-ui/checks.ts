import { i18n } from '@lingui/core';
import { limits } from '#contract/limits.ts';
import { Email, Name, Password, Subject } from '#contract/text.ts';

/** What is wrong with a text, in words; undefined when nothing is. */
type Check = (text: string) => string | undefined;

/** A name of a person, an organization or a code. */
export const nameWrong: Check = (text) => {
  if (text.trim() === '') return i18n._('Please give a name.');
  if (text.trim().length > limits.nameLength)
    return i18n._('At most {count} characters, please.', { count: limits.nameLength });
  return Name.safeParse(text).success ? undefined : i18n._('Please use letters, digits and common signs only.');
};

export const emailWrong: Check = (text) => {
  if (text.trim() === '') return i18n._('Please give an e-mail address.');
  return Email.safeParse(text).success ? undefined : i18n._('This is not an e-mail address.');
};

export const newPasswordWrong: Check = (text) => {
  if (text.length < limits.passwordMinLength)
    return i18n._('At least {count} characters, please.', { count: limits.passwordMinLength });
  return Password.safeParse(text).success
    ? undefined
    : i18n._('At most {count} characters, please.', { count: limits.passwordMaxLength });
};

export const subjectWrong: Check = (text) => {
  if (text.trim() === '') return i18n._('Please say in a few words what it is about.');
  if (text.trim().length > limits.subjectLength)
    return i18n._('At most {count} characters, please.', { count: limits.subjectLength });
  return Subject.safeParse(text).success ? undefined : i18n._('Please keep it to one line of plain text.');
};

/** Collects what is wrong, field by field. */
export function wrongs<Field extends string>(
  found: Readonly<Record<Field, string | undefined>>,
): Partial<Record<Field, string>> {
  const errors: Partial<Record<Field, string>> = {};
  for (const field in found) {
    const text = found[field];
    if (text !== undefined) errors[field] = text;
  }
  return errors;
}
