import type { RecordingState } from '#contract/recording/http.ts';
import type { SessionEventBody, SessionStatus } from '#contract/session/events.ts';
import type { TicketEventBody, TicketStatus } from '#contract/ticket/events.ts';

/** What a case on paper says in its own words. Names, subjects and messages are as they were written. */
export interface CaseWords {
  /** Of dates and numbers. */
  readonly locale: string;
  ticket(number: number): string;
  page(number: number): string;
  /** Above the facts of the ticket: as of when this is. */
  asOf(when: string): string;
  readonly facts: {
    readonly status: string;
    readonly code: string;
    readonly assignee: string;
    readonly openedBy: string;
    readonly openedAt: string;
    readonly none: string;
  };
  readonly ticketStatus: Readonly<Record<TicketStatus, string>>;
  readonly session: {
    readonly title: string;
    readonly status: string;
    readonly when: string;
    readonly lasted: string;
    readonly people: string;
    readonly rating: string;
    readonly visibility: string;
    readonly internal: string;
    readonly transcript: string;
    readonly pictures: string;
    readonly recordings: string;
    stars(mean: string): string;
    erased(when: string): string;
  };
  readonly sessionStatus: Readonly<Record<SessionStatus, string>>;
  readonly recordingState: Readonly<Record<RecordingState, string>>;
  recording(number: number, by: string, when: string): string;
  picture(number: number, by: string, when: string): string;
  readonly pictureMissing: string;
  readonly pictureErased: string;
  /** The file had grown too large for the full one. */
  readonly pictureSmall: string;
  /** One line of the ticket; null: said elsewhere. `when` words an instant. */
  inTicket(body: TicketEventBody, name: string): string | null;
  /** One line of a session's transcript; null: it needs no line on paper. */
  inSession(body: SessionEventBody, name: string, when: (at: string) => string): string | null;
}
