import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createShortcuts } from './shortcuts.ts';

/** As much of a key press and its target as is looked at; Node has no keyboard. */
class Key extends Event {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey = false;
  readonly altKey = false;
  readonly repeat: boolean;
  constructor(key: string, { ctrlKey = false, repeat = false } = {}) {
    super('keydown', { cancelable: true });
    this.key = key;
    this.ctrlKey = ctrlKey;
    this.repeat = repeat;
  }
}
class Field extends EventTarget {
  closest = () => this;
}

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
  vi.stubGlobal('KeyboardEvent', Key);
  vi.stubGlobal('Element', Field);
});
afterEach(() => {
  life.abort();
  vi.unstubAllGlobals();
});

const kept = (map = new Map<string, string>()) => ({
  getItem: (key: string) => map.get(key) ?? null,
  setItem: (key: string, value: string) => void map.set(key, value),
});

it('C7 a single key does it, but not with another key, held down, or while writing', () => {
  const page = new EventTarget();
  const field = new Field();
  const done: string[] = [];
  const deeds = { m: () => void done.push('m') };
  for (const target of [page, field]) createShortcuts(life.signal, target, kept(), deeds);
  page.dispatchEvent(new Key('M'));
  expect(done).toEqual(['m']);
  page.dispatchEvent(new Key('m', { ctrlKey: true }));
  page.dispatchEvent(new Key('m', { repeat: true }));
  page.dispatchEvent(new Key('x'));
  field.dispatchEvent(new Key('m'));
  expect(done).toEqual(['m']);
});

it('C7 can be switched off, for good', () => {
  const page = new EventTarget();
  const device = kept();
  const done: string[] = [];
  const deeds = { c: () => void done.push('c') };
  createShortcuts(life.signal, page, device, deeds).setEnabled(false);
  page.dispatchEvent(new Key('c'));
  const nextTime = createShortcuts(life.signal, page, device, deeds);
  page.dispatchEvent(new Key('c'));
  expect([done, nextTime.enabled.get()]).toEqual([[], false]);
});
