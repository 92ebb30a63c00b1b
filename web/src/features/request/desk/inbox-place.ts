/** What stands in the inbox's address. */
export interface InboxPlace {
  readonly page?: number;
  /** The one that is open. */
  readonly item?: string;
}

/** Reads it; what makes no sense is left out. */
export function parseInboxPlace(raw: Record<string, unknown>): InboxPlace {
  const page = Number(raw['page']);
  const item = raw['item'];
  return {
    ...(Number.isInteger(page) && page > 1 ? { page } : {}),
    ...(typeof item === 'string' && /^[0-9a-f-]{36}$/.test(item) ? { item } : {}),
  };
}
