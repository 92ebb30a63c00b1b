import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createToasts } from './toast-model.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const texts = (toasts: ReturnType<typeof createToasts>) => toasts.get().map((toast) => toast.text);

it('shows a short word for a while; saying it again keeps it longer and does not double it', () => {
  const toasts = createToasts(new AbortController().signal);
  toasts.say('Saved');
  vi.advanceTimersByTime(5_000);
  toasts.say('Saved');
  vi.advanceTimersByTime(5_000);
  expect(texts(toasts)).toEqual(['Saved']);
  vi.advanceTimersByTime(1_100);
  expect(texts(toasts)).toEqual([]);
});

it('shows three at most, and lets one be put away', () => {
  const toasts = createToasts(new AbortController().signal);
  for (const text of ['a', 'b', 'c', 'd']) toasts.say(text);
  expect(texts(toasts)).toEqual(['b', 'c', 'd']);
  toasts.dismiss(toasts.get()[0]?.id ?? 0);
  expect(texts(toasts)).toEqual(['c', 'd']);
});
