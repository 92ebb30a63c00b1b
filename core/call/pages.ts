/** Which page load of the other participant we talk to. A reload is a new page; what an older one said late is dropped. */
export interface Pages {
  readonly current: string | null;
  readonly retired: readonly { readonly page: string; readonly at: number }[];
}

export const NO_PAGE: Pages = { current: null, retired: [] };

/** Enough for anyone who reloads in anger; the oldest is forgotten first. */
const RETIRED_LIMIT = 32;
/**
 * A page that still speaks so long after it was replaced is alive, it was no late signal: two reloads and a delayed request can
 * make the older page look like the newer one.
 */
export const LATE_MS = 8_000;

export type Hearing =
  | { readonly heard: 'no' }
  /** `new-page`: everything negotiated with the page before is void. */
  | { readonly heard: 'yes' | 'new-page'; readonly pages: Pages };

/** Whether a signal counts, given who sent it and whom it was meant for. */
export function hear(
  pages: Pages,
  own: string,
  signal: { readonly page: string; readonly to: string | null },
  now: number,
): Hearing {
  if (signal.to !== null && signal.to !== own) return { heard: 'no' };
  if (pages.current === signal.page) return { heard: 'yes', pages };
  if (pages.retired.some(({ page, at }) => page === signal.page && now - at < LATE_MS)) return { heard: 'no' };
  if (pages.current === null) return { heard: 'yes', pages: { ...pages, current: signal.page } };
  const others = pages.retired.filter(({ page }) => page !== signal.page);
  const retired = [...others, { page: pages.current, at: now }].slice(-RETIRED_LIMIT);
  return { heard: 'new-page', pages: { current: signal.page, retired } };
}
