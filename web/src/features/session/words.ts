import { i18n } from '@lingui/core';
import type { Person } from '#contract/person.ts';
import type { LeaveReason, SessionStatus } from '#contract/session/events.ts';
import type { Happened } from '#core/session/transcript.ts';
import { sessionStatusWords } from '#web/ui/session-status-words.ts';
import { recordingWords, screenshotWords } from './artefact-words.ts';
import { caseWords } from './case-words.ts';

/** The name to show for an author; Sightglass itself has none. */
export function personName(person: Person): string | null {
  return person.kind === 'system' ? null : person.name;
}

type DrawingHappened = Extract<Happened, { kind: `drawing${string}` | `picture-${string}` }>;

/** One happening of the transcript as a sentence; `again`: it has begun before and goes on. */
export function happenedWords(what: Happened, author: Person, again = false): string {
  const name = personName(author);
  switch (what.kind) {
    case 'session-created':
      return name === null ? i18n._('The session was created') : i18n._('{name} created the session', { name });
    case 'ticket-linked':
      return i18n._('Linked to ticket {number}: {subject}', {
        number: what.ticket.number,
        subject: what.ticket.subject,
      });
    case 'ticket-unlinked':
    case 'visibility-changed':
    case 'session-rated':
    case 'session-requested':
    case 'times-proposed':
    case 'time-agreed':
    case 'time-near':
      return caseWords(what, name);
    case 'participant-joined':
      return i18n._('{name} joined', { name: what.name });
    case 'participant-left':
      return leftWords(what.name, what.reason);
    case 'status-changed':
      return changedWords(what.to, name, what.reason);
    case 'session-erased':
      return i18n._('What was in this session was erased: its time was over');
    case 'screenshot-taken':
    case 'screenshot-kept':
    case 'screenshot-edited':
    case 'screenshot-erased':
      return screenshotWords(what, name);
    case 'recording-asked':
    case 'recording-answered':
    case 'recording-began':
    case 'recording-paused':
    case 'recording-resumed':
    case 'recording-interrupted':
    case 'recording-ended':
    case 'recording-ready':
    case 'recording-failed':
    case 'recording-erased':
      return recordingWords(what, name, again);
    default:
      return drawingWords(what, name ?? '');
  }
}

function drawingWords(what: DrawingHappened, name: string): string {
  switch (what.kind) {
    case 'drawing-made':
      return i18n._('{name} drew on the picture', { name });
    case 'drawing-removed':
      return i18n._('{name} took a drawing away', { name });
    case 'drawing-restored':
      return i18n._('{name} brought a drawing back', { name });
    case 'drawings-cleared':
      return what.whose === 'all'
        ? i18n._('{name} cleared all drawings', { name })
        : i18n._('{name} cleared their own drawings', { name });
    case 'picture-frozen':
      return i18n._('{name} froze the picture', { name });
    case 'picture-released':
      return i18n._('{name} went back to the live picture', { name });
  }
}

function leftWords(name: string, reason: LeaveReason): string {
  switch (reason) {
    case 'left':
      return i18n._('{name} left', { name });
    case 'connection-lost':
      return i18n._('The connection to {name} was lost', { name });
    case 'session-ended':
      return i18n._('{name} was in until the end', { name });
    case 'access-ended':
      return i18n._('{name} no longer has access', { name });
  }
}

function changedWords(to: SessionStatus, name: string | null, reason: string | null): string {
  const sentence = changeSentence(to, name);
  return reason === null || reason === '' ? sentence : i18n._('{sentence}: “{reason}”', { sentence, reason });
}

/** Steps that are somebody's own doing say whose; without a name it was Sightglass itself. */
function changeSentence(to: SessionStatus, name: string | null): string {
  if (to === 'waiting') return i18n._('The session is open to join');
  if (to === 'live') return i18n._('The session is in progress');
  if (to === 'missed') return i18n._('The session did not take place');
  if (to === 'expired') return i18n._('Nobody answered in time');
  if (name === null) return to === 'ended' ? i18n._('The session has ended') : stateSentence(to);
  if (to === 'requested') return i18n._('{name} is waiting for an answer', { name });
  if (to === 'accepted') return i18n._('{name} accepted', { name });
  if (to === 'scheduled') return i18n._('{name} set the time', { name });
  if (to === 'declined') return i18n._('{name} declined', { name });
  if (to === 'ended') return i18n._('{name} ended the session for all', { name });
  if (to === 'cancelled') return i18n._('{name} cancelled the session', { name });
  if (to === 'rated') return i18n._('{name} said how it was', { name });
  return stateSentence(to);
}

const stateSentence = (to: SessionStatus) => i18n._('Status: {status}', { status: sessionStatusWords(to) });

/** What is read out when microphone or camera were switched. */
export function switchWords(what: 'microphone' | 'camera', on: boolean): string {
  if (what === 'microphone') return on ? i18n._('Microphone on') : i18n._('Microphone off');
  return on ? i18n._('Camera on') : i18n._('Camera off');
}
