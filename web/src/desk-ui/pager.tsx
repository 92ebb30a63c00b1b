import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { shownRange } from './shown-range.ts';

/** Which part of the list this is, and the way to its neighbours. */
export function Pager({
  page,
  pageSize,
  total,
  onPage,
}: {
  page: number;
  pageSize: number;
  total: number;
  onPage(page: number): void;
}) {
  const { from, to, pages } = shownRange(page, pageSize, total);
  return (
    <nav className="pager" aria-label={i18n._('Pages')}>
      <span className="muted">{i18n._('{from}–{to} of {total}', { from, to, total })}</span>
      {pages === 1 ? null : (
        <span className="row">
          <Button variant="default" size="xs" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {i18n._('Previous')}
          </Button>
          <Button variant="default" size="xs" disabled={page >= pages} onClick={() => onPage(page + 1)}>
            {i18n._('Next')}
          </Button>
        </span>
      )}
    </nav>
  );
}
