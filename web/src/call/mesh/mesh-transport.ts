/** MediaTransport from browser to browser: one pair of connections with everybody else. Good for up to four. */
import {
  type Attempt,
  type ChannelMessage,
  type IceServer,
  type MediaState,
  type Medium,
  type ParkedOffer,
  parseSignal,
  type Signal,
} from '#contract/call/index.ts';
import { sameAttempt } from '#core/call/index.ts';
import { createStore } from '../../state/store.ts';
import type { MediaTransport, Peer, Signaling } from '../transport.ts';
import { createConnection } from './connection.ts';
import { onNetworkChange } from './network.ts';
import { createPair, type Pair, type ParkedConnections } from './pair.ts';
import { randomId } from './random-id.ts';

export interface MeshOptions {
  readonly participantId: string;
  /** The tab as the server knows it; it goes into parked offers only. */
  readonly tabId: string;
  readonly signaling: Signaling;
  /** Asked for every new connection and every restart of ICE, so that TURN credentials may be renewed meanwhile. */
  iceServers(): readonly IceServer[];
  /** Sends and receives through TURN alone. */
  readonly relayOnly?: boolean;
  /** The waiting side's offer as it came with the page; it is answered at once. */
  readonly parkedOffer?: ParkedOffer | null;
}

interface Parked extends ParkedConnections {
  readonly attempt: Attempt;
  /** As the server keeps it; null while candidates are still gathered. */
  offer: ParkedOffer | null;
}

/** In some networks gathering never ends: what is there after this time is parked. */
const GATHER_MS = 1500;

function sameView(a: Peer, b: Peer | undefined): boolean {
  return (
    a.id === b?.id &&
    a.joined === b.joined &&
    a.audio === b.audio &&
    a.video === b.video &&
    a.media === b.media &&
    a.connections.audio === b.connections.audio &&
    a.connections.video === b.connections.video
  );
}

/** Opens the transport. It ends with the signal, or says good-bye by `close`. */
export function createMeshTransport(parentSignal: AbortSignal, options: MeshOptions): MediaTransport {
  const ended = new AbortController();
  const signal = AbortSignal.any([parentSignal, ended.signal]);
  const { participantId, signaling } = options;
  const page = randomId();
  const pairs = new Map<string, Pair>();
  const peers = createStore<readonly Peer[]>([]);
  const listeners = new Set<(from: string, message: ChannelMessage) => void>();
  const tracks: Record<Medium, MediaStreamTrack | null> = { audio: null, video: null };
  let media: MediaState | null = null;
  let highest = 0;
  let parked: Parked | null = null;
  let waiting = false;

  const nextNumber = () => ++highest;
  const configuration = (): RTCConfiguration => ({
    iceServers: options.iceServers().map(({ urls, username, credential }) => ({
      urls,
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    })),
    iceTransportPolicy: options.relayOnly ? 'relay' : 'all',
  });
  const show = (): void => {
    if (signal.aborted) return;
    for (const [id, pair] of pairs) {
      if (!pair.over) continue;
      pair.close();
      pairs.delete(id);
      // Whoever looked in has used up the parked offer; the next one shall find one too.
      if (waiting) void park();
    }
    const before = peers.get();
    const now = [...pairs.values()].map((pair) => pair.view);
    if (now.length !== before.length || now.some((view, index) => !sameView(view, before[index]))) peers.set(now);
  };

  const pairWith = (peerId: string): Pair => {
    const known = pairs.get(peerId);
    if (known) return known;
    const pair = createPair(signal, {
      own: { participantId, page },
      peerId,
      nextNumber,
      sawNumber: (n) => {
        highest = Math.max(highest, n);
      },
      configuration,
      // An undelivered signal is repeated by the link until it is answered.
      deliver: (outgoing) => void signaling.send(peerId, outgoing).catch(() => {}),
      onChange: show,
      onMessage: (message) => {
        for (const listener of [...listeners]) listener(peerId, message);
      },
      media: () => media,
      track: (kind) => tracks[kind],
    });
    pairs.set(peerId, pair);
    return pair;
  };

  const dropParked = (): void => {
    parked?.audio.close();
    parked?.video.close();
    parked = null;
  };

  /** Rejected or forgotten by a server that was restarted: `nudge` gives it again. */
  const giveParked = (): void => {
    if (parked?.offer) signaling.parkOffer(parked.offer).catch(() => {});
  };

  async function park(): Promise<void> {
    waiting = true;
    if (parked || signal.aborted) return;
    const attempt = { n: nextNumber(), by: page };
    const made: Parked = {
      attempt,
      audio: createConnection('audio', attempt, 'opener', configuration),
      video: createConnection('video', attempt, 'opener', configuration),
      offer: null,
    };
    parked = made;
    try {
      await Promise.all([made.audio.offer(0), made.video.offer(0)]);
      await Promise.all([made.audio.gathered(GATHER_MS), made.video.gathered(GATHER_MS)]);
    } catch {
      // Without a parked offer the newcomer makes one.
      if (parked === made) dropParked();
    }
    if (signal.aborted || parked !== made) return;
    const sdp = { audio: made.audio.localSdp, video: made.video.localSdp };
    made.offer = { offerId: randomId(), participantId, tabId: options.tabId, page, attempt, ...sdp };
    giveParked();
  }

  const takeParked = (incoming: Signal): Parked | null => {
    const mine = parked;
    if (!mine || incoming.to !== page) return null;
    const answers = incoming.parts.some((part) => part.kind === 'answer' && sameAttempt(part.attempt, mine.attempt));
    if (!answers) return null;
    parked = null;
    return mine;
  };

  signaling.onSignal(signal, (from, input) => {
    const incoming = parseSignal(input);
    if (signal.aborted || !incoming || from === participantId) return;
    pairWith(from).receive(incoming, takeParked(incoming));
  });
  onNetworkChange(signal, () => {
    for (const pair of pairs.values()) pair.restartIce();
    if (!parked) return;
    // Its candidates name a network that we have left.
    dropParked();
    void park();
  });
  signal.addEventListener('abort', () => {
    dropParked();
    listeners.clear();
    pairs.clear();
    peers.set([]);
  });
  if (options.parkedOffer) {
    pairWith(options.parkedOffer.participantId).answerParked(options.parkedOffer);
    show();
  }

  return {
    peers,
    async publish(kind, track) {
      tracks[kind] = track;
      await Promise.all([...pairs.values()].map((pair) => pair.attach(kind)));
    },
    announce(state) {
      media = state;
      for (const pair of pairs.values()) pair.send({ kind: 'media-state', ...state }, 'reliable');
    },
    setJoined(ids) {
      if (ids.some((id) => id !== participantId)) waiting = false;
      for (const [id, pair] of pairs) {
        if (!pair.view.joined || ids.includes(id)) continue;
        pair.close();
        pairs.delete(id);
      }
      for (const id of ids) if (id !== participantId) pairWith(id).setJoined(true);
      show();
    },
    connect(id) {
      if (id !== participantId) pairWith(id).connect();
      show();
    },
    park,
    nudge() {
      giveParked();
      for (const pair of pairs.values()) pair.nudge();
    },
    async measure() {
      const joined = [...pairs.values()].filter((pair) => pair.view.joined);
      return (await Promise.all(joined.map((pair) => pair.measure()))).flat();
    },
    send(to, message, delivery = 'reliable') {
      const chosen = to === null ? [...pairs.values()] : [pairs.get(to)];
      return chosen.map((pair) => pair?.send(message, delivery) ?? false).some((sent) => sent);
    },
    onMessage(listenerSignal, listener) {
      if (listenerSignal.aborted) return;
      listeners.add(listener);
      listenerSignal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    close() {
      for (const pair of pairs.values()) pair.sayBye();
      ended.abort();
    },
  };
}
