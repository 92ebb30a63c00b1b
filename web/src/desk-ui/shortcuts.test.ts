import { expect, test } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const press = (key: string, more: object = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  defaultPrevented: false,
  ...more,
});

test('a single key is a command on the page, not while writing and not in dialogs', () => {
  expect(shortcutOf(press('j'), 'page')).toBe('j');
  expect(shortcutOf(press('j'), 'control')).toBe('j');
  expect(shortcutOf(press('?', { shiftKey: true }), 'page')).toBe('?');
  expect(shortcutOf(press('j'), 'field')).toBeNull();
  expect(shortcutOf(press('j'), 'dialog')).toBeNull();
  expect(shortcutOf(press('j', { altKey: true }), 'page')).toBeNull();
  expect(shortcutOf(press('j', { isComposing: true }), 'page')).toBeNull();
});

test('Enter belongs to the button that has the focus', () => {
  expect(shortcutOf(press('Enter'), 'control')).toBeNull();
  expect(shortcutOf(press('Enter'), 'page')).toBe('Enter');
});

test('the palette opens from everywhere', () => {
  expect(shortcutOf(press('k', { ctrlKey: true }), 'field')).toBe('mod+k');
  expect(shortcutOf(press('K', { metaKey: true }), 'dialog')).toBe('mod+k');
  expect(shortcutOf(press('k', { ctrlKey: true, shiftKey: true }), 'page')).toBeNull();
  expect(shortcutOf(press('k', { ctrlKey: true, defaultPrevented: true }), 'page')).toBeNull();
});
