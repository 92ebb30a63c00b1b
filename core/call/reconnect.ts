/**
 * What to do about a connection that is not up, and when to look again.
 *
 * Three means, from the cheapest: repeat an unanswered offer, restart ICE on the same connection, open a new attempt.
 * The polite side waits a little longer, so that the two seldom begin at once.
 */
import type { Negotiation } from './negotiation.ts';

export type ConnectionState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface Trouble {
  /** Whether we want this connection at all: not so with a page that looked in and went before joining. */
  readonly wanted: boolean;
  readonly phase: Negotiation['phase'];
  readonly state: ConnectionState;
  /** Milliseconds since the connection got into this state. */
  readonly stateFor: number;
  /** Milliseconds since our offer went out last; null when none is out. */
  readonly offeredFor: number | null;
  /** How often the offer that is out was repeated. */
  readonly repeats: number;
  /** Milliseconds since we restarted ICE in this trouble; null when we did not. */
  readonly restartedFor: number | null;
  /** New attempts in a row without a connection in between. */
  readonly rebuilds: number;
  readonly polite: boolean;
}

export type Remedy =
  | { readonly act: 'rest' }
  /** Look again after so many milliseconds. */
  | { readonly act: 'wait'; readonly ms: number }
  | { readonly act: 'repeat' | 'restart' | 'rebuild' };

const POLITE_EXTRA = 800;
/** A short break heals by itself: Chromium says `disconnected` after some seconds without an answer already. */
const DISCONNECTED_GRACE = 500;
/** The newcomer begins; when nothing came in this time, we do. */
const NEWCOMER_TIME = 1_500;
/** Candidates of a relay over TCP on a bad mobile link still make it in this time. */
const CONNECT_TIME = 10_000;
const RESTART_TIME = 6_000;
const REPEAT_BACK_OFF = [2_000, 3_000, 5_000, 8_000];
/** A connection that says good-bye is mostly a page that is reloaded; it begins anew itself. */
const REBUILD_BACK_OFF = [1_500, 2_000, 3_000, 5_000, 8_000, 10_000];

function step(list: readonly number[], index: number): number {
  return list[Math.min(index, list.length - 1)] ?? 0;
}

function after(due: number, passed: number, act: 'repeat' | 'restart' | 'rebuild'): Remedy {
  return passed >= due ? { act } : { act: 'wait', ms: due - passed };
}

/** The next step for one connection. Pure: ask again after each state change and when the time is up. */
export function remedy(trouble: Trouble): Remedy {
  const extra = trouble.polite ? POLITE_EXTRA : 0;
  const dead = trouble.state === 'failed' || trouble.state === 'closed';
  if (!trouble.wanted) return { act: 'rest' };
  if (trouble.phase === 'idle') return after(NEWCOMER_TIME + extra, trouble.stateFor, 'rebuild');
  if (trouble.phase === 'offering' && trouble.offeredFor !== null) {
    // A dead connection whose restart nobody answers: the other page may be another one by now.
    if (dead && trouble.repeats >= 1) return after(RESTART_TIME + extra, trouble.offeredFor, 'rebuild');
    return after(step(REPEAT_BACK_OFF, trouble.repeats), trouble.offeredFor, 'repeat');
  }
  switch (trouble.state) {
    case 'connected':
      return { act: 'rest' };
    case 'new':
    case 'connecting':
      return after(CONNECT_TIME + extra, trouble.stateFor, 'rebuild');
    case 'disconnected':
    case 'failed': {
      if (trouble.restartedFor !== null) return after(RESTART_TIME + extra, trouble.restartedFor, 'rebuild');
      return after((dead ? 0 : DISCONNECTED_GRACE) + extra, trouble.stateFor, 'restart');
    }
    case 'closed':
      return after(step(REBUILD_BACK_OFF, trouble.rebuilds) + extra, trouble.stateFor, 'rebuild');
  }
}
