import { expect, test } from 'vitest';
import { Recording } from '#contract/recording/http.ts';
import '#web/i18n.ts';
import { fileStem, ledgerCsv, ledgerJson } from './ledger-files.ts';

const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const recording = Recording.parse({
  id: id(1),
  sessionId: id(2),
  session: { subject: 'Öl / press: "7"', ticketId: null, ticketNumber: null },
  state: 'ready',
  startedBy: { kind: 'member', id: id(3), name: 'Anna' },
  startedAt: '2026-11-20T12:05:00.000Z',
  endedAt: null,
  endedEarly: false,
  durationMs: 1000,
  bytes: 1,
  type: 'video/mp4',
  stretches: [],
  people: ['Anna'],
  keptUntil: null,
  erasedAt: null,
  ledger: [
    {
      person: { kind: 'codeUser', id: id(4), name: '=HYPERLINK("x")' },
      participantId: id(5),
      at: '2026-11-20T12:05:02.000Z',
      answer: 'yes',
      wording: { version: 1, language: 'de', text: 'Darf Anna …?\nJa' },
    },
    {
      person: { kind: 'member', id: id(3), name: 'Anna' },
      participantId: id(6),
      at: '2026-11-20T12:05:00.000Z',
      answer: 'yes',
      wording: null,
    },
  ],
});

test('the files of a recording say what it was about', () => {
  expect(fileStem(recording)).toBe('2026-11-20-1205-Öl-press-7');
  expect(fileStem({ ...recording, session: { ...recording.session, subject: '///' } })).toBe('2026-11-20-1205-session');
});

test('the ledger as a table: no cell becomes a formula, quotes and lines stay', () => {
  const { name, text } = ledgerCsv(recording);
  expect(name).toMatch(/-consent\.csv$/);
  expect(text).toContain(
    '"2026-11-20T12:05:02.000Z","\'=HYPERLINK(""x"")","customer","yes","1","de","Darf Anna …?\nJa"\r\n',
  );
  expect(text).toContain('"Anna","employee","yes","","","not asked, but told"\r\n');
});

test('the ledger for programs is whole', () => {
  const { consent } = JSON.parse(ledgerJson(recording).text);
  expect(consent).toEqual(recording.ledger);
});
