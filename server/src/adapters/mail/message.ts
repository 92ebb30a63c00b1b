import type { SendMailOptions } from 'nodemailer';
import type { MailFrom } from '../../config.ts';
import type { OutgoingMail } from '../../ports/mail-delivery.ts';

/** Line breaks and other control characters have no business in a header. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out here
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

/** A mail as nodemailer takes it. The receiver is an address, never a list or a name with one. */
export function messageOf(from: MailFrom, mail: OutgoingMail): SendMailOptions {
  return {
    from,
    to: { name: '', address: mail.to },
    subject: oneLine(mail.subject),
    text: mail.text,
    html: mail.html,
    date: mail.writtenAt,
    // The same at each attempt: who gets the mail twice sees it once.
    messageId: `<${mail.id}@${from.address.split('@')[1] ?? 'localhost'}>`,
    headers: { 'auto-submitted': 'auto-generated', 'content-language': mail.language },
    attachments: (mail.attachments ?? []).map(({ name, type, content }) => ({
      filename: oneLine(name),
      contentType: oneLine(type),
      content,
    })),
    // Content comes from texts only: nothing in a mail may make this server read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A sender as people read it. */
export const wordsOf = ({ name, address }: MailFrom): string => (name === '' ? address : `${name} <${address}>`);
