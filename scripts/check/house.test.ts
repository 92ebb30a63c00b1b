import { describe, expect, test } from 'vitest';
import { arrowFindings } from './arrows.ts';
import { cycleFindings } from './cycles.ts';
import { deadFindings } from './dead.ts';
import { docsFindings } from './docs.ts';
import { listFiles, parseSource, readSources, type Source } from './sources.ts';

describe('the house as it stands', () => {
  const sources = readSources(listFiles());

  test('every import goes the way of the arrows', () => {
    expect(arrowFindings(sources)).toEqual([]);
  });

  test('no files import each other in a circle', () => {
    expect(cycleFindings(sources)).toEqual([]);
  });

  test('it is really read', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(300);
  });
});

describe('what must be found', () => {
  const door = '/index.ts';
  const wrong: [path: string, text: string][] = [
    ['contract/ticket/http.ts', "import { x } from '#core/ticket/x.ts';"],
    ['core/ticket/x.ts', "import { readFileSync } from 'node:fs';"],
    ['core/ticket/x.ts', 'export const now = () => Date.now();'],
    ['core/ticket/x.ts', 'export const now = () => new Date();'],
    ['core/ticket/x.ts', 'export const id = () => Math.random();'],
    ['core/ticket/x.ts', "export const get = () => fetch('/x');"],
    ['core/ticket/x.ts', 'export const key = crypto.randomUUID;'],
    ['server/src/http/x.ts', "import { x } from '#web/http/client.ts';"],
    ['web/src/http/x.ts', "import type { X } from '../../../server/src/http/x.ts';"],
    ['web/src/http/x.ts', "export const later = () => import('#server/http/x.ts');"],
    ['server/src/features/ticket/x.ts', "import { x } from '../session/index.ts';"],
    ['server/src/features/session/x.ts', "import { x } from '../ticket/store.ts';"],
    ['server/src/http/x.ts', "import { x } from '../features/ticket/index.ts';"],
    ['server/src/http/x.ts', "export { x } from '#server/mail/adapters/smtp.ts';"],
    ['web/src/utils/x.ts', ''],
    ['contract/session/events.ts', "import { x } from '../annotation/http.ts';"],
    ['contract/session/http.ts', "import { x } from '../annotation/events.ts';"],
  ];
  test.each(wrong)('%s: %s', (path, text) => {
    expect(arrowFindings([parseSource(path, text)])).toHaveLength(1);
  });

  const right: [path: string, text: string][] = [
    [
      'core/ticket/x.ts',
      "import type { T } from '#contract/session/http.ts'; export const f = (at: Date) => new Date(at);",
    ],
    ['contract/session/events.ts', "import { x } from '../annotation/events.ts';"],
    ['core/ticket/x.ts', 'export const f = (window: { process: number }) => window.process;'],
    ['server/src/features/session/x.ts', `import { x } from '../ticket${door}';`],
    ['server/src/features/session/tables.ts', "import { ticket } from '../ticket/tables.ts';"],
    ['server/src/app.ts', `import { x } from './features/ticket${door}';`],
    ['server/src/main.ts', "import { smtp } from './mail/adapters/smtp.ts';"],
  ];
  test.each(right)('and not in %s: %s', (path, text) => {
    expect(arrowFindings([parseSource(path, text)])).toEqual([]);
  });

  test('a circle of three files, once', () => {
    const files: [string, string][] = [
      ['core/a.ts', "import './b.ts';"],
      ['core/b.ts', "import type { C } from './c.ts';"],
      ['core/c.ts', "export { a } from './a.ts';"],
    ];
    expect(cycleFindings(parseAll(files))).toEqual(['a circle: core/a.ts → core/b.ts → core/c.ts → core/a.ts']);
  });

  test('exports without a taker and files without a way to them', () => {
    const files: [string, string][] = [
      ['server/src/main.ts', "import { used, type Named } from './a.ts';"],
      [
        'server/src/a.ts',
        'export const used = 1, spare = 2; export type Named = 1; export type Part = 1; export const f: Part = 1;',
      ],
      ['server/src/b.ts', ''],
      ['server/src/c.ts', ''],
      ['server/src/c.test.ts', "import './c.ts';"],
    ];
    expect(deadFindings(parseAll(files))).toEqual([
      'server/src/a.ts:1: nobody imports spare',
      'server/src/a.ts:1: nobody imports f',
      'server/src/b.ts: nothing reaches this file',
      'server/src/c.ts: only tests reach this file',
    ]);
  });

  test('documents are read', () => {
    expect(docsFindings(['package.json', 'scripts/check.ts'])).toEqual([]);
  });
});

function parseAll(files: [path: string, text: string][]): Source[] {
  return files.map(([path, text]) => parseSource(path, text));
}
