import { i18n } from '@lingui/core';
import { Button } from '@mantine/core';
import { Link, Navigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { limits } from '#contract/limits.ts';
import { listRecordings, type Recording } from '#contract/recording/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { PrivacyIcon, RecordIcon, SearchIcon } from '#web/desk-ui/icons.tsx';
import { Page } from '#web/desk-ui/page.tsx';
import { Pager } from '#web/desk-ui/pager.tsx';
import { SearchField } from '#web/desk-ui/search-field.tsx';
import { useShortcuts } from '#web/desk-ui/shortcuts.ts';
import { EmptyState, FailedState, LoadingRows } from '#web/desk-ui/states.tsx';
import { mayManage, useMe } from '#web/features/access/desk/index.ts';
import { sizeWords } from '../words.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { parseRecordingFilter, type RecordingFilter, RecordingListState } from './recording-filter.ts';
import { RecordingRow } from './recording-row.tsx';
import { WatchDialog } from './watch-dialog.tsx';

interface RecordingsPageProps {
  readonly filter: RecordingFilter;
  /** Puts a filter into the address bar. */
  onFilter(next: RecordingFilter): void;
}

/** Admins and co-admins: every recording there is or was. */
export function RecordingsPage({ filter, onFilter }: RecordingsPageProps) {
  const me = useMe();
  const answer = useAnswer(listRecordings, { query: { page: 1, ...filter } }, { keepPrevious: true });
  const searchField = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState<{ what: 'watch' | 'erase'; recording: Recording } | null>(null);
  useShortcuts({ '/': () => searchField.current?.focus() });
  if (!mayManage(me.member)) return <Navigate to="/tickets" replace />;
  const close = () => setOpen(null);
  const isEmpty = answer.state === 'ready' && answer.data.total === 0 && !isNarrowed(filter);

  return (
    <Page
      title={i18n._('Recordings')}
      actions={
        <Button
          variant="default"
          leftSection={<PrivacyIcon />}
          renderRoot={(props) => <Link to="/privacy" {...props} />}
        >
          {i18n._('Privacy')}
        </Button>
      }
      about={
        answer.state === 'ready' && !isEmpty
          ? totalWords(answer.data)
          : i18n._('Everything that was recorded in sessions.')
      }
    >
      {isEmpty ? null : <FilterBar filter={filter} onFilter={onFilter} searchField={searchField} />}
      {answer.state === 'loading' ? <LoadingRows rows={6} height={64} /> : null}
      {answer.state === 'failed' ? <FailedState answer={answer} /> : null}
      {answer.state === 'ready' && answer.data.recordings.length === 0 ? (
        <NoRecordings filter={filter} onAll={() => onFilter({})} />
      ) : null}
      {answer.state === 'ready' && answer.data.recordings.length > 0 ? (
        <>
          <ul className="list recording-list" aria-label={i18n._('Recordings')} data-old={answer.previous}>
            {answer.data.recordings.map((recording) => (
              <RecordingRow
                key={recording.id}
                recording={recording}
                onWatch={() => setOpen({ what: 'watch', recording })}
                onErase={() => setOpen({ what: 'erase', recording })}
              />
            ))}
          </ul>
          <Pager
            page={filter.page ?? 1}
            pageSize={limits.pageSize}
            total={answer.data.total}
            onPage={(page) => {
              onFilter(parseRecordingFilter({ ...filter, page }));
              window.scrollTo({ top: 0 });
            }}
          />
        </>
      ) : null}
      {open?.what === 'watch' ? <WatchDialog recording={open.recording} onClose={close} /> : null}
      {open?.what === 'erase' ? <EraseDialog recording={open.recording} onClose={close} /> : null}
    </Page>
  );
}

function totalWords({ total, bytes }: { total: number; bytes: number }): string {
  return i18n._('{total, plural, =0 {None} one {# recording} other {# recordings}}, {size} in all', {
    total,
    size: sizeWords(bytes),
  });
}

const stateTabs: Readonly<Record<RecordingFilter['state'] & string, () => string>> = {
  ready: () => i18n._('Ready'),
  running: () => i18n._('Running'),
  failed: () => i18n._('Failed'),
  erased: () => i18n._('Erased'),
};

function FilterBar({
  filter,
  onFilter,
  searchField,
}: RecordingsPageProps & { searchField: React.RefObject<HTMLInputElement | null> }) {
  return (
    <div className="filter-bar">
      <nav className="status-tabs" aria-label={i18n._('State')}>
        {[undefined, ...RecordingListState.options].map((state) => (
          <Link
            key={state ?? 'all'}
            to="/recordings"
            search={parseRecordingFilter({ search: filter.search, state })}
            activeOptions={{ exact: true, includeSearch: true }}
            data-here={filter.state === state}
          >
            {state === undefined ? i18n._('All') : stateTabs[state]()}
          </Link>
        ))}
      </nav>
      <div className="filter-fields">
        <SearchField
          className="filter-search"
          label={i18n._('Search recordings')}
          placeholder={i18n._('Session or person')}
          words={filter.search}
          field={searchField}
          onSearch={(search) => onFilter(parseRecordingFilter({ state: filter.state, search }))}
        />
      </div>
    </div>
  );
}

const isNarrowed = (filter: RecordingFilter) =>
  filter.search !== undefined || filter.state !== undefined || filter.page !== undefined;

function NoRecordings({ filter, onAll }: { filter: RecordingFilter; onAll(): void }) {
  if (isNarrowed(filter))
    return (
      <EmptyState
        icon={<SearchIcon size={22} />}
        title={i18n._('No recording fits')}
        action={
          <Button variant="default" onClick={onAll}>
            {i18n._('Show all recordings')}
          </Button>
        }
      >
        {i18n._('Try other words, or another state.')}
      </EmptyState>
    );
  return (
    <EmptyState icon={<RecordIcon size={22} />} title={i18n._('Nothing has been recorded yet')}>
      {i18n._(
        'In a session, admins and members who may record find the button Record. Everybody there is asked first.',
      )}
    </EmptyState>
  );
}
