import { i18n } from '@lingui/core';
import type { Happened } from '#core/session/transcript.ts';

type ScreenshotHappened = Extract<Happened, { kind: `screenshot-${string}` }>;
type RecordingHappened = Extract<Happened, { kind: `recording-${string}` }>;

/** What happened to a screenshot as a sentence; `name` is whose deed it was. */
export function screenshotWords(what: ScreenshotHappened, name: string | null): string {
  switch (what.kind) {
    case 'screenshot-taken':
      return i18n._('{name} took screenshot {number}', { name: name ?? '', number: what.number });
    case 'screenshot-kept':
      return i18n._('The screenshot is there');
    case 'screenshot-edited':
      return i18n._('{name} edited a screenshot', { name: name ?? '' });
    case 'screenshot-erased':
      return what.why === 'retention'
        ? i18n._('Screenshot {number} was erased: its time was over', { number: what.number })
        : i18n._('{name} erased screenshot {number}', { name: name ?? '', number: what.number });
  }
}

/** What happened to a recording as a sentence. */
export function recordingWords(what: RecordingHappened, name: string | null, again: boolean): string {
  switch (what.kind) {
    case 'recording-asked':
      return what.consent
        ? i18n._('{name} asked to record the session', { name: name ?? '' })
        : i18n._('{name} starts to record the session', { name: name ?? '' });
    case 'recording-answered':
      return answerWords(what.name, what.answer);
    case 'recording-began':
      return again ? i18n._('The recording goes on') : i18n._('The recording has begun');
    case 'recording-paused':
      return i18n._('The recording pauses until everybody has agreed');
    case 'recording-resumed':
      return i18n._('The recording goes on');
    case 'recording-interrupted':
      return i18n._('The recording was interrupted');
    case 'recording-ended':
      return endedWords(what, name);
    case 'recording-ready':
      return what.early
        ? i18n._('The recording can be watched. It ended early.')
        : i18n._('The recording can be watched');
    case 'recording-failed':
      return i18n._('Nothing was recorded');
    case 'recording-erased':
      return what.why === 'retention'
        ? i18n._('The recording was erased: its time was over')
        : i18n._('The recording was erased');
  }
}

function answerWords(name: string, answer: 'yes' | 'no' | 'withdrawn'): string {
  if (answer === 'yes') return i18n._('{name} agreed to be recorded', { name });
  return answer === 'no'
    ? i18n._('{name} does not want to be recorded', { name })
    : i18n._('{name} took the yes to the recording back', { name });
}

function endedWords({ why }: Extract<RecordingHappened, { kind: 'recording-ended' }>, name: string | null): string {
  switch (why) {
    case 'stopped':
      return i18n._('{name} stopped the recording', { name: name ?? '' });
    case 'declined':
      return i18n._('Not everybody agreed: nothing is recorded from here on');
    case 'withdrawn':
    case 'session-ended':
      return i18n._('The recording has ended');
    case 'recorder-lost':
      return i18n._('The recording ended early');
    case 'cancelled':
      return i18n._('{name} called the recording off', { name: name ?? '' });
  }
}
