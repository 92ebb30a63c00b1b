import * as z from 'zod/mini';
import { limits } from './limits.ts';

// Postgres keeps no NUL in text; other control characters besides tab and line break say nothing to a reader.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const LINE_BREAK = /[\r\n\u2028\u2029]/;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const printable = (text: string) => !CONTROL.test(text) && !LONE_SURROGATE.test(text);

/** One line of text, trimmed, not empty. */
const line = (maxLength: number) =>
  z.string().check(
    z.trim(),
    z.minLength(1),
    z.maxLength(maxLength),
    z.refine(printable),
    z.refine((text) => !LINE_BREAK.test(text)),
  );

/** Text of several lines, trimmed, not empty. */
export const paragraph = (maxLength: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(maxLength), z.refine(printable));

export const Name = line(limits.nameLength);
export const Subject = line(limits.subjectLength);
export const MessageText = paragraph(limits.messageLength);
/** A reason in a person's own words; may be empty. */
export const Reason = z.string().check(z.trim(), z.maxLength(400), z.refine(printable));
/** Looked for in names and subjects; may be empty. */
export const SearchText = z.string().check(z.trim(), z.maxLength(limits.searchLength), z.refine(printable));
export const Email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(limits.emailLength), z.email());
export const Password = z
  .string()
  .check(z.minLength(limits.passwordMinLength), z.maxLength(limits.passwordMaxLength), z.refine(printable));
/** An instant as ISO 8601 in UTC. */
export const Instant = z.iso.datetime();
