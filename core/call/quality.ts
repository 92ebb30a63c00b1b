import type { CallQuality } from '#contract/call/quality.ts';

/** What one connection with one participant has counted until now; all zero while there is none. */
export interface ConnectionCounts {
  readonly received: number;
  /** Of what should have been received. */
  readonly lost: number;
  readonly sent: number;
  /** Of what was sent, as the other side says. */
  readonly lostThere: number;
  /** Pictures that were decoded. */
  readonly frames: number;
  /** Seconds of pictures that came late, as the browser counts them. */
  readonly frozenSeconds: number;
  /** Of this moment; null where it is not known. */
  readonly roundTripMs: number | null;
}

export const noCounts: ConnectionCounts = {
  received: 0,
  lost: 0,
  sent: 0,
  lostThere: 0,
  frames: 0,
  frozenSeconds: 0,
  roundTripMs: null,
};

export interface Sample extends ConnectionCounts {
  /** Tells the connections of a call apart; the one that takes another's place has the same. */
  readonly key: string;
  /** It carries a picture of somebody whose camera is on. */
  readonly shouldMove: boolean;
}

/** What was measured of a call, to be added to. */
export interface Measured {
  readonly seconds: number;
  readonly roundTrips: readonly number[];
  readonly expected: number;
  readonly lost: number;
  readonly frozenSeconds: number;
  readonly last: ReadonlyMap<string, Sample>;
}

/** Of a call that has just begun. */
export const nothingMeasured: Measured = {
  seconds: 0,
  roundTrips: [],
  expected: 0,
  lost: 0,
  frozenSeconds: 0,
  last: new Map(),
};

/** Adds what the connections have counted, `seconds` after they were last asked. */
export function addSamples(measured: Measured, samples: readonly Sample[], seconds: number): Measured {
  let { expected, lost } = measured;
  const roundTrips = [...measured.roundTrips];
  let frozen = 0;
  for (const sample of samples) {
    const before = measured.last.get(sample.key) ?? null;
    const added = since(sample, before);
    if (sample.roundTripMs !== null) roundTrips.push(sample.roundTripMs);
    expected += added.received + added.lost + added.sent;
    lost += added.lost + added.lostThere;
    // A camera that was off in between has stood still by right.
    if (before?.shouldMove === true && sample.shouldMove) frozen = Math.max(frozen, stoodStill(added, seconds));
  }
  return {
    seconds: measured.seconds + seconds,
    roundTrips,
    expected,
    lost,
    frozenSeconds: measured.frozenSeconds + frozen,
    last: new Map(samples.map((sample) => [sample.key, sample])),
  };
}

/** What was counted since; a connection that took another's place has begun at zero. */
function since(now: Sample, before: Sample | null): Omit<ConnectionCounts, 'roundTripMs'> {
  const isNew = before === null || now.received + now.sent < before.received + before.sent;
  const base = isNew ? noCounts : before;
  // What was taken for lost may still arrive: then there is less of it than before.
  const added = (what: keyof Omit<ConnectionCounts, 'roundTripMs'>) => Math.max(0, now[what] - base[what]);
  return {
    received: added('received'),
    lost: added('lost'),
    sent: added('sent'),
    lostThere: added('lostThere'),
    frames: added('frames'),
    frozenSeconds: added('frozenSeconds'),
  };
}

function stoodStill({ frames, frozenSeconds }: Pick<ConnectionCounts, 'frames' | 'frozenSeconds'>, seconds: number) {
  if (frames === 0) return seconds;
  // More than has passed began before: it was counted then, or the camera was off.
  return frozenSeconds <= seconds ? frozenSeconds : 0;
}

/** What the page says about its call; null before there is anything to say. */
export function qualityOf({ seconds, roundTrips, expected, lost, frozenSeconds }: Measured): CallQuality | null {
  const sorted = roundTrips.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (seconds < 1 || middle === undefined) return null;
  return {
    seconds: Math.min(seconds, 86_400),
    roundTripMs: Math.min(middle, 60_000),
    lossShare: expected === 0 ? 0 : Math.min(1, lost / expected),
    frozenSeconds: Math.min(frozenSeconds, seconds, 86_400),
  };
}
