import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSpeaking } from './speaking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells who is speaking, without a flicker between two words', () => {
  const page = new AbortController();
  const heard: boolean[] = [];
  let level = (_: number) => {};
  // Only the level counts; Node has no tracks.
  const track = {} as MediaStreamTrack;
  watchSpeaking(
    page.signal,
    track,
    (speaking) => heard.push(speaking),
    (_, __, listener) => {
      level = listener;
    },
  );
  level(0.2);
  expect(heard).toEqual([]);
  level(0.8);
  level(0.1);
  vi.advanceTimersByTime(500);
  level(0.7);
  vi.advanceTimersByTime(500);
  expect(heard).toEqual([true]);
  vi.advanceTimersByTime(300);
  expect(heard).toEqual([true, false]);
  level(0.9);
  page.abort();
  expect(heard).toEqual([true, false, true, false]);
});
