import { i18n } from '@lingui/core';
import type { Happened } from '#core/session/transcript.ts';
import { clockWords, dayWords } from '#web/ui/time-words.ts';

type CaseHappened = Extract<
  Happened,
  { kind: 'ticket-unlinked' | 'visibility-changed' | 'session-rated' | 'session-requested' | `time${string}` }
>;

/** What happened to the session as a case: how it was asked for and agreed, whom it belongs to, how it was found. */
export function caseWords(what: CaseHappened, author: string | null): string {
  const name = author ?? 'Sightglass';
  switch (what.kind) {
    case 'ticket-unlinked':
      return i18n._('{name} removed the session from ticket {number}', { name, number: what.ticket.number });
    case 'visibility-changed':
      return what.to === 'internal'
        ? i18n._('{name} made the session visible to employees only', { name })
        : i18n._('{name} made the session visible to the customer again', { name });
    case 'session-rated':
      return i18n._('{name} rated the session {stars} of 5', { name, stars: what.stars });
    case 'session-requested':
      return i18n._('{name} asked for a video session', { name });
    case 'times-proposed':
      return i18n._('{name} proposed {times}', { name, times: what.times.map(whenWords).join(' · ') });
    case 'time-agreed':
      return i18n._('{name} agreed to {time}', { name, time: whenWords(what.at) });
    case 'time-near':
      return i18n._('Reminder: it begins at {time}', { time: clockWords(what.at) });
  }
}

const whenWords = (at: string) => `${dayWords(at, new Date())}, ${clockWords(at)}`;
