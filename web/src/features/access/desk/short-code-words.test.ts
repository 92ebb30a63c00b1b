import { expect, test } from 'vitest';
import { fileName, grouped, typingAddress } from './short-code-words.ts';

test('a short code is read in two groups', () => {
  expect(grouped('7KQ3MXPA')).toBe('7KQ3-MXPA');
});

test('the address is shown as it is typed', () => {
  expect(typingAddress('https://help.example.org/c/abc')).toBe('help.example.org/c');
  expect(typingAddress('http://localhost:8080/c/abc')).toBe('localhost:8080/c');
});

test('a file name survives every system', () => {
  expect(fileName('Press 4 / Hall "B"', 'png')).toBe('Press-4-Hall-B.png');
  expect(fileName('///', 'svg')).toBe('code.svg');
});
