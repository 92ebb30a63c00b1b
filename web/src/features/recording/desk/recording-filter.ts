import * as z from 'zod/mini';
import { limits } from '#contract/limits.ts';

export const RecordingListState = z.enum(['ready', 'running', 'failed', 'erased']);
type RecordingListState = z.infer<typeof RecordingListState>;

/** What the list of recordings shows, as it stands in the address bar. */
export interface RecordingFilter {
  readonly search?: string;
  readonly state?: RecordingListState;
  readonly page?: number;
}

const Search = z.string().check(z.minLength(1), z.maxLength(limits.searchLength));
const PageNumber = z.coerce.number().check(z.int(), z.minimum(2), z.maximum(100_000));

/** Reads the address bar; what makes no sense there is left out. */
export function parseRecordingFilter(raw: Readonly<Record<string, unknown>>): RecordingFilter {
  const search = Search.safeParse(raw['search']);
  const state = RecordingListState.safeParse(raw['state']);
  const page = PageNumber.safeParse(raw['page']);
  return {
    ...(search.success ? { search: search.data } : {}),
    ...(state.success ? { state: state.data } : {}),
    ...(page.success ? { page: page.data } : {}),
  };
}
