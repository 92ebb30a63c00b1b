import { i18n } from '@lingui/core';
import type { ConsentEntry, Recording, RecordingState } from '#contract/recording/http.ts';
import { regionTag } from '#web/i18n.ts';

/** A state of a recording in a word or two, for lists. */
export function stateWords(state: RecordingState): string {
  switch (state) {
    case 'asking':
    case 'agreed':
      return i18n._('Being asked for');
    case 'recording':
      return i18n._('Recording now');
    case 'paused':
      return i18n._('Paused');
    case 'interrupted':
      return i18n._('Interrupted');
    case 'finishing':
      return i18n._('Being made');
    case 'ready':
      return i18n._('Ready');
    case 'failed':
      return i18n._('Nothing recorded');
    case 'declined':
      return i18n._('Not agreed to');
    case 'erased':
      return i18n._('Erased');
  }
}

/** What somebody answered, for the ledger. */
export function answerWords({ answer, wording }: Pick<ConsentEntry, 'answer' | 'wording'>): string {
  if (wording === null && answer === 'yes') return i18n._('Was told');
  if (answer === 'yes') return i18n._('Yes');
  return answer === 'no' ? i18n._('No') : i18n._('Took the yes back');
}

const units = [
  ['kilobyte', 1e3, 0],
  ['megabyte', 1e6, 1],
  ['gigabyte', 1e9, 1],
] as const;

/** A size as people say it: 35.2 MB. */
export function sizeWords(bytes: number, locale = regionTag()): string {
  const [unit, of, digits] = units.findLast(([, from]) => bytes >= from) ?? units[0];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: digits }).format(bytes / of);
}

/** Whether nothing more happens to it by itself. */
export const isSettled = ({ state }: Pick<Recording, 'state'>): boolean =>
  state === 'ready' || state === 'failed' || state === 'declined' || state === 'erased';
