// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source texts are what is tested
import { describe, expect, test } from 'vitest';
import { catalogueFindings } from './languages.ts';
import { translationFault } from './messages.ts';
import { parseSource } from './sources.ts';
import { readTexts } from './texts.ts';

const read = (text: string, path = 'web/src/ui/x.tsx') => readTexts([parseSource(path, text)]);

describe('texts', () => {
  test('are read with their place, once', () => {
    const { texts, findings } = read("const f = () => {\n i18n._('It’s {n}', { n: 1 }); return i18n._('It’s {n}'); };");
    expect(texts).toEqual([{ id: 'It’s {n}', where: 'web/src/ui/x.tsx:2' }]);
    expect(findings).toEqual([]);
  });

  const wrong = [
    'const f = (word: string) => i18n._(word);',
    "const f = (b: boolean) => i18n._(b ? 'Yes' : 'No');",
    'const f = (name: string) => i18n._(`Hello ${name}`);',
    "export const title = i18n._('Too early');",
    'const C = () => <p>Hello</p>;',
    'const C = ({ n }: P) => <p>{n} tickets</p>;',
    'const C = ({ n }: P) => <p>{`${n} tickets`}</p>;',
    "const C = ({ on }: P) => <p>{on ? 'on' : null}</p>;",
    'const C = () => <button aria-label="Close" />;',
    "const C = ({ on }: P) => <button title={on ? i18n._('On') : 'Off'} />;",
    'const C = () => <Field placeholder={`Search`} />;',
  ];
  test.each(wrong)('that bypass translation are found: %s', (text) => {
    expect(read(text).findings).toHaveLength(1);
  });

  const right = [
    "const C = () => <p className=\"big\" role='alert'>{i18n._('Hello')} · 5 × {'–'}</p>;",
    'const C = () => <kbd>Ctrl K</kbd>;',
    'const C = ({ to }: P) => <a href={`/codes/${to}`} title="Sightglass">{to}</a>;',
  ];
  test.each(right)('and others are not: %s', (text) => {
    expect(read(text).findings).toEqual([]);
  });

  test('of tests and of the server are nobody’s business here', () => {
    expect(read("i18n._('x')", 'web/src/ui/x.test.tsx').texts).toEqual([]);
    expect(read("i18n._('x')", 'server/src/x.ts').texts).toEqual([]);
  });
});

describe('a catalogue', () => {
  const texts = [
    { id: 'a', where: 'web/src/a.ts:1' },
    { id: 'b', where: 'web/src/b.ts:2' },
  ];
  test('lacks nothing, has nothing too much and is sorted', () => {
    expect(catalogueFindings('de.json', 'de', { a: 'A', b: 'B' }, texts)).toEqual([]);
    expect(catalogueFindings('de.json', 'de', { a: 'A' }, texts)).toEqual(['web/src/b.ts:2: not in de: “b”']);
    expect(catalogueFindings('de.json', 'de', { b: 'B', a: 'A', c: '' }, texts)).toEqual([
      'de.json: no page shows “c”',
      'de.json: “c”: empty',
      'de.json: “a” is not where it is sorted to',
    ]);
  });

  const files = '{n, plural, one {# file} other {# files}} of {name}';
  const faults: [source: string, translation: string, fault: string | null][] = [
    ['{name} joined', '{name} ist dabei', null],
    ['{name} joined', '{nmae} ist dabei', '{nmae} is not in the source text'],
    ['{name} joined', 'Jemand ist dabei', '{name} is missing'],
    ['{name} joined', '{name ist dabei', 'a closing brace is missing'],
    ['Joined', 'Dabei}', 'a closing brace too many'],
    [files, '{n, plural, one {# Datei} other {# Dateien}} von {name}', null],
    [files, '{name}: {n, plural, =0 {keine} one {# Datei} other {# Dateien}}', null],
    [files, '{name}: {n} Datei(en)', null],
    [files, '{n, plural, other {# Dateien}} von {name}', '{n} has no case one'],
    [files, '{n, plural, one {#} few {#} other {#}} von {name}', '{n} has a case few that is never used'],
    ['{who, select, you {You {act}} other {They}}', '{who, select, you {Sie {act}} other {Andere}}', null],
    ['{who, select, you {You} other {They}}', '{who, select, other {Andere}}', '{who} has no case you'],
    ['{who, select, you {You} other {They}}', '{who}', '{who} is  instead of select'],
  ];
  test.each(faults)('%s: %s', (source, translation, fault) => {
    expect(translationFault(source, translation, 'de')).toBe(fault);
  });
});
