import * as z from 'zod/mini';
import { MemberId } from '#contract/ids.ts';
import { limits } from '#contract/limits.ts';
import { TicketStatus } from '#contract/ticket/events.ts';

/** What the list shows, as it stands in the address bar. */
export interface TicketFilter {
  readonly search?: string;
  readonly status?: TicketStatus;
  readonly assignee?: MemberId | 'none';
  readonly page?: number;
  /** The dialog over the list. */
  readonly dialog?: 'new';
}

const Search = z.string().check(z.minLength(1), z.maxLength(limits.searchLength));
const Assignee = z.union([MemberId, z.literal('none')]);
const Page = z.coerce.number().check(z.int(), z.minimum(2), z.maximum(100_000));

/** Reads the address bar; what makes no sense there is left out instead of breaking the page. */
export function parseTicketFilter(raw: Readonly<Record<string, unknown>>): TicketFilter {
  const search = Search.safeParse(raw['search']);
  const status = TicketStatus.safeParse(raw['status']);
  const assignee = Assignee.safeParse(raw['assignee']);
  const page = Page.safeParse(raw['page']);
  return {
    ...(search.success ? { search: search.data } : {}),
    ...(status.success ? { status: status.data } : {}),
    ...(assignee.success ? { assignee: assignee.data } : {}),
    ...(page.success ? { page: page.data } : {}),
    ...(raw['dialog'] === 'new' ? { dialog: 'new' } : {}),
  };
}

type Change = { readonly [Key in keyof TicketFilter]?: TicketFilter[Key] | undefined };

/** The filter after a change; another question starts at its first page. */
export function changedFilter(now: TicketFilter, change: Change): TicketFilter {
  const keepsPage = Object.keys(change).every((key) => key === 'page' || key === 'dialog');
  const { page, ...others } = now;
  return parseTicketFilter({ ...others, ...(keepsPage ? { page } : {}), ...change });
}

/** The question to the server. */
export function queryOf({ search, status, assignee, page }: TicketFilter) {
  return {
    page: page ?? 1,
    ...(search === undefined ? {} : { search }),
    ...(status === undefined ? {} : { status }),
    ...(assignee === undefined ? {} : { assignee }),
  };
}

/** Whether anything narrows the list. */
export const isNarrowed = (filter: TicketFilter): boolean =>
  filter.search !== undefined || filter.status !== undefined || filter.assignee !== undefined;
