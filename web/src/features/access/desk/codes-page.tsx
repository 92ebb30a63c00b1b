import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { type Code, listCodes } from '#contract/access/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { ChevronRightIcon, CodeIcon, PlusIcon, SearchIcon } from '#web/desk-ui/icons.tsx';
import { Page } from '#web/desk-ui/page.tsx';
import { SearchField } from '#web/desk-ui/search-field.tsx';
import { useShortcuts } from '#web/desk-ui/shortcuts.ts';
import { EmptyState, FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import type { CodeFilter } from './code-filter.ts';
import { useMe } from './me.tsx';
import { mayManage } from './member-rules.ts';
import { NewCodeDialog } from './new-code-dialog.tsx';
import { grouped } from './short-code-words.ts';

/** The access codes: one per machine or customer. */
export function CodesPage({ filter, onFilter }: { filter: CodeFilter; onFilter(next: CodeFilter): void }) {
  const manages = mayManage(useMe().member);
  const answer = useAnswer(
    listCodes,
    { query: filter.search === undefined ? {} : { search: filter.search } },
    { keepPrevious: true },
  );
  const searchField = useRef<HTMLInputElement>(null);
  const { dialog, ...withoutDialog } = filter;
  const openDialog = () => onFilter({ ...filter, dialog: 'new' });
  useShortcuts({ '/': () => searchField.current?.focus() });
  const codes = answer.data?.codes ?? [];

  return (
    <Page
      title={i18n._('Codes')}
      about={i18n._('A code on the machine leads the customer straight to you.')}
      actions={
        manages ? (
          <Button leftSection={<PlusIcon />} onClick={openDialog}>
            {i18n._('New code')}
          </Button>
        ) : undefined
      }
    >
      <SearchField
        className="list-search"
        label={i18n._('Search codes')}
        placeholder={i18n._('Search by name or short code')}
        words={filter.search}
        field={searchField}
        onSearch={(search) => onFilter(search === undefined ? {} : { search })}
      />
      {answer.state === 'loading' ? <LoadingRows rows={5} height={64} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' && codes.length > 0 ? (
        <ul className="list" aria-busy={answer.previous}>
          {codes.map((code) => (
            <CodeRow key={code.id} code={code} />
          ))}
        </ul>
      ) : null}
      {answer.state === 'ready' && codes.length === 0 ? (
        <NoCodes searched={filter.search} manages={manages} onNew={openDialog} />
      ) : null}
      <NewCodeDialog opened={manages && dialog === 'new'} onClose={() => onFilter(withoutDialog)} />
    </Page>
  );
}

function CodeRow({ code }: { code: Code }) {
  return (
    <li className="code-row" data-off={!code.enabled}>
      <span className="code-mark">
        <CodeIcon size={20} />
      </span>
      <div className="list-main">
        <Link to="/codes/$codeId" params={{ codeId: code.id }} className="name row-link clip">
          {code.name}
        </Link>
        <div className="small">
          <span className="mono">{grouped(code.shortCode)}</span>
        </div>
      </div>
      {code.enabled ? null : <span className="pill">{i18n._('Switched off')}</span>}
      {code.openTickets === 0 ? null : (
        <span className="small muted nowrap">
          {i18n._('{count, plural, one {# open ticket} other {# open tickets}}', { count: code.openTickets })}
        </span>
      )}
      <span className="muted row-arrow">
        <ChevronRightIcon size={16} />
      </span>
    </li>
  );
}

function NoCodes({ searched, manages, onNew }: { searched: string | undefined; manages: boolean; onNew(): void }) {
  if (searched !== undefined)
    return (
      <EmptyState icon={<SearchIcon size={22} />} title={i18n._('No code found')}>
        {i18n._('Nothing matches “{searched}”.', { searched })}
      </EmptyState>
    );
  return (
    <EmptyState
      icon={<CodeIcon size={22} />}
      title={i18n._('No codes yet')}
      action={
        manages ? (
          <Button leftSection={<PlusIcon />} onClick={onNew}>
            {i18n._('New code')}
          </Button>
        ) : undefined
      }
    >
      {manages
        ? i18n._('Make one for each machine, print its label and stick it on. Customers scan it and are with you.')
        : i18n._('An admin makes a code for each machine. Customers scan it and are with you.')}
    </EmptyState>
  );
}
