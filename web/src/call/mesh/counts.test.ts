import { expect, it } from 'vitest';
import { countsOf } from './counts.ts';

const report = (...entries: readonly object[]) => new Map(entries.map((entry, at) => [at, entry]));

it('adds up what a browser says of a connection, and passes over what it does not know', () => {
  const counts = countsOf(
    report(
      { type: 'inbound-rtp', kind: 'video', packetsReceived: 90, packetsLost: 10, framesDecoded: 30 },
      { type: 'outbound-rtp', packetsSent: 50 },
      { type: 'remote-inbound-rtp', packetsLost: 2, roundTripTime: 0.5 },
      { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
      { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.02 },
      { type: 'certificate' },
      { nonsense: true },
    ),
  );
  expect(counts).toEqual({
    received: 90,
    lost: 10,
    sent: 50,
    lostThere: 2,
    frames: 30,
    frozenSeconds: 0,
    roundTripMs: 20,
  });
  expect(countsOf(report({ type: 'remote-inbound-rtp', roundTripTime: 0.5 })).roundTripMs).toBe(500);
  expect(countsOf(report()).roundTripMs).toBeNull();
});
