import { limits } from '#contract/limits.ts';

/** What the list of codes shows, as it stands in the address bar. */
export interface CodeFilter {
  readonly search?: string;
  readonly dialog?: 'new';
}

/** Reads the address bar; what makes no sense there is left out. */
export function parseCodeFilter(raw: Readonly<Record<string, unknown>>): CodeFilter {
  const search = typeof raw['search'] === 'string' ? raw['search'].slice(0, limits.searchLength) : '';
  return {
    ...(search === '' ? {} : { search }),
    ...(raw['dialog'] === 'new' ? { dialog: 'new' } : {}),
  };
}
