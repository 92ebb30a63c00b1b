import type { Happening } from '#core/notification/happening.ts';

/** What is known of what has happened, as its words need it. */
export interface Facts {
  /** Of the session or the ticket. */
  readonly subject: string;
  /** The one who acted; the organization where that was nobody. */
  readonly by: string;
  /** The customer. */
  readonly asker: string;
  readonly organization: string;
  /** In a person's own words; may be empty. */
  readonly words: string;
  /** Times in question, in the reader's language. */
  readonly times: readonly string[];
}

/** A line for pages and push messages, and the same as the beginning of a mail. */
export interface Said {
  readonly title: string;
  readonly text: string;
}

/** One language. */
export interface Words {
  readonly staff: Readonly<Partial<Record<Happening, (facts: Facts) => Said>>>;
  readonly customer: Readonly<Partial<Record<Happening, (facts: Facts) => Said>>>;
  readonly open: { readonly inbox: string; readonly ticket: string; readonly session: string };
  readonly whyStaff: (organization: string) => string;
  readonly whyCustomer: (organization: string) => string;
  readonly test: { readonly subject: string; readonly text: string; readonly why: string };
}
