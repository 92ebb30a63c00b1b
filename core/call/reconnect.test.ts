import { describe, expect, it } from 'vitest';
import { conditionOf, pairCondition } from './condition.ts';
import { type ConnectionState, remedy, type Trouble } from './reconnect.ts';

const trouble = (more: Partial<Trouble>): Trouble => ({
  wanted: true,
  phase: 'settled',
  state: 'connected',
  stateFor: 0,
  offeredFor: null,
  repeats: 0,
  restartedFor: null,
  rebuilds: 0,
  polite: false,
  ...more,
});

describe('remedy', () => {
  it('rests while all is well, and about somebody we do not want', () => {
    expect(remedy(trouble({}))).toEqual({ act: 'rest' });
    expect(remedy(trouble({ wanted: false, state: 'failed', stateFor: 60_000 }))).toEqual({ act: 'rest' });
  });
  it('leaves the beginning to the newcomer, but not for ever', () => {
    expect(remedy(trouble({ phase: 'idle', state: 'closed' }))).toEqual({ act: 'wait', ms: 1500 });
    expect(remedy(trouble({ phase: 'idle', state: 'closed', stateFor: 1500 }))).toEqual({ act: 'rebuild' });
  });
  it('gives a short break the time to heal, then restarts ICE, then opens a new attempt', () => {
    expect(remedy(trouble({ state: 'disconnected', stateFor: 100 }))).toEqual({ act: 'wait', ms: 400 });
    expect(remedy(trouble({ state: 'disconnected', stateFor: 500 }))).toEqual({ act: 'restart' });
    expect(remedy(trouble({ state: 'failed' }))).toEqual({ act: 'restart' });
    expect(remedy(trouble({ state: 'failed', restartedFor: 2000 }))).toEqual({ act: 'wait', ms: 4000 });
    expect(remedy(trouble({ state: 'failed', restartedFor: 6000 }))).toEqual({ act: 'rebuild' });
  });
  it('lets the impolite side begin', () => {
    expect(remedy(trouble({ state: 'failed', polite: true }))).toEqual({ act: 'wait', ms: 800 });
  });
  it('repeats an unanswered offer ever more slowly, also while media still flow', () => {
    const offering = { phase: 'offering', state: 'connected' } as const;
    expect(remedy(trouble({ ...offering, offeredFor: 1500 }))).toEqual({ act: 'wait', ms: 500 });
    expect(remedy(trouble({ ...offering, offeredFor: 2000 }))).toEqual({ act: 'repeat' });
    expect(remedy(trouble({ ...offering, offeredFor: 2000, repeats: 9 }))).toEqual({ act: 'wait', ms: 6000 });
  });
  it('opens a new attempt when a restart of a dead connection stays unanswered', () => {
    expect(remedy(trouble({ phase: 'offering', state: 'failed', offeredFor: 6000, repeats: 1 }))).toEqual({
      act: 'rebuild',
    });
  });
  it('backs off from attempt to attempt', () => {
    const waits = [0, 1, 2, 3, 4, 5, 9].map((rebuilds) => remedy(trouble({ state: 'closed', rebuilds })));
    expect(waits.map((next) => (next.act === 'wait' ? next.ms : 0))).toEqual([
      1500, 2000, 3000, 5000, 8000, 10_000, 10_000,
    ]);
  });
  it('always has a next step for whatever is not up', () => {
    const states: ConnectionState[] = ['new', 'connecting', 'disconnected', 'failed', 'closed'];
    for (const state of states) {
      for (const offeredFor of [null, 0, 60_000]) {
        for (const phase of ['idle', 'offering', 'settled'] as const) {
          const next = remedy(trouble({ state, phase, offeredFor, stateFor: 60_000 }));
          expect(next.act).not.toBe('rest');
          if (next.act === 'wait') expect(next.ms).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe('condition', () => {
  it('tells a first connection from one that comes back', () => {
    expect(conditionOf({ state: 'connecting', wasConnected: false, rebuilds: 0 })).toBe('connecting');
    expect(conditionOf({ state: 'connecting', wasConnected: true, rebuilds: 1 })).toBe('reconnecting');
    expect(conditionOf({ state: 'closed', wasConnected: true, rebuilds: 4 })).toBe('failed');
    expect(conditionOf({ state: 'connected', wasConnected: true, rebuilds: 9 })).toBe('connected');
  });
  it('says the worse of the two, but never failed while people can talk', () => {
    expect(pairCondition('connected', 'connected')).toBe('connected');
    expect(pairCondition('connected', 'connecting')).toBe('connecting');
    expect(pairCondition('connected', 'failed')).toBe('reconnecting');
    expect(pairCondition('failed', 'connected')).toBe('failed');
    expect(pairCondition('reconnecting', 'connecting')).toBe('reconnecting');
  });
});
