import type { ConnectionState } from './reconnect.ts';

/** How a connection stands, in words the screen can say. */
export type Condition = 'connecting' | 'connected' | 'reconnecting' | 'failed';

export interface ConnectionFacts {
  readonly state: ConnectionState;
  /** Whether it was up with this participant before, on this or an earlier attempt. */
  readonly wasConnected: boolean;
  /** New attempts in a row without a connection in between. */
  readonly rebuilds: number;
}

/** After so many new attempts in vain we say so; trying goes on. */
const HOPELESS_AFTER = 4;

/** The condition of one connection. */
export function conditionOf(facts: ConnectionFacts): Condition {
  if (facts.state === 'connected') return 'connected';
  if (facts.rebuilds >= HOPELESS_AFTER) return 'failed';
  return facts.wasConnected ? 'reconnecting' : 'connecting';
}

const FROM_WORST: readonly Condition[] = ['failed', 'reconnecting', 'connecting', 'connected'];

/**
 * The condition of a pair. Talking comes first: while the audio connection is up the pair is never `failed`,
 * a picture that is away is at most `reconnecting`.
 */
export function pairCondition(audio: Condition, video: Condition): Condition {
  if (audio === 'connected' && video === 'failed') return 'reconnecting';
  return FROM_WORST.find((condition) => condition === audio || condition === video) ?? 'connecting';
}
