import type { MemberId } from '#contract/ids.ts';

/** Which employees have a page of the desk open, and when they last did something on one, in this process. */
export interface DeskPages {
  /** Counts a page in until the signal ends it. */
  add(memberId: MemberId, until: AbortSignal): void;
  /** Somebody does something. */
  touch(memberId: MemberId): void;
  of(memberId: MemberId): {
    readonly hasPage: boolean;
    readonly pageGoneAt: number | null;
    readonly activeAt: number | null;
  };
}

interface Known {
  pages: number;
  pageGoneAt: number | null;
  activeAt: number | null;
}

/** An empty book of pages. */
export function createDeskPages(clock: () => Date): DeskPages {
  const book = new Map<MemberId, Known>();
  const known = (memberId: MemberId): Known => {
    const found = book.get(memberId) ?? { pages: 0, pageGoneAt: null, activeAt: null };
    book.set(memberId, found);
    return found;
  };
  return {
    add(memberId, until) {
      if (until.aborted) return;
      const mine = known(memberId);
      mine.pages += 1;
      until.addEventListener(
        'abort',
        () => {
          mine.pages -= 1;
          if (mine.pages === 0) mine.pageGoneAt = clock().getTime();
        },
        { once: true },
      );
    },
    touch(memberId) {
      known(memberId).activeAt = clock().getTime();
    },
    of(memberId) {
      const { pages, pageGoneAt, activeAt } = known(memberId);
      return { hasPage: pages > 0, pageGoneAt, activeAt };
    },
  };
}
