import { describe, expect, it } from 'vitest';
import { ShortCode } from '#contract/access/http.ts';
import { shortCodeAlphabet, shortCodeFrom } from './short-code.ts';

describe('short codes', () => {
  it('are eight letters that the contract accepts', () => {
    const made = shortCodeFrom([0, 29, 30, 59, 100, 150, 200, 239]);
    expect(made).toBe(`2Z2Z${shortCodeAlphabet[10]}2${shortCodeAlphabet[20]}Z`);
    expect(ShortCode.parse(made)).toBe(made);
  });

  it('skip the bytes that would make some letters likelier', () => {
    expect(shortCodeFrom([255, 240, 1, 1, 1, 1, 1, 1, 1, 1])).toBe('33333333');
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 240; byte += 1) {
      const letter = shortCodeFrom(Array.from({ length: 8 }, () => byte))?.[0] ?? '';
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect([...counts.keys()].sort().join('')).toBe(shortCodeAlphabet);
    expect(new Set(counts.values())).toEqual(new Set([8]));
  });

  it('need eight usable bytes', () => {
    expect(shortCodeFrom([1, 2, 3])).toBeNull();
    expect(shortCodeFrom(Array.from({ length: 16 }, () => 250))).toBeNull();
  });

  it('can be typed with spaces, a dash and in lower case', () => {
    expect(ShortCode.parse(' abcd-ef 23 ')).toBe('ABCDEF23');
    for (const wrong of ['ABCDEF2', 'ABCDEF234', 'ABCDEFO0', 'ABCDEFI1', 'ABCDEFLU', 'x'.repeat(41)]) {
      expect(ShortCode.safeParse(wrong).success, wrong).toBe(false);
    }
  });
});
