import { setupI18n } from '@lingui/core';
import { describe, expect, it } from 'vitest';
import { compileMessage } from './compile-message.ts';

function words(message: string, values: Record<string, unknown> = {}, locale = 'en') {
  const i18n = setupI18n({ locale, messages: { [locale]: {} } });
  i18n.setMessagesCompiler(compileMessage);
  return i18n._(message, values);
}

describe('compileMessage', () => {
  it('leaves plain messages alone, apostrophes and signs too', () => {
    expect(words("It's on #1: 100 %")).toBe("It's on #1: 100 %");
  });
  it('fills placeholders, in any order and more than once', () => {
    expect(words('{b} and {a}, then {b}', { a: 'Ann', b: 'Ben' })).toBe('Ben and Ann, then Ben');
  });
  it('does not read braces in values', () => {
    expect(words('{name} joined', { name: '{x}<script>' })).toBe('{x}<script> joined');
  });
  it('chooses plurals by the language, with # and exact cases', () => {
    const message = '{count, plural, =0 {No messages} one {# message} other {# messages}} from {name}';
    expect(words(message, { count: 0, name: 'Ann' })).toBe('No messages from Ann');
    expect(words(message, { count: 1, name: 'Ann' })).toBe('1 message from Ann');
    expect(words(message, { count: 1200, name: 'Ann' })).toBe('1,200 messages from Ann');
  });
  it('reads select with nested placeholders', () => {
    const message = '{who, select, you {You ended it} other {{name} ended it}}';
    expect(words(message, { who: 'you', name: 'Ann' })).toBe('You ended it');
    expect(words(message, { who: 'x', name: 'Ann' })).toBe('Ann ended it');
  });
  it('survives a message with a missing brace', () => {
    expect(words('broken {name', { name: 'Ann' })).toBe('broken Ann');
    expect(words('{n, plural, one {#', { n: 1 })).toBe('1');
  });
});
