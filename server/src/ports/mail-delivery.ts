import type { Mail } from '../mail/mail.ts';

/** One mail on its way out; `id` is the same at each attempt. */
export interface OutgoingMail extends Mail {
  readonly id: string;
  readonly writtenAt: Date;
}

/** The last step of a mail. */
export interface MailDelivery {
  /** `folder`: no mail server is set, mails are laid into a folder of this server's. */
  readonly kind: 'smtp' | 'folder';
  /** What mails say they are from, as people read it. */
  readonly from: string;
  /** Resolves once the mail is handed over. Throws `MailRefused` where trying again would change nothing. */
  deliver(mail: OutgoingMail): Promise<void>;
}

/** The mail server will not take this mail, however often it is asked. */
export class MailRefused extends Error {}
