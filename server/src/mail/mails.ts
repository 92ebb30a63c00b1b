import type { Language } from '#contract/language.ts';
import type { Change } from '../database/transact.ts';

/** A mail as a feature words it, in both forms. Who it is from is the operator's choice. */
export interface Mail {
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly content: string }[];
}

/** Mails on their way out. */
export interface Mails {
  /** Sent after the change is committed, tried again while the mail server can't be reached; not sent if the change is not. */
  send(change: Change, mail: Mail): Promise<void>;
}
