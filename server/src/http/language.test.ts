import { expect, test } from 'vitest';
import { chosenLanguage, languageOfRequest } from './language.ts';

const asked = (page: string | undefined, browser?: string) =>
  languageOfRequest({ headers: { 'sightglass-language': page, 'accept-language': browser } });

test('the page says it', () => {
  expect(asked('de', 'en-GB,en;q=0.9')).toBe('de');
  expect(asked('en', 'de')).toBe('en');
});

test('else the browser does, by weight and then by order', () => {
  expect(asked(undefined, 'de-AT,de;q=0.9,en;q=0.8')).toBe('de');
  expect(asked(undefined, 'fr, de;q=0.4, en;q=0.6')).toBe('en');
  expect(asked(undefined, 'en;q=0, DE-ch ; q=0.1')).toBe('de');
  expect(asked(undefined, 'de;q=x,en;q=0.1')).toBe('en');
});

test('else it is English, and what is no language of ours says nothing', () => {
  expect(asked(undefined)).toBe('en');
  expect(asked('fr', 'es')).toBe('en');
  expect(asked('xx', 'de')).toBe('de');
  expect(chosenLanguage({ headers: { 'sightglass-language': 'xx', 'accept-language': 'de' } })).toBeNull();
  expect(chosenLanguage({ headers: { 'sightglass-language': ['de', 'en'] } })).toBeNull();
});
