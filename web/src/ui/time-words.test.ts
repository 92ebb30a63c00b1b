import { describe, expect, it } from 'vitest';
import '../i18n.ts';
import { hueOf, initialsOf } from './avatar.tsx';
import { clockWords, dayWords, isSameDay, meetingWords, shortTimeWords } from './time-words.ts';

const now = new Date(2026, 10, 20, 9, 30);

describe('times in the own locale', () => {
  it('writes the hour as the person does', () => {
    expect(clockWords(new Date(2026, 10, 20, 17, 5), 'de-DE')).toBe('17:05');
    expect(clockWords(new Date(2026, 10, 20, 17, 5), 'en-US')).toMatch(/^5:05\sPM$/);
  });
  it('names days by how near they are', () => {
    expect(dayWords(new Date(2026, 10, 20, 0, 1), now, 'en-GB')).toBe('Today');
    expect(dayWords(new Date(2026, 10, 19, 23, 59), now, 'en-GB')).toBe('Yesterday');
    expect(dayWords(new Date(2026, 10, 16, 12), now, 'en-GB')).toBe('Monday');
    expect(dayWords(new Date(2026, 9, 3), now, 'en-GB')).toBe('3 October');
    expect(dayWords(new Date(2025, 9, 3), now, 'de-DE')).toBe('3. Oktober 2025');
  });
  it('is short in lists', () => {
    expect(shortTimeWords(new Date(2026, 10, 20, 8, 5), now, 'en-GB')).toBe('8:05');
    expect(shortTimeWords(new Date(2026, 10, 16, 12), now, 'en-GB')).toBe('Mon');
    expect(shortTimeWords(new Date(2026, 9, 3), now, 'en-GB')).toBe('3 Oct');
  });
  it('says when something will be', () => {
    expect(meetingWords(new Date(2026, 10, 20, 14, 30), now, 'en-GB')).toBe('Today, 14:30');
    expect(meetingWords(new Date(2026, 10, 21, 9, 0), now, 'en-GB')).toBe('Tomorrow, 9:00');
    expect(meetingWords(new Date(2026, 10, 23, 9, 0), now, 'en-GB')).toBe('Monday 23 November, 9:00');
    expect(meetingWords(new Date(2027, 0, 4, 9, 0), now, 'de-DE')).toMatch(/^Montag, 4\. Januar 2027, /);
  });
  it('counts calendar days, not hours', () => {
    expect(isSameDay(new Date(2026, 10, 20, 0, 1), new Date(2026, 10, 20, 23, 59))).toBe(true);
    expect(isSameDay(new Date(2026, 10, 20, 23, 59), new Date(2026, 10, 21, 0, 1))).toBe(false);
  });
});

describe('avatar', () => {
  it('takes the first letters of the first and last word, whole characters', () => {
    expect(initialsOf('Maria de la Cruz')).toBe('MC');
    expect(initialsOf('  öle ')).toBe('Ö');
    expect(initialsOf('😀 Smile')).toBe('😀S');
    expect(hueOf('Maria')).toBe(hueOf('Maria'));
  });
});
