import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { listTickets } from '#contract/ticket/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { PlusIcon, SearchIcon, TicketIcon } from '#web/desk-ui/icons.tsx';
import { Page } from '#web/desk-ui/page.tsx';
import { Pager } from '#web/desk-ui/pager.tsx';
import { useShortcuts } from '#web/desk-ui/shortcuts.ts';
import { EmptyState, FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { useMe } from '#web/features/access/desk/index.ts';
import { NewTicketDialog } from './new-ticket-dialog.tsx';
import { changedFilter, isNarrowed, queryOf, type TicketFilter } from './ticket-filter.ts';
import { TicketFilterBar } from './ticket-filter-bar.tsx';
import { TicketRow } from './ticket-row.tsx';

interface TicketListPageProps {
  readonly filter: TicketFilter;
  /** Puts a filter into the address bar; `replace` for steps that the back button should skip. */
  onFilter(next: TicketFilter, replace: boolean): void;
}

/** All tickets: search, filter, page through, open. */
export function TicketListPage({ filter, onFilter }: TicketListPageProps) {
  const me = useMe();
  const answer = useAnswer(listTickets, { query: queryOf(filter) }, { keepPrevious: true });
  const searchField = useRef<HTMLInputElement>(null);
  const tickets = answer.data?.tickets ?? [];
  const openDialog = () => onFilter(changedFilter(filter, { dialog: 'new' }), false);
  const row = useChosenRow(tickets.map(({ id }) => id));
  useShortcuts({ '/': () => searchField.current?.focus(), ...row.shortcuts });

  return (
    <Page
      title={titleOf(filter, me.member.id)}
      actions={
        <Button leftSection={<PlusIcon />} onClick={openDialog}>
          {i18n._('New ticket')}
        </Button>
      }
    >
      <TicketFilterBar filter={filter} onFilter={onFilter} searchField={searchField} />
      {answer.state === 'loading' ? <LoadingRows rows={8} height={60} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' && tickets.length > 0 ? (
        <>
          <ul className="list ticket-list" aria-label={i18n._('Tickets')} data-old={answer.previous}>
            {tickets.map((ticket, index) => (
              <TicketRow key={ticket.id} ticket={ticket} chosen={row.at === index} />
            ))}
          </ul>
          <Pager
            page={answer.data.page}
            pageSize={answer.data.pageSize}
            total={answer.data.total}
            onPage={(page) => {
              onFilter(changedFilter(filter, { page }), false);
              window.scrollTo({ top: 0 });
            }}
          />
        </>
      ) : null}
      {answer.state === 'ready' && tickets.length === 0 ? (
        <NoTickets filter={filter} onNew={openDialog} onAll={() => onFilter({}, false)} />
      ) : null}
      <NewTicketDialog
        opened={filter.dialog === 'new'}
        onClose={() => onFilter(changedFilter(filter, { dialog: undefined }), true)}
      />
    </Page>
  );
}

function titleOf(filter: TicketFilter, self: string): string {
  if (filter.assignee === self) return i18n._('My tickets');
  if (filter.assignee === 'none') return i18n._('Unassigned tickets');
  return i18n._('Tickets');
}

/** j and k, or the arrows, walk through the rows; Enter opens. */
function useChosenRow(ids: readonly string[]) {
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string | null>(null);
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  const step = (by: 1 | -1) => {
    const next = at === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by));
    setChosen(ids[next] ?? null);
  };
  useEffect(() => {
    if (at === -1) return;
    const link = document.querySelector(`.ticket-list > li:nth-child(${at + 1}) a`);
    if (link instanceof HTMLElement) link.focus();
  }, [at]);
  const open = () => {
    if (chosen !== null && at !== -1) void navigate({ to: '/tickets/$ticketId', params: { ticketId: chosen } });
  };
  const [next, previous] = [() => step(1), () => step(-1)];
  return { at, shortcuts: { j: next, ArrowDown: next, k: previous, ArrowUp: previous, Enter: open } };
}

function NoTickets({ filter, onNew, onAll }: { filter: TicketFilter; onNew(): void; onAll(): void }) {
  if (filter.page !== undefined && !isNarrowed(filter))
    return (
      <EmptyState
        icon={<TicketIcon size={22} />}
        title={i18n._('There is nothing on this page')}
        action={
          <Button variant="default" onClick={onAll}>
            {i18n._('To the first page')}
          </Button>
        }
      />
    );
  if (isNarrowed(filter))
    return (
      <EmptyState
        icon={<SearchIcon size={22} />}
        title={i18n._('No ticket fits')}
        action={
          <Button variant="default" onClick={onAll}>
            {i18n._('Show all tickets')}
          </Button>
        }
      >
        {i18n._('Try other words, or another status or assignee.')}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<TicketIcon size={22} />}
      title={i18n._('No tickets yet')}
      action={
        <Button leftSection={<PlusIcon />} onClick={onNew}>
          {i18n._('New ticket')}
        </Button>
      }
    >
      {i18n._('Tickets arrive here as soon as a customer writes through a code. You can open one yourself.')}
    </EmptyState>
  );
}
