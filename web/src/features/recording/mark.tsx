import { i18n } from '@lingui/core';
import { useEffect, useRef, useState } from 'react';
import { type RecordingFacts, recordedMs } from '#core/recording/index.ts';
import { formatDuration } from '#core/session/duration.ts';
import { useStore } from '#web/state/use-store.ts';
import type { ToolsHost } from '../session/index.ts';
import { IconRecord } from './icons.tsx';
import { Panel } from './panel.tsx';
import { namesOf, type RecordingParts } from './parts.ts';
import * as css from './recording.module.css';
import type { RecordingView } from './recording-model.ts';
import { sizeWords } from './words.ts';

/** In the status bar: that it is recorded, for how long, what it waits for. It opens what can be done about it. */
export function Mark({ parts }: { parts: RecordingParts }) {
  const { host, model, drive } = parts;
  const view = useStore(model.view);
  const recorder = useStore(drive.state);
  // Who is waited for may be known by name a moment later.
  useStore(host.facts.people);
  const [open, setOpen] = useState(false);
  const { now, mayRecord, doing } = view;
  const { status } = useStore(host.facts.log);
  if (now === null) {
    if (recorder.at === 'sending')
      return (
        <span className={css.sending} role="status">
          {i18n._('Sending the recording: {left} left', { left: sizeWords(recorder.left) })}
        </span>
      );
    const ends = status !== 'waiting' && status !== 'live';
    if (!mayRecord || ends) return null;
    return (
      <button
        type="button"
        className={css.phoneRecord}
        aria-label={i18n._('Record the session')}
        disabled={doing === 'starting'}
        onClick={model.toggle}
      >
        <IconRecord />
      </button>
    );
  }
  const { words, short, red } = markWords(view, now, host);
  return (
    <>
      <button
        type="button"
        className={css.mark}
        data-state={now.state}
        data-red={red}
        aria-haspopup="dialog"
        aria-label={i18n._('{words}: more about the recording', { words })}
        onClick={() => setOpen(true)}
      >
        <span role="status" className={css.markWords}>
          {words}
        </span>
        <span className={css.markShort} aria-hidden="true">
          {short}
        </span>
        {now.recorded.length === 0 ? null : <RecordedTime now={now} host={host} />}
      </button>
      {open ? <Panel parts={parts} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function markWords(
  { waitingFor }: RecordingView,
  now: RecordingFacts,
  host: ToolsHost,
): { readonly words: string; readonly short: string; readonly red: boolean } {
  const names = namesOf(host, waitingFor);
  switch (now.state) {
    case 'asking':
      return {
        words: names === '' ? i18n._('Asking') : i18n._('Asking {names}', { names }),
        short: i18n._('Asking'),
        red: false,
      };
    case 'paused':
      return {
        words: names === '' ? i18n._('Paused') : i18n._('Paused: asking {names}', { names }),
        short: i18n._('Paused'),
        red: true,
      };
    case 'interrupted':
      return { words: i18n._('Interrupted'), short: i18n._('Interrupted'), red: true };
    default:
      // From the last yes on the first frame may come any moment.
      return { words: i18n._('Recording'), short: i18n._('REC'), red: true };
  }
}

/** How much is recorded. Writes itself on the second, past the components. */
function RecordedTime({ now, host }: { now: RecordingFacts; host: ToolsHost }) {
  const shown = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = () => {
      const ms = recordedMs(now, Date.now() + host.facts.offset.get().ms);
      if (shown.current !== null) shown.current.textContent = formatDuration(ms);
      const runs = now.recorded.some(({ until }) => until === null);
      if (runs) timer = setTimeout(tick, 1000 - (ms % 1000));
    };
    tick();
    return () => clearTimeout(timer);
  }, [now, host]);
  return <time ref={shown} role="timer" aria-live="off" aria-label={i18n._('Recorded')} />;
}
