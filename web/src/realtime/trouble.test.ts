import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeConnection } from '../../test/fake-connection.ts';
import { watchTrouble } from './trouble.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells of trouble that lasts, and at once when it is over', () => {
  const connection = fakeConnection();
  const trouble = watchTrouble(new AbortController().signal, connection);
  connection.setState('offline');
  vi.advanceTimersByTime(2_000);
  connection.setState('connected');
  vi.advanceTimersByTime(5_000);
  expect(trouble.get()).toBe(false);
  connection.setState('offline');
  connection.setState('connecting');
  vi.advanceTimersByTime(2_600);
  expect(trouble.get()).toBe(true);
  connection.setState('connected');
  expect(trouble.get()).toBe(false);
});
