import { afterEach, expect, test, vi } from 'vitest';
import { createToasts } from '#web/ui/toast-model.ts';
import { hearNotifications, isAt } from './hear.ts';

afterEach(() => vi.unstubAllGlobals());

const at = (pathname: string, hash = '') => ({ origin: 'https://help.example.org', pathname, hash });

test.each([
  [at('/tickets/1'), '/tickets/1', true],
  [at('/tickets/1'), '/tickets/2', false],
  [at('/s/1'), '/s/1?as=code', true],
  [at('/c/abc', '#ticket-1'), '/c/abc#ticket-1', true],
  [at('/c/abc', '#ticket-2'), '/c/abc#ticket-1', false],
  [at('/c/abc'), '/c/abc#ticket-1', false],
  [at('/inbox'), '/inbox', true],
])('%o shows %s: %s', (here, path, is) => {
  expect(isAt(here, path)).toBe(is);
});

test('what was told goes away once one has come to it', () => {
  const page = new EventTarget();
  const location = at('/c/abc', '#tickets');
  vi.stubGlobal('location', location);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  const life = new AbortController();
  const toasts = createToasts(life.signal);
  const heard: ((told: { title: string; text: string; path: string }) => void)[] = [];
  const connection = { on: (_signal: AbortSignal, _name: string, hear: never) => void heard.push(hear) };
  hearNotifications(life.signal, { connection, toasts });
  for (const nth of [1, 2])
    for (const hear of heard) hear({ title: 'Nora Lind', text: `In ticket ${nth}`, path: `/c/abc#ticket-${nth}` });
  toasts.say('Saved');
  const said = () => toasts.get().map(({ text }) => text);
  page.dispatchEvent(new Event('hashchange'));
  expect(said()).toEqual(['Nora Lind. In ticket 1', 'Nora Lind. In ticket 2', 'Saved']);
  location.hash = '#ticket-2';
  page.dispatchEvent(new Event('hashchange'));
  expect(said()).toEqual(['Nora Lind. In ticket 1', 'Saved']);
  life.abort();
});
