import { i18n } from '@lingui/core';
import type { ConsentEntry, Recording } from '#contract/recording/http.ts';

/** A file that the page makes for saving. */
export interface MadeFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

type Described = Pick<Recording, 'id' | 'session' | 'startedAt' | 'startedBy' | 'people' | 'ledger'>;

/** The name that a recording's files have in common: date, time, and what the session was about. */
export function fileStem({ session, startedAt }: Pick<Recording, 'session' | 'startedAt'>): string {
  const about = session.subject
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${startedAt.slice(0, 16).replace('T', '-').replace(':', '')}-${about === '' ? 'session' : about}`;
}

/** Who answered what, when, to which words, as a table that any spreadsheet opens. */
export function ledgerCsv(recording: Described): MadeFile {
  const rows = recording.ledger.map((entry) => [
    entry.at,
    nameOf(entry),
    entry.person.kind === 'member' ? i18n._('employee') : i18n._('customer'),
    saidWords(entry.answer),
    entry.wording === null ? '' : String(entry.wording.version),
    entry.wording?.language ?? '',
    entry.wording?.text ?? i18n._('not asked, but told'),
  ]);
  const head = [
    i18n._('When'),
    i18n._('Person'),
    i18n._('As'),
    i18n._('Their answer'),
    i18n._('Version of the words'),
    i18n._('Language'),
    i18n._('Words they read'),
  ];
  const lines = [head, ...rows];
  return {
    name: `${fileStem(recording)}-consent.csv`,
    type: 'text/csv;charset=utf-8',
    // The mark at the beginning tells spreadsheets how letters are written.
    text: `\ufeff${lines.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`,
  };
}

function saidWords(answer: ConsentEntry['answer']): string {
  if (answer === 'withdrawn') return i18n._('taken back');
  return answer === 'yes' ? i18n._('yes') : i18n._('no');
}

/** The same for programs. */
export function ledgerJson(recording: Described): MadeFile {
  const { id, session, startedAt, startedBy, people, ledger } = recording;
  return {
    name: `${fileStem(recording)}-consent.json`,
    type: 'application/json',
    text: `${JSON.stringify({ recording: id, session, startedAt, startedBy, people, consent: ledger }, null, 2)}\n`,
  };
}

/** The name of a ledger's line; Sightglass itself never answers. */
export const nameOf = ({ person }: Pick<ConsentEntry, 'person'>): string =>
  person.kind === 'system' ? '' : person.name;

/** A name that begins like a formula must not become one in a spreadsheet. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
