import { expect, test } from 'vitest';
import { createTimeline, fitSound, silenceFor } from './timeline.ts';

test('time in the file stands still while nothing may be captured', () => {
  const timeline = createTimeline();
  expect(timeline.at(5_000)).toBe(0);
  timeline.run(5_000);
  timeline.run(5_500);
  expect([timeline.runs, timeline.at(6_000)]).toEqual([true, 1_000]);
  timeline.stop(6_000);
  timeline.stop(7_000);
  expect([timeline.runs, timeline.at(60_000)]).toEqual([false, 1_000]);
  timeline.run(60_000);
  expect(timeline.at(60_040)).toBe(1_040);
});

test('sound that is in step is taken as it is', () => {
  expect(fitSound(1_000, 1_010, 10)).toEqual({ kind: 'take', silenceMs: 0 });
  expect(fitSound(1_000, 1_090, 10)).toEqual({ kind: 'take', silenceMs: 0 });
  expect(fitSound(1_000, 940, 10)).toEqual({ kind: 'take', silenceMs: 0 });
});

test('a gap is filled with silence, and what is too much is left out', () => {
  expect(fitSound(1_000, 1_510, 10)).toEqual({ kind: 'take', silenceMs: 500 });
  expect(fitSound(1_000, 900, 10)).toEqual({ kind: 'drop' });
});

test('where no sound comes at all there is silence, a little behind the picture', () => {
  expect(silenceFor(1_000, 1_300)).toBe(0);
  expect(silenceFor(1_000, 1_500)).toBe(300);
});
