import { describe, expect, it } from 'vitest';
import { SessionId } from '#contract/ids.ts';
import { type BrowserStorage, claimTab, inMemory, type TabLocks } from './tab.ts';

function storage(from?: Map<string, string>): BrowserStorage & { map: Map<string, string> } {
  const map = new Map(from);
  return {
    map,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

function locks(): TabLocks {
  const held = new Map<string, Promise<void>>();
  return {
    async request(name, { signal }, holdIt) {
      const gaveUp = new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      );
      gaveUp.catch(() => undefined);
      while (held.has(name)) await Promise.race([held.get(name), gaveUp]);
      const done = holdIt().then(() => void held.delete(name));
      held.set(name, done);
      await done;
    },
  };
}

describe('the tab’s id', () => {
  it('C3 survives a reload', async () => {
    const page = new AbortController();
    const kept = storage();
    const browser = locks();
    const before = await claimTab(page.signal, kept, browser, 50);
    setTimeout(() => page.abort(), 10);
    const after = await claimTab(new AbortController().signal, kept, browser, 200);
    expect(after).toBe(before);
  });

  it('is another one in a duplicated tab, which starts with a copy of the storage', async () => {
    const life = new AbortController().signal;
    const first = storage();
    const browser = locks();
    const one = await claimTab(life, first, browser, 30);
    const second = storage(first.map);
    const two = await claimTab(life, second, browser, 30);
    expect(two).not.toBe(one);
    expect(second.getItem('sightglass.tab')).toBe(two);
  });

  it('does without locks and replaces what is no id', async () => {
    const life = new AbortController().signal;
    const broken = storage(new Map([['sightglass.tab', 'nonsense']]));
    const id = await claimTab(life, broken, null);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await claimTab(life, broken, null)).toBe(id);
  });
});

it('remembers the session this tab is in', () => {
  const a = SessionId.parse('00000000-0000-4000-8000-000000000001');
  const b = SessionId.parse('00000000-0000-4000-8000-000000000002');
  const memory = inMemory(storage());
  expect(memory.wasIn(a)).toBe(false);
  memory.remember(a);
  expect([memory.wasIn(a), memory.wasIn(b)]).toEqual([true, false]);
  memory.forget();
  expect(memory.wasIn(a)).toBe(false);
});
