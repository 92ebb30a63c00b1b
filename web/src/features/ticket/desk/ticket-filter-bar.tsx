import { i18n } from '@lingui/core';
import { Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { listMembers } from '#contract/access/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { SearchField } from '#web/desk-ui/search-field.tsx';
import { useMe } from '#web/features/access/desk/index.ts';
import { ticketStatusWords } from '../thread-words.ts';
import { changedFilter, parseTicketFilter, type TicketFilter } from './ticket-filter.ts';
import { ticketStatuses } from './ticket-words.ts';

interface TicketFilterBarProps {
  readonly filter: TicketFilter;
  readonly searchField: RefObject<HTMLInputElement | null>;
  onFilter(next: TicketFilter, replace: boolean): void;
}

const ANYBODY = 'anybody';

/** Search, status and assignee; each stands in the address bar. */
export function TicketFilterBar({ filter, searchField, onFilter }: TicketFilterBarProps) {
  return (
    <div className="filter-bar">
      <nav className="status-tabs" aria-label={i18n._('Status')}>
        {[undefined, ...ticketStatuses].map((status) => (
          <Link
            key={status ?? 'all'}
            to="/tickets"
            search={changedFilter(filter, { status })}
            activeOptions={{ exact: true, includeSearch: true }}
            data-here={filter.status === status}
          >
            {status === undefined ? i18n._('All') : ticketStatusWords(status)}
          </Link>
        ))}
      </nav>
      <div className="filter-fields">
        <SearchField
          className="filter-search"
          label={i18n._('Search tickets')}
          placeholder={i18n._('Search')}
          words={filter.search}
          field={searchField}
          onSearch={(search) => onFilter(changedFilter(filter, { search }), true)}
        />
        <AssigneeFilter filter={filter} onFilter={onFilter} />
      </div>
    </div>
  );
}

function AssigneeFilter({ filter, onFilter }: Pick<TicketFilterBarProps, 'filter' | 'onFilter'>) {
  const self = useMe().member;
  const members = useAnswer(listMembers, {});
  const others = (members.data?.members ?? []).filter(({ id, active }) => active && id !== self.id);
  return (
    <Select
      className="filter-assignee"
      aria-label={i18n._('Assignee')}
      searchable
      allowDeselect={false}
      onFocus={(event) => event.currentTarget.select()}
      nothingFoundMessage={i18n._('Nobody found')}
      data={[
        { value: ANYBODY, label: i18n._('Anybody') },
        { value: self.id, label: i18n._('Me') },
        { value: 'none', label: i18n._('Nobody') },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={filter.assignee ?? ANYBODY}
      onChange={(assignee) =>
        onFilter(parseTicketFilter({ ...changedFilter(filter, { assignee: undefined }), assignee }), false)
      }
    />
  );
}
