const keyOf = (ticketId: string) => `sightglass.draft.${ticketId}`;

/** What was being written in this ticket, in this tab, before a reload. */
export function readDraft(ticketId: string): string {
  try {
    return sessionStorage.getItem(keyOf(ticketId)) ?? '';
  } catch {
    return '';
  }
}

/** Keeps what is being written; an empty text is forgotten. */
export function keepDraft(ticketId: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(keyOf(ticketId));
    else sessionStorage.setItem(keyOf(ticketId), text);
  } catch {
    // Storage is forbidden or full: the text is still in the field.
  }
}
