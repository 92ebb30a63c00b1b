import { i18n } from '@lingui/core';
import type { Happened, TranscriptLine } from '#core/session/transcript.ts';
import { watch } from '#web/state/store.ts';
import type { ToolsHost } from '../session/index.ts';

type Told = Extract<Happened, { kind: `recording-${string}` }>;

/** What everybody is told in passing as it happens, until `life` ends: a no politely, an end with its reason. */
export function tellRecording(life: AbortSignal, host: Pick<ToolsHost, 'facts' | 'toasts' | 'announce'>): void {
  const { facts, toasts, announce } = host;
  let { lastSeq } = facts.log.get();
  // What had happened before this person came in is in the transcript.
  let ready = facts.log.get().lines.length > 0;
  watch(life, facts.log, (log) => {
    const fresh = log.lines.filter(({ seq }) => seq > lastSeq);
    lastSeq = Math.max(lastSeq, log.lastSeq);
    if (!ready) {
      ready = log.lines.length > 0;
      return;
    }
    for (const line of fresh) {
      const told = line.kind === 'happened' && isTold(line.what) ? line.what : null;
      const began = told !== null && log.lines.some((one) => beganIn(one, told.recordingId));
      const words = told === null ? null : passingWords(told, facts.session.get().you.participantId, began);
      if (words === null) continue;
      toasts.say(words);
      announce(words);
    }
  });
}

const beganIn = (line: TranscriptLine, recordingId: string): boolean =>
  line.kind === 'happened' && line.what.kind === 'recording-began' && line.what.recordingId === recordingId;
const isTold = (what: Happened): what is Told => what.kind.startsWith('recording-');

/** In words for this person; null for what the mark or a dialog says. */
function passingWords(what: Told, self: string | null, began: boolean): string | null {
  switch (what.kind) {
    case 'recording-answered':
      if (what.answer !== 'no') return null;
      return what.participantId === self
        ? i18n._('Thank you. Nothing of you is recorded.')
        : i18n._('{name} would rather not be recorded.', { name: what.name });
    case 'recording-ended':
      return endedWords(what.why, began);
    case 'recording-erased':
      return i18n._('The recording was erased');
    default:
      return null;
  }
}

function endedWords(why: Extract<Told, { kind: 'recording-ended' }>['why'], began: boolean): string | null {
  switch (why) {
    case 'stopped':
      return i18n._('The recording has ended');
    case 'declined':
      return began
        ? i18n._('The recording has ended: not everybody wants it. The session goes on.')
        : i18n._('There is no recording. The session goes on as before.');
    case 'withdrawn':
      return i18n._('The recording has ended: somebody took their yes back.');
    case 'recorder-lost':
      return i18n._('The recording ended early: nobody carried it on.');
    case 'cancelled':
      return i18n._('The recording was called off');
    case 'session-ended':
      return null;
  }
}
