import { i18n } from '@lingui/core';
import { readInbox } from '#contract/request/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';

/** How many wait, beside the inbox's name; kept fresh by what the socket tells. */
export function InboxCount() {
  const total = useAnswer(readInbox, { query: { page: 1 } }).data?.total ?? 0;
  if (total === 0) return null;
  return (
    <span className="inbox-count">
      <span aria-hidden="true">{total > 99 ? '99+' : total}</span>
      <span className="only-heard">{i18n._('{count, plural, one {# waits} other {# wait}}', { count: total })}</span>
    </span>
  );
}
