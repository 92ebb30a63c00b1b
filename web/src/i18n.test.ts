import { i18n } from '@lingui/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage, language, matchLanguage, regionTag, switchLanguage } from './i18n.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  vi.stubGlobal('navigator', { languages: ['de-AT', 'en-GB'] });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});
afterEach(async () => {
  kept.clear();
  await switchLanguage('en');
  kept.clear();
  vi.unstubAllGlobals();
});

it('takes the first preferred language there is', () => {
  expect(matchLanguage(['fr-CH', 'de-AT', 'en'])).toBe('de');
  expect(matchLanguage(['en-GB', 'de'])).toBe('en');
  expect(matchLanguage(['fr'])).toBe('en');
});

it('begins in the browser’s language, and in the chosen one from then on', async () => {
  await chooseLanguage();
  expect([language.get(), document.documentElement.lang, regionTag()]).toEqual(['de', 'de', 'de-AT']);
  expect(i18n._('Save')).toBe('Speichern');
  expect(await switchLanguage('en')).toBe(true);
  expect([language.get(), document.documentElement.lang, regionTag()]).toEqual(['en', 'en', 'en-GB']);
  expect(i18n._('Save')).toBe('Save');
  await switchLanguage('de');
  await chooseLanguage(['en']);
  expect(language.get()).toBe('de');
});

it('tells who shows words when they change', async () => {
  const heard: string[] = [];
  const leave = language.subscribe(() => heard.push(i18n._('Save')));
  await switchLanguage('de');
  await switchLanguage('en');
  leave();
  expect(heard).toEqual(['Speichern', 'Save']);
});

it('works where the browser keeps nothing', async () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new Error('not allowed');
    },
  });
  await chooseLanguage(['fr', 'de']);
  expect(language.get()).toBe('de');
  expect(await switchLanguage('en')).toBe(true);
});

it('fills placeholders of source texts and of a catalogue of plain strings', () => {
  expect(i18n._('{name} joined', { name: 'Ann' })).toBe('Ann joined');
  i18n.loadAndActivate({ locale: 'de', messages: { '{name} joined': '{name} ist dabei' } });
  expect(i18n._('{name} joined', { name: 'Ann' })).toBe('Ann ist dabei');
  expect(i18n._('Not translated yet, {name}', { name: 'Ann' })).toBe('Not translated yet, Ann');
  i18n.activate('en');
});
