import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { blinkTitle } from './blink-title.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('A12 the title shows the call and the page in turn, and the page in the end', () => {
  const page = { title: 'Tickets' };
  const end = new AbortController();
  blinkTitle(end.signal, 'Rafael is calling', page);
  const seen = [page.title];
  for (let turn = 0; turn < 3; turn += 1) {
    vi.advanceTimersByTime(1_000);
    seen.push(page.title);
  }
  expect(seen).toEqual(['Rafael is calling', 'Tickets', 'Rafael is calling', 'Tickets']);
  vi.advanceTimersByTime(1_000);
  end.abort();
  expect(page.title).toBe('Tickets');
});

test('A12 a page that is opened while it rings keeps its own title', () => {
  const page = { title: 'Tickets' };
  const end = new AbortController();
  blinkTitle(end.signal, 'Rafael is calling', page);
  page.title = 'Codes';
  vi.advanceTimersByTime(2_000);
  end.abort();
  expect(page.title).toBe('Codes');
});
