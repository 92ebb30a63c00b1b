import type { SessionId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';

/** A mail as a feature words it, in both forms. Who it is from is the operator's choice. */
export interface Mail {
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?:
    | readonly { readonly name: string; readonly type: string; readonly content: string }[]
    | undefined;
  /** A customer's mail about this session: not sent if by then it is nothing for customers any more. */
  readonly unlessInternal?: SessionId | undefined;
}
