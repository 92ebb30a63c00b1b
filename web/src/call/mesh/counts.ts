import * as z from 'zod/mini';
import type { ConnectionCounts } from '#core/call/index.ts';

const Count = z.optional(z.number());
/** Of the entries of a connection's statistics what we count; browsers leave out what they don't know. */
const Entry = z.object({
  type: z.string(),
  packetsReceived: Count,
  packetsLost: Count,
  packetsSent: Count,
  framesDecoded: Count,
  totalFreezesDuration: Count,
  /** In seconds, of ICE's own questions and of the media. */
  currentRoundTripTime: Count,
  roundTripTime: Count,
  nominated: z.optional(z.boolean()),
});

type Counted = Exclude<keyof z.output<typeof Entry>, 'type' | 'nominated'>;

/** Adds up a connection's statistics (`RTCPeerConnection.getStats`). */
export function countsOf(report: { readonly values: () => Iterable<unknown> }): ConnectionCounts {
  const entries = [...report.values()].flatMap((raw) => {
    const entry = Entry.safeParse(raw);
    return entry.success ? [entry.data] : [];
  });
  const of = (type: string) => entries.filter((entry) => entry.type === type);
  const total = (type: string, what: Counted) =>
    of(type).reduce((sum, entry) => sum + Math.max(0, entry[what] ?? 0), 0);
  const byIce = of('candidate-pair').find(({ nominated }) => nominated === true)?.currentRoundTripTime;
  const byMedia = of('remote-inbound-rtp').find(({ roundTripTime }) => roundTripTime !== undefined)?.roundTripTime;
  const roundTrip = byIce ?? byMedia;
  return {
    received: total('inbound-rtp', 'packetsReceived'),
    lost: total('inbound-rtp', 'packetsLost'),
    sent: total('outbound-rtp', 'packetsSent'),
    lostThere: total('remote-inbound-rtp', 'packetsLost'),
    frames: total('inbound-rtp', 'framesDecoded'),
    frozenSeconds: total('inbound-rtp', 'totalFreezesDuration'),
    roundTripMs: roundTrip === undefined ? null : roundTrip * 1000,
  };
}
