import { i18n } from '@lingui/core';
import { useEffect, useId, useMemo, useState } from 'react';
import type { SessionId } from '#contract/ids.ts';
import type { Recording } from '#contract/recording/http.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { formatDuration } from '#core/session/duration.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { createStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { IconRetry } from '#web/ui/icons.tsx';
import { clockWords, dateWords, dayWords, fullTimeWords } from '#web/ui/time-words.ts';
import { pause, personName } from '../session/index.ts';
import { chaptersOf } from './chapters.ts';
import { ConsentList } from './consent-list.tsx';
import { IconDownload } from './icons.tsx';
import { ledgerCsv } from './ledger-files.ts';
import { askForLink, Player } from './player.tsx';
import * as css from './record.module.css';
import { saveFrom, saveMade } from './save.ts';
import { type Watched, type Watching, watchRecordings } from './watching.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';
import { sizeWords } from './words.ts';

interface SessionRecordingsProps {
  readonly ask: Ask;
  readonly sessionId: SessionId;
  /** Who looks at it: a participant of the session, or a member or device by their id; finds their own yes. */
  readonly self: string | null;
}

const LOADING = createStore<Watched>({ at: 'loading' });

/** What was recorded in a session, on its record and on the ticket; nothing where nothing was. */
export function SessionRecordings({ ask, sessionId, self }: SessionRecordingsProps) {
  const [watching, setWatching] = useState<Watching | null>(null);
  const titleId = useId();
  useEffect(() => {
    const life = new AbortController();
    setWatching(watchRecordings(life.signal, { ask, sessionId, pause }));
    return () => life.abort();
  }, [ask, sessionId]);
  const watched = useStore(watching?.watched ?? LOADING);
  if (watched.at === 'loading')
    return (
      <p className={css.quiet} role="status">
        {i18n._('Looking for recordings…')}
      </p>
    );
  if (watched.at === 'failed')
    return (
      <div className={css.quiet} role="alert">
        <p>{i18n._('The recordings could not be loaded. {words}', { words: refusalWords(watched.refusal) })}</p>
        <Button icon={<IconRetry size={18} />} onClick={() => watching?.refresh()}>
          {i18n._('Try again')}
        </Button>
      </div>
    );
  if (watched.recordings.length === 0) return null;
  const several = watched.recordings.length > 1;
  return (
    <section className={css.recordings} aria-labelledby={titleId}>
      <h2 id={titleId}>{several ? i18n._('Recordings') : i18n._('Recording')}</h2>
      {watched.recordings.map((recording) => (
        <OneRecording
          key={recording.id}
          ask={ask}
          recording={recording}
          events={watched.events}
          agreed={hasAgreed(watched.events, recording, self)}
          onChanged={() => watching?.refresh()}
        />
      ))}
    </section>
  );
}

/** Whether this person's last answer to the recording was a yes. */
function hasAgreed(events: readonly SessionEvent[], { id }: Recording, self: string | null): boolean {
  let agreed = false;
  for (const { body, author } of events) {
    if (body.kind !== 'recording-answered' || body.recordingId !== id) continue;
    const own = body.participantId === self || (author.kind !== 'system' && author.id === self);
    if (own) agreed = body.answer === 'yes';
  }
  return agreed;
}

interface OneRecordingProps {
  readonly ask: Ask;
  readonly recording: Recording;
  readonly events: readonly SessionEvent[];
  readonly agreed: boolean;
  readonly onChanged: () => void;
}

/** One recording with everything about it. */
export function OneRecording({ ask, recording, events, agreed, onChanged }: OneRecordingProps) {
  const { state, stretches, sessionId } = recording;
  const [withdrawing, setWithdrawing] = useState(false);
  const chapters = useMemo(() => chaptersOf(events, stretches), [events, stretches]);
  const label = i18n._('Recording of {time}', { time: clockWords(recording.startedAt) });
  const mayTakeBack = agreed && (state === 'ready' || state === 'finishing');
  return (
    <article className={css.recording} aria-label={label}>
      <p className={css.about}>
        <About recording={recording} />
      </p>
      {state === 'ready' ? (
        <Player ask={ask} recording={recording} chapters={chapters} label={label} />
      ) : (
        <p className={css.instead} role="status">
          {insteadWords(recording)}
        </p>
      )}
      <div className={css.deeds}>
        {state === 'ready' ? <Download ask={ask} recording={recording} /> : null}
        {mayTakeBack ? (
          <Button kind="quiet" onClick={() => setWithdrawing(true)}>
            {i18n._('Take my yes back')}
          </Button>
        ) : null}
      </div>
      <ConsentList recording={recording} />
      {withdrawing ? (
        <WithdrawDialog
          ask={ask}
          sessionId={sessionId}
          recordingId={recording.id}
          stopped={false}
          onDone={(answer) => {
            setWithdrawing(false);
            if (answer !== null) onChanged();
          }}
        />
      ) : null}
    </article>
  );
}

function About({ recording }: { recording: Recording }) {
  const { startedAt, startedBy, durationMs, bytes, endedEarly, keptUntil, state } = recording;
  const facts = [
    durationMs === null ? null : formatDuration(durationMs),
    bytes === null || state !== 'ready' ? null : sizeWords(bytes),
    i18n._('started by {name}', { name: personName(startedBy) ?? 'Sightglass' }),
    keptUntil === null || state !== 'ready' ? null : i18n._('kept until {day}', { day: dateWords(keptUntil) }),
  ];
  return (
    <>
      <time dateTime={startedAt} title={fullTimeWords(startedAt)}>
        {i18n._('{day}, {time}', { day: dayWords(startedAt, new Date()), time: clockWords(startedAt) })}
      </time>
      {facts.flatMap((fact) => (fact === null ? [] : [<span key={fact}>{fact}</span>]))}
      {endedEarly && state !== 'erased' ? <span className={css.early}>{i18n._('Ended early')}</span> : null}
    </>
  );
}

/** What is said where there is nothing to play. */
function insteadWords({ state, erasedAt }: Recording): string {
  switch (state) {
    case 'asking':
    case 'agreed':
    case 'recording':
    case 'paused':
    case 'interrupted':
      return i18n._('It is being recorded now. It can be watched here soon after its end.');
    case 'finishing':
    case 'ready':
      return i18n._('The recording is being made. It can be watched here in a moment.');
    case 'failed':
      return i18n._('There is nothing to watch: no picture had arrived when it ended, or no file could be made of it.');
    case 'declined':
      return i18n._('There is no recording: not everybody wanted it.');
    case 'erased':
      return erasedAt === null
        ? i18n._('The recording was erased.')
        : i18n._('The recording was erased on {day}.', { day: fullTimeWords(erasedAt) });
  }
}

/** The file; for those who may see the ledger that one with it. */
function Download({ ask, recording }: { ask: Ask; recording: Recording }) {
  const [state, setState] = useState<{ busy: boolean; trouble: string | null }>({ busy: false, trouble: null });
  const withLedger = recording.ledger.length > 0;
  const run = async () => {
    setState({ busy: true, trouble: null });
    const link = await askForLink(ask, recording.id);
    setState({ busy: false, trouble: link.ok ? null : refusalWords(link) });
    if (!link.ok) return;
    saveFrom(link.value.download);
    if (withLedger) saveMade(ledgerCsv(recording));
  };
  return (
    <>
      <Button icon={<IconDownload size={20} />} busy={state.busy} onClick={() => void run()}>
        {withLedger ? i18n._('Download with the consent') : i18n._('Download')}
      </Button>
      {state.trouble === null ? null : <span role="alert">{state.trouble}</span>}
    </>
  );
}
