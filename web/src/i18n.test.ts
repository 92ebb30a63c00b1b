import { i18n } from '@lingui/core';
import { expect, it } from 'vitest';
import { matchLanguage } from './i18n.ts';

it('takes the first preferred language there is', () => {
  expect(matchLanguage(['fr-CH', 'de-AT', 'en'])).toBe('de');
  expect(matchLanguage(['en-GB', 'de'])).toBe('en');
  expect(matchLanguage(['fr'])).toBe('en');
});

it('fills placeholders of source texts and of a catalogue of plain strings', () => {
  expect(i18n._('{name} joined', { name: 'Ann' })).toBe('Ann joined');
  i18n.loadAndActivate({ locale: 'de', messages: { '{name} joined': '{name} ist dabei' } });
  expect(i18n._('{name} joined', { name: 'Ann' })).toBe('Ann ist dabei');
  expect(i18n._('Not translated yet, {name}', { name: 'Ann' })).toBe('Not translated yet, Ann');
  i18n.activate('en');
});
