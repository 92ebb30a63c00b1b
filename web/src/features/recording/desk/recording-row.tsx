import { i18n } from '@lingui/core';
import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Recording } from '#contract/recording/http.ts';
import { formatDuration } from '#core/session/duration.ts';
import { MoreIcon, TicketIcon, TrashIcon, VideoIcon } from '#web/desk-ui/icons.tsx';
import { Moment } from '#web/desk-ui/moment.tsx';
import { isSettled, sizeWords, stateWords } from '../words.ts';

interface RecordingRowProps {
  readonly recording: Recording;
  onWatch(): void;
  onErase(): void;
}

/** One recording in the list; the row opens it. */
export function RecordingRow({ recording, onWatch, onErase }: RecordingRowProps) {
  const { session, state, people, startedAt, durationMs, bytes, endedEarly } = recording;
  const erasable = state === 'ready' || state === 'failed';
  return (
    <li className="recording-row">
      <div className="recording-words">
        <button type="button" className="row-link recording-subject clip" onClick={onWatch}>
          {session.subject}
        </button>
        <p className="recording-about clip">
          {session.ticketNumber === null ? '' : `#${session.ticketNumber} · `}
          {people.join(', ')}
        </p>
      </div>
      <span className="recording-state">
        {endedEarly && state === 'ready' ? (
          <span className="pill" data-tone="amber">
            {i18n._('Ended early')}
          </span>
        ) : (
          <StatePill state={state} />
        )}
      </span>
      <span className="recording-length">{durationMs === null ? '' : formatDuration(durationMs)}</span>
      <span className="recording-size">{bytes === null || state === 'erased' ? '' : sizeWords(bytes)}</span>
      <span className="recording-time">
        <Moment at={startedAt} />
      </span>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={i18n._('More about {subject}', { subject: session.subject })}>
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<VideoIcon />} onClick={onWatch}>
            {state === 'ready' ? i18n._('Watch') : i18n._('Look at it')}
          </Menu.Item>
          {session.ticketId === null ? null : (
            <Menu.Item
              leftSection={<TicketIcon />}
              renderRoot={(props) => (
                <Link to="/tickets/$ticketId" params={{ ticketId: session.ticketId ?? '' }} {...props} />
              )}
            >
              {i18n._('To the ticket')}
            </Menu.Item>
          )}
          {erasable ? (
            <Menu.Item color="red" leftSection={<TrashIcon />} onClick={onErase}>
              {i18n._('Delete')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

function StatePill({ state }: Pick<Recording, 'state'>) {
  if (state === 'ready') return <span className="pill">{stateWords(state)}</span>;
  const tone = isSettled({ state }) ? (state === 'failed' ? 'red' : undefined) : state === 'finishing' ? 'blue' : 'red';
  return (
    <span className="pill" {...(tone === undefined ? {} : { 'data-tone': tone })}>
      {stateWords(state)}
    </span>
  );
}
