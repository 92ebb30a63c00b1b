import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallQuality } from '#contract/call/quality.ts';
import { accepted } from '#contract/errors.ts';
import { noCounts, type Sample } from '#core/call/index.ts';
import type { Ask } from '#web/http/client.ts';
import { createStore } from '#web/state/store.ts';
import { sessionId } from './fixtures.ts';
import { keepQuality } from './report-quality.ts';
import type { Screen } from './screen-model.ts';

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
  vi.useFakeTimers();
});
afterEach(() => {
  life.abort();
  vi.useRealTimers();
});

function setUp() {
  const screen = createStore<Screen>({ at: 'before', joining: false, refusal: null });
  const said: CallQuality[] = [];
  let hide = () => {};
  const measure = vi.fn(
    async (): Promise<readonly Sample[]> => [{ ...noCounts, key: 'anna video', shouldMove: false, roundTripMs: 30 }],
  );
  const ask = (async (_route: object, { body }: { body: CallQuality }) => {
    said.push(body);
    return accepted({});
  }) as unknown as Ask;
  const onHidden = (_until: AbortSignal, run: () => void) => {
    hide = run;
  };
  keepQuality(life.signal, { ask, sessionId, screen, measure, now: Date.now, onHidden });
  const goIn = () => screen.set({ at: 'in' });
  return { screen, said, measure, goIn, hide: () => hide() };
}

describe('A9 what a page says about its call', () => {
  it('measures nothing before the person is in, and says it every minute from then', async () => {
    const { said, measure, goIn } = setUp();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(measure).not.toHaveBeenCalled();
    goIn();
    await vi.advanceTimersByTimeAsync(59_000);
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(said.map(({ seconds }) => seconds)).toEqual([60, 120]);
    expect(said[0]).toMatchObject({ roundTripMs: 30, lossShare: 0, frozenSeconds: 0 });
  });

  it('says what it has when the person leaves, and when the page is put away', async () => {
    const { screen, said, goIn, hide } = setUp();
    goIn();
    await vi.advanceTimersByTimeAsync(10_000);
    hide();
    expect(said).toHaveLength(1);
    hide();
    expect(said).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5_000);
    screen.set({ at: 'out', how: 'left' });
    expect(said.map(({ seconds }) => seconds)).toEqual([10, 15]);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(said).toHaveLength(2);
  });
});
