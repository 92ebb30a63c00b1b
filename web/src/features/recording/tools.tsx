import { i18n } from '@lingui/core';
import { refusalWords } from '#web/http/refusal-words.ts';
import { language } from '#web/i18n.ts';
import { createStore, watch } from '#web/state/store.ts';
import type { Studio } from '../annotation/index.ts';
import { type PictureTools, pause, type ToolButton, type ToolsHost } from '../session/index.ts';
import { createRecordingDeeds } from './deeds.ts';
import { Dialogs } from './dialogs.tsx';
import { driveRecorder } from './drive.ts';
import { followRecordings } from './follow.ts';
import { IconRecord, IconStop } from './icons.tsx';
import { Mark } from './mark.tsx';
import type { RecordingParts } from './parts.ts';
import { createRecordingModel } from './recording-model.ts';
import { tellRecording } from './tell.ts';

const WRITING = 'input, textarea, select, [contenteditable], dialog, [role=menu]';

/** Recording a session, for as long as `life`. */
export function recordingTools(life: AbortSignal, host: ToolsHost, studio: Studio): Partial<PictureTools> {
  const { facts, ask, toasts } = host;
  const sessionId = facts.session.get().id;
  const self = () => facts.session.get().you.participantId;
  const log = followRecordings(life, facts.log);
  const deeds = createRecordingDeeds(life, { ask, sessionId, language, pause });
  const drive = driveRecorder(life, {
    log,
    you: self,
    openRecorder: async (until) => {
      const { createRecorder } = await import('./engine/index.ts');
      return createRecorder(until, host, studio);
    },
    onRefused: (refusal, recordingId) => {
      toasts.say(i18n._('The recording could not be made here. {words}', { words: refusalWords(refusal) }), 'trouble');
      // Nobody should wait for a recording that does not begin.
      const one = log.get().recordings.find(({ id }) => id === recordingId);
      if (one?.state === 'agreed') void deeds.stop(recordingId);
    },
  });
  const model = createRecordingModel(life, {
    log,
    drive,
    deeds,
    you: facts.session,
    person: () => facts.log.get().participants.find(({ id }) => id === self())?.person ?? null,
    onRefused: (refusal) => toasts.say(refusalWords(refusal), 'trouble'),
  });
  const parts: RecordingParts = { host, model, drive, language };
  tellRecording(life, host);
  watch(life, drive.state, (state) => {
    if (state.at === 'failed') toasts.say(state.why, 'trouble');
  });
  keepPageOpen(life, () => drive.state.get().at);

  const buttons = createStore<readonly ToolButton[]>([]);
  const put = () => {
    const { now, mayRecord } = model.view.get();
    const runs = now !== null;
    const label = runs ? i18n._('Stop the recording') : i18n._('Record the session');
    const button = {
      id: 'record',
      caption: runs ? i18n._('Stop') : i18n._('Record'),
      label,
      shortcut: 'Shift+R',
      icon: runs ? <IconStop /> : <IconRecord />,
      pressed: runs,
      onClick: model.toggle,
    };
    buttons.set(mayRecord ? [button] : []);
  };
  watch(life, model.view, put);
  watch(life, language, put);
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'R' || !event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
        return;
      if (!host.shortcuts.enabled.get() || !model.view.get().mayRecord) return;
      if (event.target instanceof Element && event.target.closest(WRITING) !== null) return;
      // Before the drawing tools hear a letter of theirs in it.
      event.preventDefault();
      model.toggle();
    },
    { signal: life, capture: true },
  );

  return { buttons, status: () => <Mark parts={parts} />, dialogs: () => <Dialogs parts={parts} /> };
}

const CLOSABLE = new Set(['idle', 'failed']);

/** Asks before the page is closed while something recorded is only here. */
function keepPageOpen(life: AbortSignal, at: () => string): void {
  addEventListener('beforeunload', (event) => !CLOSABLE.has(at()) && event.preventDefault(), { signal: life });
}
