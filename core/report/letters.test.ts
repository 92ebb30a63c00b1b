import { expect, test } from 'vitest';
import { onPaper } from './letters.ts';

test.each([
  ['Größe: 5 € – “gut”', 'Größe: 5 € – “gut”'],
  ['Łukasz Żółć, Dvořák, Şahin', 'Łukasz Żółć, Dvořák, Şahin'],
  ['Что это? Да, Київ', 'Что это? Да, Київ'],
  ['Η αντλία στάζει', 'Η αντλία στάζει'],
  ['Tiếng Việt', 'Tiếng Việt'],
  ['Ship it 🚀👍🏽 now', 'Ship it \ufffd\ufffd now'],
  ['故障 now', '\ufffd\ufffd now'],
  ['a\u0000b\u200bc\u202ed\r\ne\ufe0f', 'abcd\ne'],
  ['12\u202f345', '12 345'],
  ['e\u0301 ﬁ ½ ǎ', 'é fi ½ a'],
  ['a → b ✓', 'a -> b √'],
  ['lone \ud800 half', 'lone \ufffd half'],
])('%j is %j', (text, written) => {
  expect(onPaper(text)).toBe(written);
});
