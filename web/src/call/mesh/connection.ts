/** One RTCPeerConnection of one attempt: audio with the data channels, or video. It negotiates when told, never by itself. */
import type { Attempt, Candidate, Medium } from '#contract/call/index.ts';
import type { ConnectionCounts, ConnectionState } from '#core/call/index.ts';
import type { Delivery } from '../transport.ts';
import { countsOf } from './counts.ts';
import { withStartBitrate } from './sdp.ts';

export interface ConnectionEvents {
  onState(): void;
  onStream(stream: MediaStream): void;
  onCandidate(candidate: Candidate, round: number): void;
  /** A data channel is ready to send. */
  onOpen(): void;
  onMessage(data: unknown): void;
}

export interface Connection {
  readonly attempt: Attempt;
  readonly state: ConnectionState;
  /** The round of the other side's description set last, -1 before the first. */
  readonly remoteRound: number;
  /** Our description as it stands, with the candidates gathered until now. */
  readonly localSdp: string;
  /** Makes an offer and sets it; later rounds restart ICE. */
  offer(round: number): Promise<void>;
  /** Takes an offer and sets the answer. Never while an own offer is out: see core/call/negotiation.ts. */
  answer(round: number, sdp: string): Promise<void>;
  /** Takes the answer to our offer. */
  accept(round: number, sdp: string): Promise<void>;
  add(candidates: readonly Candidate[]): void;
  attach(track: MediaStreamTrack | null): Promise<void>;
  /** What went through it until now. */
  count(): Promise<ConnectionCounts>;
  send(text: string, delivery: Delivery): boolean;
  /** Resolves when no more candidates will come, or after `ms`: in some networks gathering never ends. */
  gathered(ms: number): Promise<void>;
  /** Who hears from now on; candidates that were found before are told at once, but for those in `localSdp` when `seen`. */
  hear(events: ConnectionEvents, seen?: boolean): void;
  close(): void;
}

const SILENT: ConnectionEvents = { onState() {}, onStream() {}, onCandidate() {}, onOpen() {}, onMessage() {} };

/**
 * Detail beats motion here, so a narrow link costs frames, not resolution. It counts only when set before the first negotiation,
 * track or no track; otherwise the first 12 seconds are 640 wide.
 */
function preferDetail(sender: RTCRtpSender): void {
  const parameters = sender.getParameters();
  parameters.degradationPreference = 'maintain-resolution';
  // Firefox knows neither the wish nor, this early, the parameters.
  sender.setParameters(parameters).catch(() => {});
}

/** A connection that was closed in that very moment refuses; the one that takes its place gets the track anew. */
const carry = (sender: RTCRtpSender, track: MediaStreamTrack | null): Promise<void> =>
  sender.replaceTrack(track).catch(() => {});

function openChannels(pc: RTCPeerConnection): Record<Delivery, RTCDataChannel> {
  return {
    reliable: pc.createDataChannel('reliable', { negotiated: true, id: 1 }),
    lossy: pc.createDataChannel('lossy', { negotiated: true, id: 2, ordered: false, maxRetransmits: 0 }),
  };
}

/** A dropped pointer is better than a queue of them. */
const LOSSY_BACKLOG = 64 * 1024;

export function createConnection(
  medium: Medium,
  attempt: Attempt,
  role: 'opener' | 'answerer',
  configuration: () => RTCConfiguration,
): Connection {
  const pc = new RTCPeerConnection({ ...configuration(), bundlePolicy: 'max-bundle' });
  const ended = new AbortController();
  const { signal } = ended;
  let events = SILENT;
  let localRound = 0;
  let remoteRound = -1;
  let track: MediaStreamTrack | null = null;
  let sender: RTCRtpSender | null = null;
  let stream: MediaStream | null = null;
  let early: { candidate: Candidate; round: number }[] | null = [];

  const take = (transceiver: RTCRtpTransceiver): Promise<void> => {
    transceiver.direction = 'sendrecv';
    sender = transceiver.sender;
    if (medium === 'video') preferDetail(sender);
    return carry(sender, track);
  };
  let dtls: RTCDtlsTransport | null = null;
  /** The other side's page has gone: its good-bye arrives on this layer seconds before ICE notices the silence. */
  const watchGoodBye = (): void => {
    if (dtls || !sender?.transport) return;
    dtls = sender.transport;
    dtls.addEventListener('statechange', () => events.onState(), { signal });
  };
  const describe = async (type: RTCSdpType, sdp: string): Promise<void> => {
    await pc.setRemoteDescription({ type, sdp: medium === 'video' ? withStartBitrate(sdp) : sdp });
    watchGoodBye();
  };

  pc.addEventListener('connectionstatechange', () => events.onState(), { signal });
  pc.addEventListener(
    'track',
    (event) => {
      stream = new MediaStream([event.track]);
      events.onStream(stream);
    },
    { signal },
  );
  pc.addEventListener(
    'icecandidate',
    ({ candidate }) => {
      if (!candidate?.candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      const plain = { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment };
      if (early) early.push({ candidate: plain, round: localRound });
      else events.onCandidate(plain, localRound);
    },
    { signal },
  );
  const channels = medium === 'audio' ? openChannels(pc) : null;
  for (const channel of channels ? [channels.reliable, channels.lossy] : []) {
    channel.addEventListener('message', ({ data }) => events.onMessage(data), { signal });
    channel.addEventListener('close', () => events.onState(), { signal });
  }
  channels?.reliable.addEventListener('open', () => events.onOpen(), { signal });
  // No track in hand yet, no stream named: each side puts what arrives into a stream of its own.
  if (role === 'opener') void take(pc.addTransceiver(medium, { direction: 'sendrecv' }));

  return {
    attempt,
    get state() {
      if (dtls?.state === 'closed' || channels?.reliable.readyState === 'closed') return 'closed';
      return pc.connectionState;
    },
    get remoteRound() {
      return remoteRound;
    },
    get localSdp() {
      return pc.localDescription?.sdp ?? '';
    },
    async offer(round) {
      localRound = round;
      // Gathering begins anew: with the relay credentials of now, not of the day the call began.
      if (round > 0) pc.setConfiguration({ ...configuration(), bundlePolicy: 'max-bundle' });
      await pc.setLocalDescription(await pc.createOffer({ iceRestart: round > 0 }));
    },
    async answer(round, sdp) {
      await describe('offer', sdp);
      remoteRound = round;
      const [transceiver] = pc.getTransceivers();
      if (!sender && transceiver) void take(transceiver);
      localRound = round;
      await pc.setLocalDescription(await pc.createAnswer());
      watchGoodBye();
    },
    async accept(round, sdp) {
      await describe('answer', sdp);
      remoteRound = round;
    },
    add(candidates) {
      // A candidate of a round that was rolled back is refused; that is its right.
      for (const { candidate, sdpMid = null, sdpMLineIndex = null, usernameFragment = null } of candidates) {
        pc.addIceCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }).catch(() => {});
      }
    },
    attach(next) {
      track = next;
      return sender ? carry(sender, next) : Promise.resolve();
    },
    count: async () => countsOf(await pc.getStats()),
    send(text, delivery) {
      const channel = channels?.[delivery];
      if (channel?.readyState !== 'open') return false;
      if (delivery === 'lossy' && channel.bufferedAmount > LOSSY_BACKLOG) return false;
      channel.send(text);
      return true;
    },
    gathered(ms) {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        const look = () => {
          if (pc.iceGatheringState !== 'complete') return;
          clearTimeout(timer);
          resolve();
        };
        pc.addEventListener('icegatheringstatechange', look, { signal });
        look();
      });
    },
    hear(next, seen = false) {
      events = next;
      const found = early ?? [];
      early = null;
      if (!seen) for (const { candidate, round } of found) next.onCandidate(candidate, round);
      if (stream) next.onStream(stream);
    },
    close() {
      events = SILENT;
      ended.abort();
      pc.close();
    },
  };
}
