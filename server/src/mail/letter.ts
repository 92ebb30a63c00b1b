import type { Language } from '#contract/language.ts';
import type { Mail } from './mail.ts';

/** What a mail says, without its looks. */
export interface Letter {
  readonly language: Language;
  readonly subject: string;
  /** Who writes: the organization. */
  readonly from: string;
  /** May hold line breaks, as people have typed them. */
  readonly paragraphs: readonly string[];
  /** Where it leads. */
  readonly link?: { readonly label: string; readonly address: string };
  /** Why one gets it, in small letters at the end. */
  readonly why: string;
}

/** Text as it is, for the inside of an element or of a quoted attribute. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = {
  body: 'margin:0;padding:24px;background:#f4f6f7;color:#1a2024;font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif',
  sheet: 'max-width:560px;margin:0 auto;padding:24px 28px;background:#ffffff;border-radius:10px',
  from: 'margin:0 0 16px;color:#0b7285;font-weight:600',
  button:
    'display:inline-block;padding:12px 20px;background:#0b7285;color:#ffffff;border-radius:10px;text-decoration:none;font-weight:600',
  small: 'margin:24px 0 0;color:#5b6770;font-size:13px',
} as const;

/** The letter in both forms of a mail. Nothing in it is loaded from anywhere. */
export function formsOf(letter: Letter): Pick<Mail, 'language' | 'subject' | 'text' | 'html'> {
  const { language, subject, from, paragraphs, link, why } = letter;
  const text = [
    ...paragraphs,
    ...(link === undefined ? [] : [`${link.label}:\n${link.address}`]),
    `--\n${from}\n${why}`,
  ];
  const paragraph = (words: string) => `<p style="margin:0 0 16px">${escapeHtml(words).replaceAll('\n', '<br>')}</p>`;
  const button =
    link === undefined
      ? ''
      : `<p style="margin:24px 0"><a href="${escapeHtml(link.address)}" style="${style.button}">${escapeHtml(link.label)}</a></p>`;
  const html = [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="${style.body}"><div style="${style.sheet}"><p style="${style.from}">${escapeHtml(from)}</p>`,
    ...paragraphs.map(paragraph),
    button,
    `<p style="${style.small}">${escapeHtml(why)}</p></div></body></html>`,
  ].join('\n');
  return { language, subject, text: `${text.join('\n\n')}\n`, html };
}
