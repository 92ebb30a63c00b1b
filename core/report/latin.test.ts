import { expect, test } from 'vitest';
import { latinOf } from './latin.ts';

test.each([
  ['Größe: 5 € – “gut”', 'Größe: 5 € – “gut”'],
  ['Łukasz Şahin, Dvořák', 'Lukasz Sahin, Dvorák'],
  ['Ship it 🚀🚀 now', 'Ship it ? now'],
  ['Что это? Да', '? ?? ?'],
  ['a\u0000b\u200bc\u202ed\r\ne', 'abcd\ne'],
  ['12\u202f345', '12 345'],
  ['e\u0301 ﬁ ½', 'é fi ½'],
  ['lone \ud800 half', 'lone ? half'],
])('%j is %j', (text, latin) => {
  expect(latinOf(text)).toBe(latin);
});
