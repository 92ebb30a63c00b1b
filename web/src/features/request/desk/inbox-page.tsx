import { i18n } from '@lingui/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { SessionId } from '#contract/ids.ts';
import { type InboxItem, readInbox, readRequest } from '#contract/request/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { BackIcon, CheckIcon } from '#web/desk-ui/icons.tsx';
import { say } from '#web/desk-ui/notices.ts';
import { Page } from '#web/desk-ui/page.tsx';
import { Pager } from '#web/desk-ui/pager.tsx';
import { useShortcuts } from '#web/desk-ui/shortcuts.ts';
import { EmptyState, FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { useMe } from '#web/features/access/desk/index.ts';
import { useNow } from '../use-now.ts';
import { Coming } from './coming.tsx';
import { InboxDetail } from './inbox-detail.tsx';
import { inboxIdOf, shownItem, steppedAt } from './inbox-list.ts';
import type { InboxPlace } from './inbox-place.ts';
import { InboxRow } from './inbox-row.tsx';

const TICK_MS = 5_000;

interface InboxPageProps {
  readonly place: InboxPlace;
  /** A call that was answered here: leads into its session. */
  readonly onAnswered: (sessionId: SessionId) => void;
}

/** A11: all that waits for an employee, what waits longest first, each to be answered right here. */
export function InboxPage({ place, onAnswered }: InboxPageProps) {
  const answer = useAnswer(readInbox, { query: { page: place.page ?? 1 } }, { keepPrevious: true });
  const navigate = useNavigate();
  const now = useNow(TICK_MS);
  const items = answer.data?.items ?? [];
  const lastAt = useRef(0);
  const at = shownItem(items, place.item ?? null, lastAt.current);
  lastAt.current = Math.max(0, at);
  const item = items[at];
  const [entered, setEntered] = useState(0);
  useAnsweredByOthers(items, place.page ?? 1);

  const choose = (index: number) => {
    const next = items[index];
    if (next !== undefined) void navigate({ to: '/inbox', search: { ...place, item: inboxIdOf(next) }, replace: true });
  };
  const step = (by: 1 | -1) => () => choose(place.item === undefined ? 0 : steppedAt(at, by, items.length));
  useShortcuts({
    j: step(1),
    ArrowDown: step(1),
    k: step(-1),
    ArrowUp: step(-1),
    Enter: () => {
      if (item?.kind === 'message') void navigate({ to: '/tickets/$ticketId', params: { ticketId: item.ticket.id } });
      else if (item !== undefined) {
        choose(at);
        setEntered((count) => count + 1);
      }
    },
  });
  const total = answer.data?.total ?? 0;

  return (
    <Page
      title={i18n._('Inbox')}
      about={
        total === 0
          ? i18n._('Requests, calls and messages that wait for an answer.')
          : i18n._('{count, plural, one {# waits} other {# wait}}, the longest first.', { count: total })
      }
    >
      {answer.state === 'loading' ? <LoadingRows rows={5} height={72} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' && items.length === 0 ? (
        <>
          <EmptyState icon={<CheckIcon size={22} />} title={i18n._('Nothing waits')}>
            {i18n._('A request or a message of a customer appears here by itself.')}
          </EmptyState>
          <Coming now={now} />
        </>
      ) : null}
      {answer.state === 'ready' && item !== undefined ? (
        <div className="inbox" data-open={place.item !== undefined}>
          <div className="inbox-side">
            <ul className="list inbox-list" aria-label={i18n._('What waits')} data-old={answer.previous}>
              {items.map((one) => (
                <InboxRow key={inboxIdOf(one)} item={one} chosen={one === item} now={now} />
              ))}
            </ul>
            <Pager
              page={answer.data.page}
              pageSize={answer.data.pageSize}
              total={total}
              onPage={(page) => void navigate({ to: '/inbox', search: { page } })}
            />
            <Coming now={now} />
          </div>
          <div className="inbox-open">
            <Link to="/inbox" search={place.page === undefined ? {} : { page: place.page }} className="back-link">
              <BackIcon size={16} />
              {i18n._('Inbox')}
            </Link>
            <InboxDetail key={inboxIdOf(item)} item={item} now={now} entered={entered} onAnswered={onAnswered} />
          </div>
        </div>
      ) : null}
    </Page>
  );
}

/** A request that somebody else has answered goes from the list: who it was is said. */
function useAnsweredByOthers(items: readonly InboxItem[], page: number): void {
  const ask = useAsk();
  const { member } = useMe();
  const before = useRef<{ readonly page: number; readonly items: readonly InboxItem[] }>({ page, items });
  useEffect(() => {
    const here = new Set(items.map(inboxIdOf));
    const gone = before.current.page === page ? before.current.items.filter((item) => !here.has(inboxIdOf(item))) : [];
    before.current = { page, items };
    for (const item of gone) {
      if (item.kind !== 'request') continue;
      const { sessionId, subject } = item.request;
      void ask(readRequest, { params: { sessionId } }).then((read) => {
        const by = read.ok && read.value.status !== 'cancelled' ? read.value.answeredBy : null;
        if (by !== null && by.id !== member.id)
          say(i18n._('{name} has answered “{subject}”.', { name: by.name, subject }));
      });
    }
  }, [items, page, ask, member.id]);
}
